"""A pack on paper: seen before it is printed, printed, and saved as PDF."""

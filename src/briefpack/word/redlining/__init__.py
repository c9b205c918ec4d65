"""Two Word files as one with tracked changes: its pieces, from the package down to the words of a paragraph."""

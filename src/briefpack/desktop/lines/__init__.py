"""Lines to take in the window: their list, their form, and what can be done to them."""

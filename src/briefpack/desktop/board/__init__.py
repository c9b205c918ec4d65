"""What they said, and when: the board of the pack in a window of its own."""

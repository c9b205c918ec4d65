"""Searching the archive, reading what was found, and putting it into the pack."""

"""The commands on the archive."""

"""The versions of the pack that is open: kept under a name, compared, gone back to."""

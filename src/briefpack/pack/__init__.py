"""The briefing as a value: no Qt, no files, no XML."""

"""Others at work on the same pack: who has it open, and what becomes of two saves."""

"""Spelling in the window: what is checked when, and what can be done about a word."""

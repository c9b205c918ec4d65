"""Recognising a briefing: from the paragraphs of any source to a pack with roles, lines, people and comments."""

"""Briefpack: meeting briefing packs, from the archive to Word and back."""

__version__ = "0.1.0"

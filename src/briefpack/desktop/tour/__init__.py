"""The first look round the window."""

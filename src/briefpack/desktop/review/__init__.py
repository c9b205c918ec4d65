"""Returns in the window: the list of what reviewers want, and the document with it in place."""

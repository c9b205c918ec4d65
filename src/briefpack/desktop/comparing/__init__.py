"""Two documents compared in a window of its own, and reviewers answered."""

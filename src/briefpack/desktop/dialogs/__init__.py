"""Forms: each asks with a classmethod ``ask`` and gives its answer as a value."""

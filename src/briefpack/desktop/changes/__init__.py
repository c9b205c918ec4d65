"""The tracked changes of the document's own text: gone through, listed, accepted and rejected."""

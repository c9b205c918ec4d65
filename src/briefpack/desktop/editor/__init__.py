"""The editor: one document that projects the pack, is typed into, and is read back."""

"""Word files: a pack written as a .docx, and a .docx that came back read."""

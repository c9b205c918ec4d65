"""The tree of headings beside the document."""

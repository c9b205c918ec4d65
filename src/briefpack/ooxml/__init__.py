"""Reading Office Open XML: the package, its parts, and a Word document's text in the order in which it is read."""

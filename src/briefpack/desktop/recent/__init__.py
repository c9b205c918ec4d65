"""The packs that were opened before: on the start page and in the menu."""

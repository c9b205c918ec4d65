"""What a user can ask for, without any front end: the window and the command line are thin over this."""

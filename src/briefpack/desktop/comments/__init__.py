"""The list of comments, and the thread of one."""

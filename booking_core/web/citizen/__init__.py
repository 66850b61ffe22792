"""Pages for citizens and clubs."""

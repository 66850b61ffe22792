"""Pages for the operators of the partnership."""

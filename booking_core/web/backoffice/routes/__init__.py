"""Routes of the back office by subject; ``urls`` puts them together."""

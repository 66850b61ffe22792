"""The treasury in values ready to print."""

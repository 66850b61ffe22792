"""Measured work on a tiny ground: that it is right, never how long it takes."""

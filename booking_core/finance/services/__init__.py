"""Writes of the finance room. Documents and entries are only added, never changed."""

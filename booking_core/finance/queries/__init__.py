"""Reads of the finance room."""

"""Versions of fee and usage ordinances, and quoting with them."""

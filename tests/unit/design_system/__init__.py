"""Tests of the design system; none needs a database.

Not here: pages (``tests/web``), the real browser (``tests/browser``).
"""

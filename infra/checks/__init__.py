"""The checks behind ``make check``.

Not here: tests (``tests/``), which run the code instead of reading it.
"""

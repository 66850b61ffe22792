"""Counting what a page asks of the database.

Not here: named lists of statements (``tests.performance``).
"""

from django.test.utils import CaptureQueriesContext


def asked(captured: CaptureQueriesContext) -> int:
    """How many statements there were, without setting the path.

    A path is set again only after somebody looked into another schema (ADR 0010): whether that was so depends on what
    the test did between two pages, not on the page.
    """
    return len([one for one in captured.captured_queries if not one["sql"].startswith("SET search_path")])

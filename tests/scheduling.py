"""Which test process runs what (a pytest plugin): browser tests stay together, others go by file.

All browser tests share one running stack, and the chapters of the story follow each other. ``xdist_group`` marks would
say the same, but the groups do not reach the scheduler with the pinned pytest and pytest-xdist.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling


class BrowserTestsTogether(LoadScopeScheduling):
    """One scope for tests/browser, one for each other file."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/browser" if nodeid.startswith("tests/browser/") else nodeid.split("::", 1)[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Take our scheduler whatever ``--dist`` says."""
    return BrowserTestsTogether(config, log)

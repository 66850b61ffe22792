"""Every race runs in a town of its own with committed rows, and ends with a look at the table itself."""

from collections.abc import Iterator

import pytest

from tenants.models import Tenant
from tests.concurrency.crowd import deadlocks, overlaps


@pytest.fixture
def race_town(committed_town: Tenant) -> Iterator[Tenant]:
    """The town of a race; afterwards nothing may overlap and nothing may have waited in a circle."""
    before = deadlocks()
    yield committed_town
    assert overlaps() == 0
    assert deadlocks() == before

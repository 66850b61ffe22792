"""Every race runs in a town of its own with committed rows, and ends with a look at the table itself."""

from collections.abc import Iterator

import pytest

from booking_core.reservations.services import occupy
from tenants.models import Tenant
from tests.concurrency.crowd import deadlocks, overlaps


@pytest.fixture
def race_town(committed_town: Tenant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tenant]:
    """The town of a race; afterwards nothing may overlap and nothing may have waited in a circle.

    Everybody is patient, so that a busy machine tells nobody "busy": who waits in a circle still does, and is counted.
    """
    monkeypatch.setattr(occupy, "LOCK_TIMEOUT_MS", 60_000)
    monkeypatch.setattr(occupy, "STATEMENT_TIMEOUT_MS", 60_000)
    before = deadlocks()
    yield committed_town
    assert overlaps() == 0
    assert deadlocks() == before

"""The statements of a booking, each by name, in real transactions: what the design allows is twelve.

Not here: the statements of searches and plans (``test_read_statements`` and beside each query).
"""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import ResourceView
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.queries import booking_by_uuid
from tenants.middleware import forget_tenant
from tenants.models import Tenant
from tests.api.conftest import Program, at, booking, day_ahead, make_key, priced_hall, wish
from tests.performance.statements import named

BEGIN, COMMIT = "begin", "commit"
NEW_KEY, ANSWER = "Idempotency-Key taken", "answer kept under the Idempotency-Key"
PARTY, NOBODY_ELSE, NEW_PARTY = "party of the contact, locked", "nobody else makes this party", "new party"
PROFILE = "how the town bills"
HELD_STILL = "time limits set, keys drawn, resources held still"
LOCKED = "claims read, units locked in id order"
TAKEN = "what is taken, and which holds ran out by the database's clock"
WRITTEN = "booking, items, history, time and letters written"

KNOWN = {
    NEW_KEY: "INSERT INTO workflows_idempotentanswer",
    ANSWER: 'UPDATE "workflows_idempotentanswer"',
    NOBODY_ELSE: "pg_advisory_xact_lock",
    NEW_PARTY: "INSERT INTO identity_party",
    PARTY: "FROM identity_party",
    HELD_STILL: "FOR KEY SHARE OF resource",
    LOCKED: "FOR NO KEY UPDATE OF unit",
    TAKEN: "clock_timestamp()",
    WRITTEN: 'INSERT INTO "reservations_booking"',
    PROFILE: 'FROM "finance_financeprofile"',
}
PLACED = [BEGIN, NEW_KEY, PARTY, HELD_STILL, LOCKED, TAKEN, WRITTEN, ANSWER, COMMIT]


@pytest.fixture
def hall(committed_town: Tenant) -> Iterator[tuple[Program, ResourceView]]:
    """A priced hall in a town of its own, warm: its facts are in memory, its key was used a moment ago."""
    program, room = Program(committed_town, make_key()), priced_hall()
    warm = _placed(program, room, days=40)
    assert warm.status_code == 201, warm.content
    yield program, room
    Occupancy.objects.all().delete()
    connection.set_schema_to_public()  # type: ignore[attr-defined]  # from django-tenants' backend


def _placed(program: Program, room: ResourceView, *, days: int, **changes: object) -> object:
    day = day_ahead(days)
    wanted = wish(room, spans=[{"start": at(day, 11), "end": at(day, 11, days=1)}])
    return program.send("bookings/", booking(room, wish=wanted, **changes), idempotency_key=f"tag-{days}")


def test_a_request_takes_nine(hall: tuple[Program, ResourceView]) -> None:
    program, room = hall
    with CaptureQueriesContext(connection) as taken:
        assert _placed(program, room, days=47).status_code == 201
    said, paths = named(taken, KNOWN)
    assert said == PLACED
    assert paths == 1, (
        "for the town: the request before ended in the registry, where it noted that the town is used"
    )


def test_somebody_new_is_made_once_and_takes_two_more(hall: tuple[Program, ResourceView]) -> None:
    program, room = hall
    contact = {"name": "Neu Hinzugezogen", "email": "neu@example.org"}
    with CaptureQueriesContext(connection) as taken:
        assert _placed(program, room, days=47, contact=contact).status_code == 201
    said, _paths = named(taken, KNOWN)
    assert said == [*PLACED[:3], NOBODY_ELSE, NEW_PARTY, *PLACED[3:]]


def test_confirming_at_once_asks_once_how_the_town_bills(
    hall: tuple[Program, ResourceView], committed_town: Tenant
) -> None:
    program, room = hall
    connection.set_schema_to_public()  # type: ignore[attr-defined]
    Tenant.objects.filter(pk=committed_town.pk).update(auto_confirm=True)
    forget_tenant(committed_town)
    connection.set_tenant(committed_town)  # type: ignore[attr-defined]
    _placed(program, room, days=54)
    with CaptureQueriesContext(connection) as taken:
        made = _placed(program, room, days=47)
    assert made.json()["state"] == "confirmed", made.content
    said, _paths = named(taken, KNOWN)
    assert said == [*PLACED[:3], PROFILE, *PLACED[3:]]


def test_what_is_returned_is_what_is_stored(hall: tuple[Program, ResourceView]) -> None:
    """The answer is made of the rows in hand; reading them back gives the same."""
    from tests.factories.bookings import hours, make_booking

    _program, room = hall
    made = make_booking(room, hours(10, 12))
    assert made == booking_by_uuid(made.uuid)
    assert Booking.objects.filter(number=made.number).count() == 1

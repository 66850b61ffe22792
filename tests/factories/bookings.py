"""Spans, parties and bookings for tests, made through the same services as everyone's.

Not here: places and resources (``tests.factories.catalogue``).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.contracts import Actor
from booking_core.identity.parties import party_for
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.reservations.drafts import BookingData, ItemData, items_of
from booking_core.reservations.services.new_bookings import create_booking
from booking_core.reservations.services.transactions import with_retries

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
ERIKA = Contact(name="Erika Mustermann", email="erika@example.org", city="Musterdorf")
GUEST = Actor("Erika Mustermann")


def hours(start: float, end: float, *, day: int = 12) -> Span:
    """From ``start`` to ``end`` o'clock UTC on a day of September 2026; 24.5 is half past midnight."""
    midnight = datetime(2026, 9, day, tzinfo=UTC)
    return Span(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def ahead(start: float, end: float) -> Span:
    """From ``start`` to ``end`` o'clock UTC on a day no test run will live to see, for what must be in the future."""
    midnight = datetime(2090, 9, 12, tzinfo=UTC)
    return Span(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def make_party(contact: Contact = ERIKA) -> int:
    """The id of the party with these contact data."""
    return party_for(name=contact.name, email=contact.email, organisation_name=contact.organisation_name).pk


def booking_data(items: Sequence[ItemData], *, party_id: int | None = None, **changes: object) -> BookingData:
    """A request by Erika Mustermann; ``changes`` are fields of BookingData."""
    data = BookingData(
        items=tuple(items),
        party_id=make_party() if party_id is None else party_id,
        contact=ERIKA,
        title="Geburtstag",
        persons=40,
    )
    return replace(data, **changes)


def make_booking(
    resources: ResourceView | Sequence[ResourceView], span: Span, *, quantity: int = 1, **changes: object
) -> BookingView:
    """A request for these resources at this time."""
    chosen = [resources] if isinstance(resources, ResourceView) else resources
    items = items_of([resource.id for resource in chosen], [span], quantity=quantity)
    return book(booking_data(items, **changes))


@with_retries
def book(data: BookingData, **options: object) -> BookingView:
    """What a use case does: one transaction around the service."""
    return create_booking(data, actor=GUEST, now=NOW, **options)

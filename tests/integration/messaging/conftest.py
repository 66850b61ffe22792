"""A booking to write about, as a value: no row behind it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView, Contact, ItemView
from tenants.models import Tenant

START = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)  # 11:00 by the clock; the clocks go back in the night after


def item(**changes: object) -> ItemView:
    whole = ItemView(
        id=1,
        resource_id=0,
        resource_name="Großer Saal",
        resource_slug="grosser-saal",
        location_id=0,
        location_name="Uns Dörpshus",
        span=Span(START, START + timedelta(hours=25)),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # names of the dataclass


@pytest.fixture
def booking(town: Tenant) -> BookingView:
    return BookingView(
        id=1,
        uuid=UUID("6f1f5f5e-0000-4000-8000-000000000001"),
        number="2026-000001",
        state="confirmed",
        state_label="bestätigt",
        source="site",
        title="Geburtstag <Erika>",
        items=(item(),),
        contact=Contact(name="Erika Mustermann", email="erika@example.org"),
        party_id=1,
        party_uuid=UUID(int=1),
        booked_by_id=None,
        purpose="private_event",
        customer_group="private",
        persons=40,
        total=Money(9000),
        deposit=Money(18000),
        requested_at=START - timedelta(days=30),
        language="de",
        version=2,
        sequence=3,
        message="Wir kommen früh.",
        quote={"outcome": "accepted", "fee_known": True},
    )

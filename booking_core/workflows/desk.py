"""What a member of staff sees first: one day at their locations, and what waits for a decision.

Not here: deciding (``decide_booking``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import published_resources
from booking_core.finance.queries.deposits import missing_deposits
from booking_core.identity.access import allowed_locations
from booking_core.identity.contracts import StaffMember
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingFilter, BookingRow
from booking_core.reservations.day_contracts import DayEntry
from booking_core.reservations.queries import day_plan, inbox
from booking_core.reservations.queries.settlements import due_count


@dataclass(frozen=True, slots=True)
class Desk:
    """One day. ``entries`` in order of time; ``waiting`` are open requests, the most urgent first.

    ``to_settle`` counts uses that are over and wait for figures or a deposit, as of now. ``missing_deposits``: what is
    still to come before a booking of the day is handed over.
    """

    day: date
    resources: tuple[ResourceView, ...]
    entries: tuple[DayEntry, ...]
    waiting: tuple[BookingRow, ...]
    to_settle: int = 0
    missing_deposits: Mapping[UUID, Money] = field(default_factory=dict)


def desk_for(day: date, *, member: StaffMember) -> Desk:
    """Gather one day as ``member`` may see it. The number of statements does not depend on how much there is."""
    places = allowed_locations(member)
    entries = day_plan(day, location_ids=places)
    agreed = {entry.booking_uuid for entry in entries if entry.booking_uuid and entry.state == "confirmed"}
    return Desk(
        day=day,
        resources=tuple(
            one
            for one in published_resources(include_unpublished=True)
            if member.may_see_location(one.location.id)
        ),
        entries=entries,
        waiting=inbox(BookingFilter(location_ids=places)),
        to_settle=due_count(now=timezone.now(), location_ids=places),
        missing_deposits=missing_deposits(agreed),
    )

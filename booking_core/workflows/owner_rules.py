"""What a place itself refuses when single dates of a booking change.

Not here: the ordinance (``series_prices``), what staff may do.
"""

from collections.abc import Sequence
from datetime import datetime

from booking_core.catalog.queries import opening_rules, resources_by_id
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import ItemData
from booking_core.workflows.conditions import Conditions, refuse_faults
from booking_core.workflows.contracts import Wish
from booking_core.workflows.move_booking import owner_of
from tenants.context import tenant_zone


def refuse_for_owner(booking: BookingView, items: Sequence[ItemData], *, now: datetime) -> None:
    """Refuse new dates the place does not allow: past, closed, off the grid. Raises the gravest fault."""
    ids = tuple(dict.fromkeys(item.resource_id for item in items))
    found = resources_by_id(ids)
    owner = owner_of(booking, Wish(ids, ()), by_staff=False)
    given = Conditions(owner, now, tenant_zone(), opening_rules(ids))
    for item in items:
        wish = Wish((item.resource_id,), (item.span,), quantity=item.quantity, persons=booking.persons)
        refuse_faults(wish, (found[item.resource_id],), given)

"""Change what halls consist of while time is booked ahead: look first, then all or nothing.

Not here: single offers (``offering``), the writes (``catalog.services.layout``), letting bookings follow
(``reservations.services.reclaim``).
"""

from collections.abc import Callable

from django.db import transaction

from booking_core.catalog.contracts import Layout
from booking_core.catalog.services.layout import write_layout
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError
from booking_core.reservations.contracts import Misfit
from booking_core.reservations.errors import LayoutClashes
from booking_core.reservations.services.reclaim import reclaim
from booking_core.reservations.services.transactions import with_retries


@with_retries
def save_layout(layout: Layout, *, actor: Actor) -> None:
    """Write the layout and let bookings ahead follow. Raises InvalidInput, LayoutClashes, Busy."""
    reclaim(*_touched(layout), change=lambda: write_layout(layout, actor=actor))


@with_retries
def preview_layout(layout: Layout, *, actor: Actor) -> tuple[Misfit, ...]:
    """What would have to move first; nothing is changed. Raises InvalidInput, Busy."""
    return _tried(lambda: save_layout(layout, actor=actor))


def _touched(layout: Layout) -> tuple[set[int], set[int]]:
    resources = {one.resource_id for one in layout.resources}
    return resources, {unit.id for unit in layout.units if unit.id is not None}


def _tried(work: Callable[[], None]) -> tuple[Misfit, ...]:
    """Do the work in a savepoint and take it back: the same code decides what is shown and what is done."""
    try:
        with transaction.atomic():
            work()
            raise _TakeBack("")
    except _TakeBack:
        return ()
    except LayoutClashes as refusal:
        return refusal.misfits


class _TakeBack(BookingError):
    """Never leaves this module."""

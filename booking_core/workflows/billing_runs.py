"""Invoices that write themselves after the use, where nothing has to be settled first.

Not here: single invoices and their changes (``billing``), settling (``settle_booking``).
"""

from datetime import datetime
from uuid import UUID

import structlog

from booking_core.finance.models import InvoiceMoment
from booking_core.finance.queries.unbilled import unbilled_bookings
from booking_core.identity.contracts import SYSTEM
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.bookings import locked_booking
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.billing import invoice_moment, keep_bill_right

log = structlog.get_logger(__name__)


def bill_ended_bookings(*, now: datetime) -> int:
    """Write the invoice of each booking that is over and waits for nothing; the number of bookings looked at.

    Only where the town wants invoices after the use. Safe to run often and side by side: each booking is locked.
    """
    if invoice_moment() != InvoiceMoment.SETTLEMENT:
        return 0
    uuids = unbilled_bookings(now=now)
    for uuid in uuids:
        _bill(uuid, now=now)
    log.info("ended_bookings_billed", bookings=len(uuids))
    return len(uuids)


@with_retries
def _bill(uuid: UUID, *, now: datetime) -> None:
    locked_booking(uuid)
    keep_bill_right(booking_by_uuid(uuid, with_events=False), actor=SYSTEM, now=now, is_over=True)

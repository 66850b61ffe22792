"""A credit the treasurer sends back online by hand: where an invoice was cancelled at the desk, nothing goes by itself.

Not here: credits that follow from a booking's change (``returning``).
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.errors import NothingToPay
from booking_core.finance.queries.invoices import invoice_by_uuid, invoice_id_of
from booking_core.finance.queries.payments import going_back
from booking_core.identity.contracts import Actor
from booking_core.kernel.money import ZERO, Money
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.bookings import locked_booking
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.payments.returning import paid_online, return_credits


def online_credit(invoice: InvoiceView) -> Money:
    """What of an invoice's credit can go back the way it was paid, without what is on its way already."""
    if invoice.row.kind != "invoice" or invoice.row.balance.cents >= 0:
        return ZERO
    invoice_id = invoice_id_of(invoice.row.uuid)
    credit = -invoice.row.balance.cents - going_back([invoice_id]).get(invoice_id, 0)
    paid = sum(
        paid_online(booking_by_uuid(uuid, with_events=False).id).cents for uuid in invoice.booking_uuids
    )
    return Money(max(0, min(credit, paid)))


@with_retries
def return_credit(invoice_uuid: UUID, *, actor: Actor, now: datetime) -> None:
    """Begin to send the credit back. Raises NotFound, NothingToPay (nothing was paid online, or it is on its way)."""
    begun = 0
    for uuid in invoice_by_uuid(invoice_uuid).booking_uuids:
        booking = locked_booking(uuid)
        begun += return_credits(booking.pk, actor=actor, now=now)
    if not begun:
        raise NothingToPay(_("Hier ist nichts online zu erstatten, oder es ist schon unterwegs."))

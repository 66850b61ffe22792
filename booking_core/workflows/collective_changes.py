"""Replace an invoice over several bookings after one changed: cancelled, written anew, what was paid moves along.

Not here: finding them (``finance.queries.collective_changes``), the first invoice (``collective_billing``).
"""

from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.errors import InvoiceClosed
from booking_core.finance.queries.collective_changes import ChangedInvoice, changed_collective_invoices
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.profile import required_profile
from booking_core.finance.services import invoicing
from booking_core.identity.contracts import Actor
from booking_core.identity.queries import party_by_uuid
from booking_core.kernel.money import Money
from booking_core.messaging import composing_money
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.errors import Stale
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.bookings import locked_booking
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.collective_billing import drafts_of


def changed_invoice(uuid: UUID) -> ChangedInvoice:
    """One invoice that no longer fits. Raises InvoiceClosed where it does, or was replaced."""
    found = changed_collective_invoices(only=uuid)
    if not found:
        raise InvoiceClosed(_("Diese Rechnung stimmt mit ihren Buchungen überein oder ist schon ersetzt."))
    return found[0]


@with_retries
def replace_collective(
    uuid: UUID, *, expected_owed: Money, actor: Actor, now: datetime
) -> tuple[InvoiceView, ...]:
    """Cancel the invoice and ask for what its bookings cost now; nothing is written where they cost nothing any more.

    ``expected_owed`` is what the person saw. Raises NotFound, InvoiceClosed, Stale, TaxContradiction.
    """
    old = invoice_by_uuid(uuid)
    views = sorted(
        (booking_by_uuid(one, with_events=False) for one in old.booking_uuids), key=lambda one: one.id
    )
    for view in views:
        locked_booking(view.uuid)
    if changed_invoice(uuid).owed != expected_owed:
        raise Stale(_("Inzwischen hat sich etwas geändert. Bitte sehen Sie noch einmal hin."))
    bookings = sorted(
        (booking_by_uuid(one.uuid, with_events=False) for one in views), key=lambda one: one.start
    )
    party = party_by_uuid(old.party_uuid)
    with translation.override(old.paper.language):
        reason = _("Buchungen haben sich nach der Rechnung geändert.")
    document = invoicing.cancel_invoice(uuid, reason=reason, actor=actor, now=now)
    recipient = old.paper.buyer.email or party.email
    queue_mail(composing_money.invoice_cancelled(document, recipient=recipient))
    written: list[InvoiceView] = []
    for draft in drafts_of(bookings, party, required_profile()):
        invoice = invoicing.issue_invoice(draft, actor=actor, now=now, replaces=() if written else (uuid,))
        queue_mail(composing_money.invoice_issued(invoice, recipient=party.email))
        written.append(invoice)
    return tuple(written)

"""From the price of a booking to the lines of its invoice, in the booking's language.

Values in, values out. Not here: when an invoice is written (``billing``).
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import LineKind, PriceLine, quote_from_data
from booking_core.finance.contracts import DraftLine, InvoiceDraft
from booking_core.finance.paper.content import PaperParty
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from tenants.context import tenant_zone


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line a clerk adds by hand: words and an amount (below zero: a credit)."""

    label: str
    amount: Money


def draft_for(booking: BookingView, own_lines: tuple[OwnLine, ...] = ()) -> InvoiceDraft:
    """What an invoice of this booking says now: its price, or what cancelling it costs, and what a clerk adds."""
    with translation.override(booking.language):
        lines = (*lines_of(booking), *(_own_line(booking, line) for line in own_lines))
        subject = _("Buchung %(number)s: %(title)s") % {"number": booking.number, "title": booking.title}
    zone = tenant_zone()
    return InvoiceDraft(
        party_id=booking.party_id,
        buyer=buyer_of(booking),
        language=booking.language,
        subject=subject,
        lines=lines,
        supply_first_on=booking.start.astimezone(zone).date(),
        supply_last_on=booking.end.astimezone(zone).date(),
        expected_cents=owed_now(booking) + sum(line.amount.cents for line in own_lines),
    )


def owed_now(booking: BookingView) -> int:
    """What the booking costs as it stands, in cents, without deposit."""
    if booking.state == "cancelled":
        return booking.cancellation_fee.cents if booking.cancellation_fee else 0
    return booking.total.cents if booking.state == "confirmed" else 0


def lines_of(booking: BookingView) -> tuple[DraftLine, ...]:
    """The lines of the price, in the active language. Tax that comes on top is no line of its own here."""
    if not owed_now(booking):
        return ()
    if booking.state == "cancelled":
        fee = DraftLine(
            label=_("Entgelt für das Stornieren"),
            cents=owed_now(booking),
            booking_id=booking.id,
            booking_number=booking.number,
        )
        return (fee,)
    quote = quote_from_data(booking.quote)
    return tuple(
        _line(booking, line) for line in quote.lines if not line.after_use and line.kind != LineKind.TAX
    )


def _line(booking: BookingView, line: PriceLine) -> DraftLine:
    has_tax = line.tax_mode in {"added", "included"} and line.tax_percent is not None
    return DraftLine(
        label=line.label.in_language(booking.language),
        cents=line.amount.cents,
        booking_id=booking.id,
        booking_number=booking.number,
        paragraph=line.paragraph,
        quantity=line.quantity,
        unit_label=line.unit_label.in_language(booking.language),
        unit_price=line.unit_price if line.factor == 1 else None,
        percent=line.tax_percent if has_tax else None,
        is_gross=line.tax_mode != "added",
    )


def _own_line(booking: BookingView, line: OwnLine) -> DraftLine:
    return DraftLine(
        label=line.label,
        cents=line.amount.cents,
        booking_id=booking.id,
        booking_number=booking.number,
        is_own=True,
    )


def buyer_of(booking: BookingView) -> PaperParty:
    """Who gets the invoice: the organisation, with the person who booked; else the person."""
    contact = booking.contact
    return PaperParty(
        name=contact.organisation_name or contact.name,
        second_name=contact.name if contact.organisation_name else "",
        street=contact.street,
        postal_code=contact.postal_code,
        city=contact.city,
        email=contact.email,
    )

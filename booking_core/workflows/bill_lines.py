"""From the price of a booking, or what it was settled at, to the lines of its invoice, in the booking's language.

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
from booking_core.reservations.owing import cents_owed
from booking_core.reservations.settling import SettlementView
from tenants.context import tenant_zone


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line a clerk adds by hand: words and an amount (below zero: a credit)."""

    label: str
    amount: Money


def draft_for(
    booking: BookingView, settlement: SettlementView | None = None, own_lines: tuple[OwnLine, ...] = ()
) -> InvoiceDraft:
    """What an invoice of this booking says now: its price or its last settlement, what cancelling costs, own lines."""
    with translation.override(booking.language):
        lines = (*lines_of(booking, settlement), *(_own_line(booking, line) for line in own_lines))
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
        expected_cents=owed_now(booking, settlement) + sum(line.amount.cents for line in own_lines),
    )


def owed_now(booking: BookingView, settlement: SettlementView | None = None) -> int:
    """What the booking costs as it stands, in cents, without deposit. ``settlement`` is its last one."""
    return cents_owed(
        booking.state,
        price_cents=(settlement.total if settlement else booking.total).cents,
        given_up_cents=booking.cancellation_fee.cents if booking.cancellation_fee else 0,
    )


def lines_of(booking: BookingView, settlement: SettlementView | None = None) -> tuple[DraftLine, ...]:
    """The lines of the price, in the active language. Tax that comes on top is no line of its own here."""
    if not owed_now(booking, settlement):
        return ()
    lines = []
    if booking.state == "confirmed":
        lines = _settled_lines(booking, settlement) if settlement else _agreed_lines(booking)
    if booking.cancellation_fee:
        label = (
            _("Entgelt für das Stornieren")
            if booking.state == "cancelled"
            else _("Entgelt für abgesagte Termine")
        )
        lines.append(_plain_line(booking, label, booking.cancellation_fee))
    return tuple(lines)


def _agreed_lines(booking: BookingView) -> list[DraftLine]:
    lines = quote_from_data(booking.quote).lines if booking.quote else ()
    return [_line(booking, line) for line in lines if not line.after_use and line.kind != LineKind.TAX]


def _settled_lines(booking: BookingView, settlement: SettlementView) -> list[DraftLine]:
    """The ordinance's lines where it named the fee, one line where a person did, and the damages."""
    quote = quote_from_data(settlement.quote) if settlement.quote else None
    if quote is not None and quote.fee_known and quote.total_after_settlement == settlement.fee:
        lines = [_line(booking, line) for line in quote.lines if line.kind != LineKind.TAX]
    elif settlement.fee == booking.total and booking.quote:
        lines = _agreed_lines(booking)
    else:
        lines = [_plain_line(booking, _("Entgelt nach Abrechnung"), settlement.fee)] if settlement.fee else []
    damages = [
        _plain_line(booking, _("Schaden: %(what)s") % {"what": one.text}, one.amount)
        for one in settlement.figures.damages
        if one.amount
    ]
    return [*lines, *damages]


def _plain_line(booking: BookingView, label: str, amount: Money) -> DraftLine:
    return DraftLine(label=label, cents=amount.cents, booking_id=booking.id, booking_number=booking.number)


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

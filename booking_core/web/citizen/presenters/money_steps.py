"""Steps of an own booking that concern money, for its one timeline: paid, deposit there, deposit back.

Not here: the other steps (``bookings``), how to pay (``payments``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from booking_core.finance.contracts import BookingMoney, DepositView, InvoiceRow
from booking_core.reservations.contracts import BookingView
from design_system.contracts import TimelineEntry
from design_system.templatetags.formats import euro, long_date


@dataclass(frozen=True, slots=True)
class MoneySteps:
    """Steps due before the use and after it."""

    before: tuple[TimelineEntry, ...] = ()
    after: tuple[TimelineEntry, ...] = ()


def money_steps(booking: BookingView, money: BookingMoney) -> MoneySteps:
    """What was paid and deposited, and what of it is still to come; nothing where nothing is owed."""
    before = [*_payment(money.current, booking), *_deposit(money.deposit, booking)]
    return MoneySteps(tuple(before), tuple(_deposit_back(money.deposit, booking)))


def with_money(entries: Sequence[TimelineEntry], steps: MoneySteps, *, has_use: bool) -> list[TimelineEntry]:
    """One timeline: the steps before the use come before its entry, which is the last where there is one."""
    use = entries[-1:] if has_use else ()
    return [*entries[: len(entries) - len(use)], *steps.before, *use, *steps.after]


def _payment(invoice: InvoiceRow | None, booking: BookingView) -> list[TimelineEntry]:
    if invoice is None or not invoice.gross.cents:
        return []
    if invoice.balance.cents <= 0:
        return [TimelineEntry(_("Bezahlt"), text=euro(invoice.gross), state="done")]
    when = _("bis %(day)s") % {"day": long_date(invoice.due_on)}
    state: Literal["failed", "current", "coming"] = "current" if booking.state == "confirmed" else "coming"
    if invoice.state == "overdue":
        state = "failed"
    return [TimelineEntry(_("Zahlung"), when, text=euro(invoice.balance), state=state)]


def _deposit(deposit: DepositView | None, booking: BookingView) -> list[TimelineEntry]:
    if deposit is None or not deposit.wanted.cents:
        return []
    if deposit.missing.cents:
        entry = TimelineEntry(_("Kaution hinterlegen"), text=euro(deposit.missing), state="coming")
        return [entry] if booking.is_open else []
    return [TimelineEntry(_("Kaution hinterlegt"), text=euro(deposit.wanted), state="done")]


def _deposit_back(deposit: DepositView | None, booking: BookingView) -> list[TimelineEntry]:
    if deposit is None or not deposit.wanted.cents:
        return []
    there = deposit.held.cents + deposit.secured.cents
    if deposit.returned.cents or deposit.kept.cents:
        kept = _("%(sum)s einbehalten") % {"sum": euro(deposit.kept)} if deposit.kept.cents else ""
        back = euro(deposit.returned) if deposit.returned.cents else ""
        text = ", ".join(part for part in (back, kept) if part)
        return [TimelineEntry(_("Kaution zurück"), text=text, state="coming" if there else "done")]
    return [TimelineEntry(_("Kaution zurück"), state="coming")] if there or booking.is_open else []

"""Paying online ready to print: one card per sum with its ways, and the page people come back to.

Not here: invoices and transfers (``payments``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.contracts_payments import PaymentView
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.payments.ways import OpenDue
from design_system.contracts import SummaryRow
from design_system.templatetags.formats import euro


@dataclass(frozen=True, slots=True)
class WayLine:
    """One way to pay that is no click away."""

    label: str
    explanation: str


@dataclass(frozen=True, slots=True)
class DueCard:
    """One sum. ``button`` is empty where nothing is paid online."""

    title: str
    sum: str
    purpose: str
    button: str
    explanation: str
    others: list[WayLine]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """``waits``: the page asks again by itself. ``again``: there is something to do on the page to pay."""

    title: str
    sentence: str
    tone: str
    rows: list[SummaryRow] = field(default_factory=list)
    waits: bool = False
    again_url: str = ""
    again_label: str = ""
    self_url: str = ""


def due_cards(booking: BookingView, dues: Sequence[OpenDue]) -> list[DueCard]:
    """The sums in order."""
    return [_card(booking, due) for due in dues]


def _card(booking: BookingView, due: OpenDue) -> DueCard:
    online, amount = due.online, euro(due.due.amount)
    button = ""
    if online is not None:
        words = _("%(sum)s reservieren") if online.is_hold else _("%(sum)s online bezahlen")
        button = words % {"sum": amount}
    return DueCard(
        title=_title(booking, due),
        sum=amount,
        purpose=due.due.purpose,
        button=button,
        explanation=online.explanation if online is not None else "",
        others=[WayLine(offer.label, offer.explanation) for offer in due.offers if not offer.is_online],
        until=booking.pay_by if booking.waits_for_payment else None,
    )


def _title(booking: BookingView, due: OpenDue) -> str:
    if due.due.purpose == "deposit":
        return _("Kaution")
    if due.invoice is not None:
        return _("Rechnung %(number)s") % {"number": due.invoice.number}
    return _("Buchung %(number)s") % {"number": booking.number}


def payment_page(booking: BookingView, payment: PaymentView, *, was_cancelled: bool) -> PaymentPage:
    """What the page says about one payment, and what comes next."""
    own = reverse("booking_payment", args=[booking.uuid, payment.uuid])
    pay = reverse("booking_pay", args=[booking.uuid])
    rows = [
        SummaryRow(_("Wofür"), _("Kaution") if payment.purpose == "deposit" else _("Entgelt")),
        SummaryRow(_("Betrag"), euro(payment.moved or payment.amount)),
        *([SummaryRow(_("Weg"), payment.method_label)] if payment.method_label else []),
    ]
    if payment.trouble:
        return PaymentPage(_("Ihr Geld geht zurück"), _trouble_words(payment), "warning", rows)
    if payment.state == "paid":
        return PaymentPage(_("Bezahlt"), _paid_words(booking, payment), "success", rows)
    if payment.state == "held":
        words = _("Der Betrag ist auf Ihrer Karte reserviert. Nach der Rückgabe geben wir ihn frei.")
        return PaymentPage(_("Reserviert"), words, "success", rows)
    if payment.state == "processing":
        words = _(
            "Ihre Bank prüft die Lastschrift. Das dauert einige Tage. Wir schreiben Ihnen, sobald sie da ist."
        )
        return PaymentPage(_("Zahlung ist unterwegs"), words, "info", rows)
    if payment.state in {"started", "open"}:
        return _open_page(payment, rows, own=own, pay=pay, was_cancelled=was_cancelled)
    return _ended_page(booking, payment, rows, pay=pay)


def _open_page(
    payment: PaymentView, rows: list[SummaryRow], *, own: str, pay: str, was_cancelled: bool
) -> PaymentPage:
    if was_cancelled:
        words = _("Es wurde nichts abgebucht. Sie können weitermachen oder einen anderen Weg wählen.")
        return PaymentPage(
            _("Zahlung abgebrochen"), words, "warning", rows, again_url=pay, again_label=_("Zur Bezahlung")
        )
    words = _("Wir warten auf die Antwort des Zahlungsdienstes. Meist dauert das nur Sekunden.")
    return PaymentPage(
        _("Einen Moment bitte"),
        words,
        "info",
        rows,
        waits=True,
        again_url=pay,
        again_label=_("Zur Bezahlung"),
        self_url=own,
    )


def _ended_page(
    booking: BookingView, payment: PaymentView, rows: list[SummaryRow], *, pay: str
) -> PaymentPage:
    may_try = booking.is_open and booking.start > timezone.now()
    again = (pay, _("Noch einmal versuchen")) if may_try else ("", "")
    if payment.state == "released":
        return PaymentPage(_("Freigegeben"), _("Auf Ihrer Karte ist nichts mehr reserviert."), "info", rows)
    if payment.state == "expired":
        words = _("Auf dieser Bezahlseite lässt sich nicht mehr zahlen. Es wurde nichts abgebucht.")
        return PaymentPage(
            _("Zeit abgelaufen"), words, "warning", rows, again_url=again[0], again_label=again[1]
        )
    words = _("Die Zahlung hat nicht geklappt. Es wurde nichts abgebucht.")
    return PaymentPage(_("Nicht bezahlt"), words, "danger", rows, again_url=again[0], again_label=again[1])


def _paid_words(booking: BookingView, payment: PaymentView) -> str:
    if payment.purpose == "deposit":
        return _("Die Kaution ist hinterlegt. Nach der Rückgabe geht sie auf demselben Weg zurück.")
    if booking.state == "confirmed":
        return _("Vielen Dank. Ihre Buchung ist verbindlich bestätigt und bezahlt.")
    return _("Vielen Dank. Ihre Zahlung ist angekommen.")


def _trouble_words(payment: PaymentView) -> str:
    reasons = {
        "late": _("Ihre Zahlung kam, als die Zeit schon wieder frei und inzwischen vergeben war."),
        "closed": _("Ihre Zahlung kam, als dafür nichts mehr zu bezahlen war."),
        "mismatch": _("Betrag oder Währung Ihrer Zahlung passen nicht zu dieser Buchung."),
    }
    return f"{reasons[payment.trouble]} {_('Sie bekommen den ganzen Betrag auf demselben Weg zurück.')}"

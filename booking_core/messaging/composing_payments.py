"""The mails about paying online: wanted, received, failed, given back, refunded, run out.

Not here: invoices (``composing_money``), how a mail looks (``layout``).
"""

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.finance.contracts_payments import PaymentView
from booking_core.messaging.booking_facts import booking_facts, language_of
from booking_core.messaging.contracts import Letter, MailDraft
from booking_core.messaging.letters import greeting, own_booking, to_citizen
from booking_core.reservations.contracts import BookingView
from design_system.formats import clock, euro, long_date
from tenants.context import tenant_zone


def payment_wanted(booking: BookingView) -> MailDraft:
    """To the person who books: the time is kept until it is paid."""
    with translation.override(booking.language):
        language, zone = language_of(booking.language), tenant_zone()
        until = booking.pay_by or booking.requested_at
        letter = Letter(
            subject=_("Bitte bezahlen Sie Ihre Buchung %(number)s") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                _("Ihre Zeit ist vorgemerkt. Mit der Zahlung ist die Buchung fest."),
                _("Wir halten die Zeit bis %(day)s, %(time)s.")
                % {"day": long_date(until, language, zone), "time": clock(until, language, zone)},
            ),
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=(_("Kommt keine Zahlung, wird die Zeit wieder frei. Es entstehen keine Kosten."),),
        )
        return to_citizen("payment_wanted", booking, letter)


def payment_received(booking: BookingView, payment: PaymentView) -> MailDraft:
    """To the person who paid: the money is there."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Ihre Zahlung zu %(number)s ist angekommen") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(_("vielen Dank, Ihre Zahlung ist angekommen."),),
            facts=_facts(booking, payment),
            action=own_booking(booking),
            closing=(_deposit_words(),) if payment.purpose == "deposit" else (),
        )
        return to_citizen("payment_received", booking, letter)


def payment_failed(booking: BookingView, payment: PaymentView) -> MailDraft:
    """To the person who tried: the debit came back, and what to do."""
    with translation.override(booking.language):
        closing = (
            (
                _(
                    "Bitte bezahlen Sie innerhalb von 24 Stunden auf anderem Weg, sonst wird die Zeit wieder frei."
                ),
            )
            if booking.waits_for_payment
            else (_("Bitte bezahlen Sie auf anderem Weg."),)
        )
        letter = Letter(
            subject=_("Ihre Zahlung zu %(number)s ist gescheitert") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(_("Ihre Bank hat die Lastschrift nicht eingelöst."),),
            facts=_facts(booking, payment),
            action=own_booking(booking),
            closing=closing,
        )
        return to_citizen("payment_failed", booking, letter)


def payment_returned(booking: BookingView, payment: PaymentView, trouble: str) -> MailDraft:
    """To the person who paid: the money could not pay what it was for, so all of it goes back."""
    with translation.override(booking.language):
        reasons = {
            "late": _("Ihre Zahlung kam, als die Zeit schon wieder frei und inzwischen vergeben war."),
            "closed": _("Ihre Zahlung kam, als dafür nichts mehr zu bezahlen war."),
            "mismatch": _("Betrag oder Währung Ihrer Zahlung passen nicht zu dieser Buchung."),
        }
        letter = Letter(
            subject=_("Wir zahlen Ihre Zahlung zu %(number)s zurück") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                reasons[trouble],
                _("Sie bekommen den ganzen Betrag auf demselben Weg zurück. Sie müssen nichts tun."),
            ),
            facts=_facts(booking, payment),
            action=own_booking(booking),
        )
        return to_citizen("payment_returned", booking, letter)


def refund_sent(booking: BookingView, refund: PaymentView) -> MailDraft:
    """To the person who had paid: a part or all of it is on its way back."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Wir haben Ihnen Geld zu %(number)s zurückgezahlt") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(_("das Geld kommt auf dem Weg zurück, auf dem Sie bezahlt haben."),),
            facts=_facts(booking, refund),
            action=own_booking(booking),
            closing=(_("Bis es auf Ihrem Konto steht, können einige Tage vergehen."),),
        )
        return to_citizen("refund_sent", booking, letter)


def booking_lapsed(booking: BookingView) -> MailDraft:
    """To the person who booked: no payment came, the time is free again."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Ihre Buchung %(number)s ist verfallen") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                _("bis zum Ablauf der Frist ist keine Zahlung gekommen. Die Zeit ist wieder frei."),
                _("Es entstehen Ihnen keine Kosten. Sie können jederzeit neu buchen."),
            ),
            facts=booking_facts(booking),
            action=own_booking(booking),
        )
        return to_citizen("booking_lapsed", booking, letter)


def _facts(booking: BookingView, payment: PaymentView) -> tuple[tuple[str, str], ...]:
    language = language_of(booking.language)
    what = _("Kaution") if payment.purpose == "deposit" else _("Entgelt")
    facts = [
        (_("Buchung"), f"{booking.number} · {booking.title}"),
        (_("Wofür"), what),
        (_("Betrag"), euro(payment.moved or payment.amount, language)),
        (_("Weg"), payment.method_label),
    ]
    return tuple((label, value) for label, value in facts if value)


def _deposit_words() -> str:
    return _("Die Kaution geht nach der Rückgabe auf demselben Weg zurück.")

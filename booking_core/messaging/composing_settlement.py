"""The mail about a settlement: line by line with its paragraph, the difference, the deposit.

Not here: other mails about bookings (``composing``).
"""

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import LocalizedText, PriceLine, quote_from_data
from booking_core.kernel.money import Money
from booking_core.messaging.booking_facts import language_of, times
from booking_core.messaging.booking_links import booking_link
from booking_core.messaging.contracts import Action, Letter, MailDraft
from booking_core.messaging.layout import lay_out
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.settling import SettlementView
from design_system.formats import euro


def booking_settled(booking: BookingView, settlement: SettlementView) -> MailDraft:
    """To the person who booked: what the use came to, why, and what becomes of the deposit."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Abrechnung zu Ihrer Buchung %(number)s") % {"number": booking.number},
            greeting=_("Guten Tag %(name)s,") % {"name": booking.contact.name},
            paragraphs=(_opening(settlement), _difference_words(settlement, booking.language)),
            quoted=settlement.note,
            facts=_facts(booking, settlement),
            action=Action(_("Abrechnung ansehen"), booking_link(booking.uuid)),
            closing=_closing(booking, settlement),
        )
        return lay_out(
            letter,
            kind="booking_settled",
            recipient=booking.contact.email,
            language=booking.language,
            subject_type="booking",
            subject_id=str(booking.uuid),
        )


def _opening(settlement: SettlementView) -> str:
    if settlement.number > 1:
        return _("wir haben die Abrechnung Ihrer Nutzung berichtigt.")
    return _("vielen Dank für Ihren Besuch. Ihre Nutzung ist abgerechnet.")


def _difference_words(settlement: SettlementView, language: str) -> str:
    amounts = {
        "previous": _euro(settlement.previous, language),
        "total": _euro(settlement.total, language),
        "difference": _euro(Money(abs(settlement.difference.cents)), language),
    }
    if settlement.difference.cents > 0:
        return _("Bisher %(previous)s, jetzt %(total)s: %(difference)s mehr.") % amounts
    if settlement.difference.cents < 0:
        return _("Bisher %(previous)s, jetzt %(total)s: %(difference)s weniger.") % amounts
    return _("Es bleibt bei %(total)s.") % amounts


def _facts(booking: BookingView, settlement: SettlementView) -> tuple[tuple[str, str], ...]:
    language = booking.language
    rows = [
        (_("Buchungsnummer"), booking.number),
        (_("Anlass"), booking.title),
        (_("Wann"), times(tuple(dict.fromkeys(item.span for item in booking.items)), language)),
        *_fee_rows(settlement, language),
        *((one.text, _euro(one.amount, language)) for one in settlement.figures.damages),
        (_("Zusammen"), _euro(settlement.total, language)),
    ]
    if booking.deposit:
        rows.append((_("Kaution"), _euro(booking.deposit, language)))
        if settlement.deposit_kept:
            rows.append((_("davon einbehalten"), _kept_words(settlement, language)))
        rows.append((_("davon zurück an Sie"), _euro(settlement.deposit_returned, language)))
    return tuple(rows)


def _fee_rows(settlement: SettlementView, language: str) -> list[tuple[str, str]]:
    lines = quote_from_data(settlement.quote).lines if settlement.quote else ()
    if sum(line.amount.cents for line in lines) != settlement.fee.cents:
        return [(_("Entgelt"), _euro(settlement.fee, language))]
    return [_line_row(line, language) for line in lines]


def _line_row(line: PriceLine, language: str) -> tuple[str, str]:
    label = _words(line.label, language)
    return (f"{label} ({line.paragraph})" if line.paragraph else label, _euro(line.amount, language))


def _kept_words(settlement: SettlementView, language: str) -> str:
    kept = _euro(settlement.deposit_kept, language)
    return f"{kept}: {settlement.deposit_reason}" if settlement.deposit_reason else kept


def _closing(booking: BookingView, settlement: SettlementView) -> tuple[str, ...]:
    closing = []
    if settlement.balance.cents < 0:
        owed = _euro(-settlement.balance, booking.language)
        closing.append(_("Die Kaution ist verrechnet. Es bleiben %(owed)s zu zahlen.") % {"owed": owed})
    closing.append(_("Wenn etwas nicht stimmt, antworten Sie bitte auf diese E-Mail."))
    return tuple(closing)


def _euro(amount: Money, language: str) -> str:
    return euro(amount, language_of(language))


def _words(text: LocalizedText, language: str) -> str:
    return text.in_language(language)

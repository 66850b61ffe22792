"""The mails about bookings, one function per kind: words, facts, the one button, the calendar file.

Not here: mails that are not about a booking (``composing_access``), how a mail looks (``layout``).
"""

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.messaging.booking_facts import booking_facts, language_of, price_words, times
from booking_core.messaging.booking_links import booking_link, staff_booking_link
from booking_core.messaging.contracts import Action, Letter, MailDraft
from booking_core.messaging.letters import (
    STAFF_LANGUAGE,
    calendar_file,
    greeting,
    own_booking,
    to_citizen,
    to_staff,
)
from booking_core.reservations.contracts import BookingView
from design_system.formats import euro
from tenants.links import tenant_origin


def booking_requested(booking: BookingView) -> MailDraft:
    """To the person who asked: the request has arrived, and what happens next."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Ihre Anfrage %(number)s ist eingegangen") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                _("vielen Dank für Ihre Anfrage. Die Zeit ist für Sie vorgemerkt."),
                _("Die Verwaltung prüft die Anfrage. Sie erhalten eine E-Mail, sobald entschieden ist."),
            ),
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=(_("Über den Link können Sie die Anfrage ansehen, ändern oder zurückziehen."),),
        )
        return to_citizen("booking_requested", booking, letter)


def booking_confirmed(booking: BookingView, *, text: str = "", invoice_moment: str = "manual") -> MailDraft:
    """To the person who asked: it is agreed. ``text`` is what the clerk adds. The calendar file is attached.

    ``invoice_moment`` is when the town writes invoices, or ``collective`` for a club that gets them together.
    """
    with translation.override(booking.language):
        closing = [_("Die Kalenderdatei im Anhang trägt den Termin in Ihren Kalender ein.")]
        if booking.total or booking.deposit:
            closing.append(_when_to_pay(invoice_moment if booking.total else "manual"))
        letter = Letter(
            subject=_("Ihre Buchung %(number)s ist bestätigt") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(_("Ihre Buchung ist verbindlich bestätigt."),),
            quoted=text,
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=tuple(closing),
        )
        return to_citizen("booking_confirmed", booking, letter, calendar_file(booking, "PUBLISH"))


def _when_to_pay(invoice_moment: str) -> str:
    sentences = {
        "confirmation": _("Die Rechnung kommt in einer eigenen E-Mail. Darin steht, wie Sie bezahlen."),
        "settlement": _("Die Rechnung kommt nach der Nutzung, mit der Abrechnung."),
        "collective": _("Die Rechnung kommt gesammelt mit Ihren anderen Buchungen."),
    }
    return sentences.get(invoice_moment, _("Wie Sie bezahlen, teilt Ihnen die Verwaltung mit."))


def booking_declined(booking: BookingView, *, reason: str) -> MailDraft:
    """To the person who asked: it cannot be, and why."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Ihre Anfrage %(number)s wurde abgelehnt") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(_("leider können wir Ihre Anfrage nicht bestätigen. Der Grund:"),),
            quoted=reason,
            facts=booking_facts(booking),
            action=Action(_("Andere Zeit oder anderen Raum suchen"), _search_page()),
            closing=(_("Die Zeit ist wieder frei. Es entstehen Ihnen keine Kosten."),),
        )
        return to_citizen("booking_declined", booking, letter)


def booking_moved(booking: BookingView, *, before: tuple[Span, ...], reason: str = "") -> MailDraft:
    """To the person who booked: the new time, the old one beside it, and why where the town moves it.

    The file carries a higher SEQUENCE.
    """
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Ihre Buchung %(number)s wurde verlegt") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                _("Ihre Buchung hat sich geändert. Bisher: %(before)s.")
                % {"before": times(before, booking.language)},
                *([_("Der Grund: %(reason)s") % {"reason": reason}] if reason else []),
                _("Ab jetzt gilt:"),
            ),
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=_moved_closing(booking),
        )
        files = calendar_file(booking, "PUBLISH") if booking.state == "confirmed" else ()
        return to_citizen("booking_moved", booking, letter, files)


def closed_around(booking: BookingView, *, spans: tuple[Span, ...], reason: str) -> MailDraft:
    """To the person who booked: something is closed at their time, and their booking stays."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Ihre Buchung %(number)s bleibt trotz Sperrung") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                _("zu Ihrer Zeit ist sonst gesperrt: %(reason)s.") % {"reason": reason.rstrip(".")},
                _("Ihre Buchung bleibt, wie sie ist: %(when)s.") % {"when": times(spans, booking.language)},
            ),
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=(_("Passt Ihnen das nicht? Antworten Sie einfach auf diese E-Mail."),),
        )
        return to_citizen("closed_around", booking, letter)


def booking_changed(booking: BookingView, *, old_total: Money) -> MailDraft:
    """To the person who booked: people, extras or answers changed; the new price, the old one beside it."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Ihre Buchung %(number)s wurde geändert") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(_("Ihre Buchung hat sich geändert."), *_price_step(booking, old_total)),
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=_moved_closing(booking),
        )
        files = calendar_file(booking, "PUBLISH") if booking.state == "confirmed" else ()
        return to_citizen("booking_changed", booking, letter, files)


def booking_cancelled(
    booking: BookingView, *, by_staff: bool, reason: str = "", fee_words: str = ""
) -> MailDraft:
    """To the person who booked: it is cancelled, by whom, and what it costs. The file cancels the event."""
    with translation.override(booking.language):
        opening = (
            _("die Verwaltung hat Ihre Buchung storniert.") if by_staff else _("Ihre Buchung ist storniert.")
        )
        letter = Letter(
            subject=_("Ihre Buchung %(number)s ist storniert") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(opening, *((fee_words,) if fee_words else ())),
            quoted=reason,
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=(_("Die Kalenderdatei im Anhang entfernt den Termin aus Ihrem Kalender."),),
        )
        return to_citizen("booking_cancelled", booking, letter, calendar_file(booking, "CANCEL"))


def question_asked(booking: BookingView, *, text: str) -> MailDraft:
    """To the person who asked for a booking: the clerk needs to know something."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Rückfrage zu Ihrer Anfrage %(number)s") % {"number": booking.number},
            greeting=greeting(booking),
            paragraphs=(_("die Verwaltung hat eine Frage zu Ihrer Anfrage:"),),
            quoted=text,
            facts=booking_facts(booking),
            action=Action(_("Frage beantworten"), booking_link(booking.uuid)),
            closing=(_("Die Zeit bleibt für Sie vorgemerkt."),),
        )
        return to_citizen("question_asked", booking, letter)


def question_answered(booking: BookingView, *, text: str) -> MailDraft:
    """To the town's mailbox: the answer has come."""
    with translation.override(STAFF_LANGUAGE):
        letter = Letter(
            subject=_("Antwort zu Anfrage %(number)s") % {"number": booking.number},
            greeting=_("Guten Tag,"),
            paragraphs=(_("%(name)s hat auf die Rückfrage geantwortet:") % {"name": booking.contact.name},),
            quoted=text,
            facts=booking_facts(booking),
            action=Action(_("Anfrage öffnen"), staff_booking_link(booking.uuid)),
        )
        return to_staff("question_answered", booking, letter)


def new_request(booking: BookingView) -> MailDraft:
    """To the town's mailbox: somebody asks for a time."""
    with translation.override(STAFF_LANGUAGE):
        who = booking.contact.organisation_name or booking.contact.name
        letter = Letter(
            subject=_("Neue Anfrage %(number)s: %(title)s")
            % {"number": booking.number, "title": booking.title},
            greeting=_("Guten Tag,"),
            paragraphs=(_("%(name)s fragt eine Buchung an.") % {"name": who},),
            quoted=booking.message,
            facts=booking_facts(booking),
            action=Action(_("Anfrage öffnen"), staff_booking_link(booking.uuid)),
        )
        return to_staff("new_request", booking, letter)


def _price_step(booking: BookingView, old_total: Money) -> tuple[str, ...]:
    if booking.total == old_total:
        return ()
    language = language_of(booking.language)
    prices = {"old": euro(old_total, language), "new": price_words(booking)}
    return (_("Bisheriges Entgelt: %(old)s. Neu: %(new)s") % prices,)


def _moved_closing(booking: BookingView) -> tuple[str, ...]:
    if booking.state == "confirmed":
        return (_("Die Kalenderdatei im Anhang ändert den Termin in Ihrem Kalender."),)
    return (_("Ihre Anfrage wird noch geprüft."),)


def _search_page() -> str:
    return f"{tenant_origin()}/"

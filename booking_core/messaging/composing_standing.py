"""What clubs with standing bookings are written: a date is near, do you go on, was a date not used.

Not here: mails about changes they or the administration made (``composing_series``).
"""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.kernel.spans import Span
from booking_core.messaging.booking_facts import booking_facts, language_of, times
from booking_core.messaging.booking_links import staff_booking_link
from booking_core.messaging.contracts import Action, Letter, MailDraft
from booking_core.messaging.letters import STAFF_LANGUAGE, greeting, own_booking, to_citizen, to_staff
from booking_core.messaging.standing_links import continue_link, release_link
from booking_core.reservations.contracts import BookingView
from design_system.formats import long_date


def date_reminder(booking: BookingView, *, slot: str, span: Span) -> MailDraft:
    """To the club, some days before a date: one tap gives the time back if it falls through."""
    with translation.override(booking.language):
        when = times((span,), booking.language)
        letter = Letter(
            subject=_("%(title)s: %(when)s") % {"title": booking.title, "when": when},
            greeting=greeting(booking),
            paragraphs=(
                _("Ihr nächster Termin: %(when)s.") % {"when": when},
                _(
                    "Findet er statt, müssen Sie nichts tun. "
                    "Fällt er aus, geben Sie die Zeit bitte frei, damit andere sie nutzen können."
                ),
            ),
            facts=booking_facts(booking),
            action=Action(_("Fällt aus: Zeit freigeben"), release_link(booking.uuid, slot)),
            closing=(_("Diese Erinnerung schalten Sie auf der Seite Ihrer Buchung ab."),),
        )
        return to_citizen("date_reminder", booking, letter)


def confirmation_asked(booking: BookingView, *, confirm_by: date) -> MailDraft:
    """To the club: does the series go on?"""
    with translation.override(booking.language):
        day = long_date(confirm_by, language_of(booking.language))
        letter = Letter(
            subject=_("Brauchen Sie Ihre Termine weiter? %(title)s (%(number)s)")
            % {"title": booking.title, "number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                _("einmal im Jahr fragen wir nach, ob regelmäßige Termine noch gebraucht werden."),
                _("Bitte bestätigen Sie bis %(day)s. Sonst meldet sich die Verwaltung bei Ihnen.")
                % {"day": day},
            ),
            facts=booking_facts(booking),
            action=Action(_("Ja, wir brauchen die Termine weiter"), continue_link(booking.uuid)),
            closing=(
                _("Brauchen Sie einzelne Termine nicht mehr, sagen Sie sie auf der Seite Ihrer Buchung ab."),
            ),
        )
        return to_citizen("confirmation_asked", booking, letter)


def confirmation_reminder(booking: BookingView) -> MailDraft:
    """To the club, a week before the answer is due: the question once more."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Bitte noch bestätigen: %(title)s (%(number)s)")
            % {"title": booking.title, "number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                _("wir haben noch keine Antwort von Ihnen, ob Sie Ihre Termine weiter brauchen."),
                _("Bitte bestätigen Sie bis %(day)s. Sonst meldet sich die Verwaltung bei Ihnen.")
                % {"day": _answer_day(booking, booking.language)},
            ),
            facts=booking_facts(booking),
            action=Action(_("Ja, wir brauchen die Termine weiter"), continue_link(booking.uuid)),
            closing=(_("Bis dahin bleiben Ihre Termine, wie sie sind."),),
        )
        return to_citizen("confirmation_reminder", booking, letter)


def confirmation_missing(booking: BookingView) -> MailDraft:
    """To the town's mailbox, once, after the day: no answer came, what now?"""
    with translation.override(STAFF_LANGUAGE):
        who = booking.contact.organisation_name or booking.contact.name
        letter = Letter(
            subject=_("Keine Antwort: %(title)s (%(number)s)")
            % {"title": booking.title, "number": booking.number},
            greeting=_("Guten Tag,"),
            paragraphs=(
                _("%(name)s hat bis %(day)s nicht bestätigt, dass die Termine weiter gebraucht werden.")
                % {"name": who, "day": _answer_day(booking, STAFF_LANGUAGE)},
                _(
                    "Die Termine bleiben, bis Sie entscheiden. Sprechen Sie mit dem Verein, fragen Sie noch einmal, "
                    "oder sagen Sie die Termine ab."
                ),
            ),
            facts=booking_facts(booking),
            action=Action(_("Buchung öffnen"), staff_booking_link(booking.uuid)),
        )
        return to_staff("confirmation_missing", booking, letter)


def _answer_day(booking: BookingView, language: str) -> str:
    day = booking.series.confirm_by if booking.series else None
    return long_date(day, language_of(language)) if day else ""


def unused_asked(booking: BookingView, *, spans: tuple[Span, ...]) -> MailDraft:
    """To the club: these dates were not used; what about the coming ones?"""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Termine nicht genutzt: %(title)s (%(number)s)")
            % {"title": booking.title, "number": booking.number},
            greeting=greeting(booking),
            paragraphs=(
                _("diese Termine Ihrer Serie wurden nicht genutzt:"),
                times(spans, booking.language),
                _(
                    "Brauchen Sie die Termine noch? "
                    "Wenn nicht, sagen Sie sie bitte ab, damit andere die Zeit nutzen können."
                ),
            ),
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=(_("Stimmt das nicht? Antworten Sie einfach auf diese E-Mail."),),
        )
        return to_citizen("unused_asked", booking, letter)


def continuation_notice(booking: BookingView) -> MailDraft:
    """To the town's mailbox: the club goes on."""
    with translation.override(STAFF_LANGUAGE):
        who = booking.contact.organisation_name or booking.contact.name
        letter = Letter(
            subject=_("Serie bestätigt: %(title)s (%(number)s)")
            % {"title": booking.title, "number": booking.number},
            greeting=_("Guten Tag,"),
            paragraphs=(_("%(name)s braucht die Termine weiter.") % {"name": who},),
            facts=booking_facts(booking),
            action=Action(_("Buchung öffnen"), staff_booking_link(booking.uuid)),
        )
        return to_staff("continuation_notice", booking, letter)

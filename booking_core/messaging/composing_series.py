"""The mails about dates of a series: cancelled, moved, restored, released; to the club and to the administration.

Not here: mails about a booking as a whole (``composing``), what clubs are asked (``composing_standing``).
"""

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.kernel.spans import Span
from booking_core.messaging.booking_facts import booking_facts, times
from booking_core.messaging.booking_links import staff_booking_link
from booking_core.messaging.contracts import Action, Attachment, Letter, MailDraft
from booking_core.messaging.letters import (
    STAFF_LANGUAGE,
    calendar_file,
    greeting,
    own_booking,
    to_citizen,
    to_staff,
)
from booking_core.reservations.contracts import BookingView


def dates_cancelled(
    booking: BookingView, *, spans: tuple[Span, ...], by_staff: bool, reason: str = "", fee_words: str = ""
) -> MailDraft:
    """To the club: these dates do not take place, the others stay."""
    with translation.override(booking.language):
        opening = (
            _("die Verwaltung hat Termine Ihrer Serie abgesagt:")
            if by_staff
            else _("diese Termine Ihrer Serie sind abgesagt:")
        )
        letter = Letter(
            subject=_("Termine abgesagt: %(title)s (%(number)s)") % _names(booking),
            greeting=greeting(booking),
            paragraphs=(opening, times(spans, booking.language), *((fee_words,) if fee_words else ())),
            quoted=reason,
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=(
                _("Alle anderen Termine bleiben. Die Kalenderdatei im Anhang nimmt die abgesagten heraus."),
            ),
        )
        return to_citizen("dates_cancelled", booking, letter, _files(booking))


def dates_changed(booking: BookingView, *, before: tuple[Span, ...], after: tuple[Span, ...]) -> MailDraft:
    """To the club: these dates take place at another time or elsewhere."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Termine geändert: %(title)s (%(number)s)") % _names(booking),
            greeting=greeting(booking),
            paragraphs=(
                _("in Ihrer Serie haben sich Termine geändert. Bisher: %(before)s.")
                % {"before": times(before, booking.language)},
                _("Ab jetzt gilt: %(after)s.") % {"after": times(after, booking.language)},
            ),
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=(_("Die Kalenderdatei im Anhang ändert die Termine in Ihrem Kalender."),),
        )
        return to_citizen("dates_changed", booking, letter, _files(booking))


def dates_restored(booking: BookingView, *, spans: tuple[Span, ...]) -> MailDraft:
    """To the club: these dates take place after all."""
    with translation.override(booking.language):
        letter = Letter(
            subject=_("Termine finden wieder statt: %(title)s (%(number)s)") % _names(booking),
            greeting=greeting(booking),
            paragraphs=(_("diese Termine Ihrer Serie finden statt:"), times(spans, booking.language)),
            facts=booking_facts(booking),
            action=own_booking(booking),
            closing=(_("Die Kalenderdatei im Anhang trägt sie in Ihren Kalender ein."),),
        )
        return to_citizen("dates_restored", booking, letter, _files(booking))


def dates_notice(
    booking: BookingView,
    *,
    kind: str,
    spans: tuple[Span, ...],
    before: tuple[Span, ...] = (),
    reason: str = "",
) -> MailDraft:
    """To the town's mailbox: the club cancelled, moved or released dates. ``kind`` is the event's."""
    with translation.override(STAFF_LANGUAGE):
        names = {**_names(booking), "who": booking.contact.organisation_name or booking.contact.name}
        subjects = {
            "dates_cancelled": _("Termine abgesagt: %(title)s (%(number)s)"),
            "dates_changed": _("Termine geändert: %(title)s (%(number)s)"),
            "released": _("Termin freigegeben: %(title)s (%(number)s)"),
        }
        openings = {
            "dates_cancelled": _("%(who)s hat Termine der Serie abgesagt:"),
            "dates_changed": _("%(who)s hat Termine der Serie verlegt. Neu:"),
            "released": _("%(who)s braucht diesen Termin nicht. Die Zeit ist wieder frei:"),
        }
        paragraphs = [openings[kind] % names, times(spans, STAFF_LANGUAGE)]
        if before:
            paragraphs.append(_("Bisher: %(before)s.") % {"before": times(before, STAFF_LANGUAGE)})
        letter = Letter(
            subject=subjects[kind] % names,
            greeting=_("Guten Tag,"),
            paragraphs=tuple(paragraphs),
            quoted=reason,
            facts=booking_facts(booking),
            action=Action(_("Buchung öffnen"), staff_booking_link(booking.uuid)),
        )
        return to_staff("dates_notice", booking, letter)


def _names(booking: BookingView) -> dict[str, str]:
    return {"title": booking.title, "number": booking.number}


def _files(booking: BookingView) -> tuple[Attachment, ...]:
    return calendar_file(booking, "PUBLISH") if booking.state == "confirmed" else ()

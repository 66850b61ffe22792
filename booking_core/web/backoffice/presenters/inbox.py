"""The inbox's list and what it says when somebody else was faster.

Not here: the open request (``presenters.cases``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.reservations.contracts import BookingRow, BookingView
from booking_core.web.backoffice.presenters.bookings import total_words
from booking_core.web.backoffice.presenters.day import age_words
from booking_core.web.series.plans import row_times
from design_system.templatetags.formats import clock, long_date


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """One line of the inbox. ``age`` says how long the request has been waiting."""

    url: str
    title: str
    who: str
    where: str
    when: str
    total: str
    age: str
    is_current: bool
    has_open_question: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence above the page."""

    tone: str
    title: str
    text: str = ""
    url: str = ""
    url_label: str = ""


def inbox_entries(rows: Sequence[BookingRow], current: UUID | None) -> list[InboxEntry]:
    """The list in the order it is due."""
    return [
        InboxEntry(
            url=reverse("backoffice_inbox_request", args=[row.uuid]),
            title=row.title,
            who=row.organisation_name or row.contact_name,
            where=", ".join(row.resource_names),
            when=row_times(row),
            total=total_words(row),
            age=_("Wartezeit: %(time)s") % {"time": age_words(row.requested_at)},
            is_current=row.uuid == current,
            has_open_question=row.has_open_question,
        )
        for row in rows
    ]


def stale_notice(booking: BookingView) -> Notice:
    """Say who was faster and what holds now; what was typed stays in the form."""
    last = booking.events[-1] if booking.events else None
    state = _("Die Buchung ist jetzt %(state)s.") % {"state": booking.state_label}
    if last is None:
        return Notice("warning", _("Inzwischen hat sich diese Anfrage geändert."), state)
    return Notice(
        "warning",
        _("Inzwischen hat %(who)s entschieden.") % {"who": last.actor_label}
        if last.kind in {"confirmed", "declined", "cancelled"}
        else _("Inzwischen hat %(who)s diese Anfrage geändert.") % {"who": last.actor_label},
        f"{last.label} ({long_date(last.at)}, {clock(last.at)}). {state} {_('Es wurde nichts überschrieben.')}",
    )

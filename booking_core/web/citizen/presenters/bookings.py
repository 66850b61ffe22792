"""A booking as its owner sees it: lists, timeline, facts, what can still be done.

Not here: what staff see (``web.backoffice``). Internal notes never reach these pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.engines.ordinance import quote_from_data
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingRow, BookingView, Contact
from booking_core.web.citizen.presenters.prices import stored_price_table
from booking_core.web.series.plans import booking_times, row_times
from design_system.contracts import PriceTable, SummaryRow, TimelineEntry
from design_system.formats import pieces_words
from design_system.templatetags.formats import clock, euro, long_date, span_words
from tenants.standing import is_read_only

_TONES = {"requested": "warning", "confirmed": "success", "declined": "danger", "cancelled": "neutral"}
_ICONS = {"requested": "clock", "confirmed": "check", "declined": "close", "cancelled": "close"}
_INTERNAL = {"noted"}
_FAILED = {"declined", "cancelled"}


@dataclass(frozen=True, slots=True)
class BookingLine:
    """One booking in the own list."""

    title: str
    url: str
    when: str
    where: str
    number: str
    state_label: str
    tone: str
    icon: str
    total: str
    has_open_question: bool


@dataclass(frozen=True, slots=True)
class BookingLists:
    """The own bookings, next first; what is over or off stands below."""

    coming: tuple[BookingLine, ...]
    past: tuple[BookingLine, ...]


@dataclass(frozen=True, slots=True)
class BookingPage:
    """Everything the page of one booking prints."""

    uuid: str
    number: str
    title: str
    state_label: str
    tone: str
    icon: str
    next_step: str
    rows: list[SummaryRow]
    contact_rows: list[SummaryRow]
    price: PriceTable
    timeline: list[TimelineEntry]
    can_change: bool
    can_move: bool
    can_cancel: bool
    has_calendar: bool
    question: str


def booking_lists(rows: Iterable[BookingRow], *, now: datetime) -> BookingLists:
    """Sort the own bookings: open ones by date, then the rest, newest first."""
    shown = tuple(rows)
    coming = [row for row in shown if row.state in {"requested", "confirmed"} and row.end > now]
    past = [row for row in shown if row not in coming]
    return BookingLists(
        tuple(_line(row) for row in sorted(coming, key=lambda row: row.start)),
        tuple(_line(row) for row in sorted(past, key=lambda row: row.start, reverse=True)),
    )


def booking_page(booking: BookingView, *, now: datetime, purpose: str = "", group: str = "") -> BookingPage:
    """The booking ready to print; ``purpose`` and ``group`` are their labels."""
    is_ahead = booking.is_open and booking.start > now
    quote = quote_from_data(booking.quote) if booking.quote else None
    return BookingPage(
        uuid=str(booking.uuid),
        number=booking.number,
        title=booking.title,
        state_label=booking.state_label,
        tone=_TONES.get(booking.state, "neutral"),
        icon=_ICONS.get(booking.state, "info"),
        next_step=next_step(booking, now=now),
        rows=_rows(booking, purpose=purpose, group=group),
        contact_rows=contact_rows(booking.contact),
        price=stored_price_table(quote, booking.total, booking.deposit),
        timeline=timeline(booking, now=now),
        can_change=is_ahead and not (booking.waits_for_payment or is_read_only()),
        can_move=is_ahead and booking.series is None and not (booking.waits_for_payment or is_read_only()),
        can_cancel=is_ahead,
        has_calendar=booking.state == "confirmed",
        question=_open_question(booking),
    )


def next_step(booking: BookingView, *, now: datetime) -> str:
    """Who acts now, and how the person will hear."""
    if booking.state == "requested":
        return _requested_words(booking)
    if booking.state == "confirmed":
        if booking.end > now:
            return _("Ihre Buchung ist verbindlich bestätigt.")
        return _("Diese Buchung ist vorbei. Danke, dass Sie unser Gast waren.")
    if booking.state == "declined":
        return _("Die Verwaltung hat die Anfrage abgelehnt. Die Zeit ist wieder frei.")
    return _cancelled_words(booking)


def _cancelled_words(booking: BookingView) -> str:
    if booking.is_lapsed:
        return _("Es kam rechtzeitig keine Zahlung. Die Zeit ist wieder frei, es fallen keine Kosten an.")
    if booking.cancellation_fee:
        return _("Die Buchung ist storniert. Es bleiben %(fee)s zu zahlen.") % {
            "fee": euro(booking.cancellation_fee)
        }
    return _("Die Buchung ist storniert. Es fallen keine Kosten an.")


def _requested_words(booking: BookingView) -> str:
    if booking.waits_for_payment:
        return _("Ihre Zeit ist vorgemerkt. Mit der Zahlung ist die Buchung fest.")
    if booking.question_at:
        return _("Die Verwaltung wartet auf Ihre Antwort.")
    return _(
        "Die Verwaltung prüft Ihre Anfrage. Die Zeit ist so lange für Sie vorgemerkt. "
        "Sobald entschieden ist, schreiben wir an %(email)s."
    ) % {"email": booking.contact.email}


def timeline(booking: BookingView, *, now: datetime) -> list[TimelineEntry]:
    """What happened, oldest first, and what is still to come."""
    entries = [
        TimelineEntry(
            title=event.label,
            when=f"{long_date(event.at)}, {clock(event.at)}",
            text=event.text,
            state="failed" if event.kind in _FAILED else "done",
        )
        for event in booking.events
        if event.kind not in _INTERNAL
    ]
    if booking.state == "requested":
        title = _("Ihre Antwort") if booking.question_at else _("Entscheidung der Verwaltung")
        if booking.waits_for_payment:
            title = _("Ihre Zahlung")
        entries.append(TimelineEntry(title, state="current"))
    if booking.is_open:
        entries.append(
            TimelineEntry(_("Nutzung"), _use_words(booking), state="coming" if booking.end > now else "done")
        )
    return entries


def _use_words(booking: BookingView) -> str:
    """When it takes place; of a series from which day to which."""
    if booking.series is None:
        return span_words(Span(booking.start, booking.end))
    days = {"first": long_date(booking.start), "last": long_date(booking.end)}
    return _("%(first)s bis %(last)s") % days


def contact_rows(contact: Contact, *, change_url: str = "") -> list[SummaryRow]:
    """Who answers for the booking."""
    address = [contact.street, f"{contact.postal_code} {contact.city}".strip()]
    rows = [SummaryRow(_("Name"), contact.name, change_url)]
    if contact.organisation_name:
        rows.append(SummaryRow(_("Verein oder Organisation"), contact.organisation_name, change_url))
    rows += [
        SummaryRow(_("Anschrift"), [line for line in address if line] or [""], change_url),
        SummaryRow(_("E-Mail-Adresse"), contact.email, change_url),
        SummaryRow(_("Telefon"), contact.phone, change_url),
    ]
    return rows


def people_words(persons: int | None) -> str:
    if persons is None:
        return ""
    return ngettext("%(count)s Person", "%(count)s Personen", persons) % {"count": persons}


def _rows(booking: BookingView, *, purpose: str, group: str) -> list[SummaryRow]:
    names = dict.fromkeys(pieces_words(item.quantity, item.resource_name) for item in booking.items)
    rows = [
        SummaryRow(_("Was"), list(names)),
        SummaryRow(_("Wo"), list(dict.fromkeys(item.location_name for item in booking.items))),
        SummaryRow(_("Wann"), _times(booking)),
    ]
    if purpose:
        rows.append(SummaryRow(_("Wofür"), purpose))
    if group:
        rows.append(SummaryRow(_("Gebucht als"), group))
    if booking.persons:
        rows.append(SummaryRow(_("Personen"), people_words(booking.persons)))
    if booking.message:
        rows.append(SummaryRow(_("Ihre Nachricht"), booking.message))
    return rows


def _times(booking: BookingView) -> list[str]:
    """The times, and what is owed for dates given up."""
    lines = booking_times(booking)
    if booking.cancellation_fee and booking.is_open:
        owed = euro(booking.cancellation_fee)
        lines.append(_("Für abgesagte Termine zu zahlen: %(fee)s") % {"fee": owed})
    return lines


def _open_question(booking: BookingView) -> str:
    if not booking.question_at or booking.state != "requested":
        return ""
    asked = [event.text for event in booking.events if event.kind == "asked"]
    return asked[-1] if asked else ""


def _line(row: BookingRow) -> BookingLine:
    return BookingLine(
        title=row.title,
        url=reverse("own_booking", args=[row.uuid]),
        when=row_times(row),
        where=", ".join(row.resource_names),
        number=row.number,
        state_label=row.state_label,
        tone=_TONES.get(row.state, "neutral"),
        icon=_ICONS.get(row.state, "info"),
        total=euro(row.total) if row.total else "",
        has_open_question=row.has_open_question and row.state == "requested",
    )

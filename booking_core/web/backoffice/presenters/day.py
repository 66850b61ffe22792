"""One day of all halls: a bar per resource, a table of uses, who comes and goes when.

Not here: what is open or free (the day shows what is taken).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.catalog.contracts import ResourceView
from booking_core.reservations.contracts import BookingRow
from booking_core.reservations.day_contracts import DayEntry
from booking_core.web.backoffice.presenters.bookings import STATE_TONES
from booking_core.workflows.desk import Desk
from design_system.contracts import Cell, Column, DayStrip, StripPart, Table
from design_system.templatetags.formats import clock, duration_words, euro, long_date

_DAY_MINUTES = 24 * 60
_USUAL_START_MINUTES = 6 * 60


@dataclass(frozen=True, slots=True)
class Handover:
    """Somebody comes or goes: when, where, who, how to reach them; ``warning`` says why the keys should wait."""

    at: datetime
    when: str
    what: str
    where: str
    who: str
    phone: str
    url: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class StandingDate:
    """A date of a series on this day, and whether it was used."""

    when: str
    what: str
    where: str
    url: str
    attendance: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a decision, in sentences."""

    requests: str
    oldest: str
    questions: str
    count: int


def day_strips(
    resources: Sequence[ResourceView], entries: Sequence[DayEntry], day: date, zone: ZoneInfo
) -> list[DayStrip]:
    """One bar per resource, in the town's order; a closure of a whole location lies on all its resources."""
    by_resource: dict[int, list[DayEntry]] = defaultdict(list)
    for entry in entries:
        for resource in resources:
            if entry.resource_id == resource.id or (
                entry.resource_id is None and entry.location_id == resource.location.id
            ):
                by_resource[resource.id].append(entry)
    first = min((_minutes(entry.span.start, day, zone) for entry in entries), default=_USUAL_START_MINUTES)
    start = 0 if first < _USUAL_START_MINUTES else _USUAL_START_MINUTES
    return [_strip(resource, by_resource[resource.id], day, zone, start) for resource in resources]


def _strip(
    resource: ResourceView, entries: Sequence[DayEntry], day: date, zone: ZoneInfo, start: int
) -> DayStrip:
    parts: list[StripPart] = []
    free_from = start
    for entry in sorted(entries, key=lambda one: one.span):
        begins, ends = _minutes(entry.span.start, day, zone), _minutes(entry.span.end, day, zone)
        if begins > free_from:
            parts.append(StripPart(free_from, begins, "free"))
        if ends > begins:
            parts.append(StripPart(begins, ends, _part_kind(entry), entry.title))
        free_from = max(free_from, ends)
    if free_from < _DAY_MINUTES:
        parts.append(StripPart(free_from, _DAY_MINUTES, "free"))
    words = [f"{_clocks(entry, day, zone)} {entry.title}" for entry in entries]
    return DayStrip(
        label=resource.name,
        summary="; ".join(words) or _("frei"),
        parts=parts,
        url=f"{reverse('backoffice_bookings')}?resource={resource.id}&first_on={day}&last_on={day}",
        from_minutes=start,
    )


def _part_kind(entry: DayEntry) -> Literal["busy", "closed", "hold"]:
    if entry.kind == "closure":
        return "closed"
    return "hold" if entry.state == "requested" else "busy"


def _minutes(at: datetime, day: date, zone: ZoneInfo) -> int:
    """Minutes by the wall clock into ``day``, cut to the day."""
    wall = at.astimezone(zone)
    if wall.date() < day:
        return 0
    return _DAY_MINUTES if wall.date() > day else wall.hour * 60 + wall.minute


def _clocks(entry: DayEntry, day: date, zone: ZoneInfo) -> str:
    begins = (
        clock(entry.span.start)
        if entry.span.start.astimezone(zone).date() == day
        else _("seit gestern oder früher")
    )
    ends = entry.span.end.astimezone(zone)
    lasts = ends.date() > day and (ends - timedelta(microseconds=1)).date() > day
    if lasts:
        return f"{begins} – {_('bis in den nächsten Tag')}"
    until = clock(entry.span.end) if ends.date() == day else _("24 Uhr")
    if entry.span.start.astimezone(zone).date() == day:
        return f"{begins.removesuffix(' Uhr')}–{until}"
    return f"{begins} – {until}"


def day_table(entries: Sequence[DayEntry], day: date, zone: ZoneInfo) -> Table:
    """One line per use or closure, in order of time, with a phone number to call."""
    return Table(
        caption=_("Nutzungen am %(day)s") % {"day": long_date(day)},
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Zeit")), Column(_("Wo")), Column(_("Was")), Column(_("Wer")), Column(_("Telefon")),
                 Column(_("Zustand"))],
        rows=[
            [
                _clocks(entry, day, zone),
                Cell(entry.resource_name or _("ganzer Standort"), note=entry.location_name),
                Cell(entry.title, _url(entry), note=_people(entry)),
                Cell(entry.organisation_name or entry.contact_name,
                     note=entry.contact_name if entry.organisation_name else ""),
                entry.contact_phone,
                Cell(entry.state_label, tone=STATE_TONES[entry.state])
                if entry.state
                else Cell(_("gesperrt"), tone="neutral"),
            ]
            for entry in entries
        ],
    )  # fmt: skip


def handovers(desk: Desk, zone: ZoneInfo) -> list[Handover]:
    """Keys out and keys back on this day, in order of time; only agreed bookings."""
    found = []
    for entry in desk.entries:
        if entry.kind != "booking" or entry.state != "confirmed":
            continue
        missing = desk.missing_deposits.get(entry.booking_uuid) if entry.booking_uuid else None
        warning = _("Kaution fehlt: %(sum)s") % {"sum": euro(missing)} if missing else ""
        ways = ((entry.span.start, _("Übergabe"), warning), (entry.span.end, _("Rückgabe"), ""))
        for at, what, reason in ways:
            if at.astimezone(zone).date() == desk.day:
                who = entry.organisation_name or entry.contact_name
                where, phone = entry.resource_name, entry.contact_phone
                found.append(Handover(at, clock(at), what, where, who, phone, _url(entry), reason))
    return sorted(found, key=lambda one: (one.at, one.where))


def standing_dates(entries: Iterable[DayEntry], *, now: datetime) -> list[StandingDate]:
    """Dates of series that have begun: whether somebody came is noted with one tap."""
    return [
        StandingDate(
            when=clock(entry.span.start),
            what=entry.organisation_name or entry.title,
            where=entry.resource_name,
            url=reverse("backoffice_date_use", args=[entry.booking_uuid, entry.slot]),
            attendance=entry.attendance,
        )
        for entry in entries
        if entry.slot and entry.state == "confirmed" and entry.span.start <= now
    ]


def waiting_words(rows: Sequence[BookingRow]) -> Waiting:
    """How many requests wait, since when, and how many questions are unanswered."""
    questions = sum(row.has_open_question for row in rows)
    oldest = min((row.requested_at for row in rows), default=None)
    return Waiting(
        requests=ngettext("%(count)s offene Anfrage", "%(count)s offene Anfragen", len(rows)) % {"count": len(rows)},
        oldest=_("längste Wartezeit: %(time)s") % {"time": age_words(oldest)} if oldest else "",
        questions=ngettext(
            "%(count)s Rückfrage ohne Antwort", "%(count)s Rückfragen ohne Antwort", questions
        ) % {"count": questions},
        count=len(rows),
    )  # fmt: skip


def age_words(since: datetime) -> str:
    """How long ago ``since`` is, in whole days, else hours, else minutes."""
    length = timezone.now() - since
    if length >= timedelta(days=2):
        return duration_words(timedelta(days=length.days))
    minutes = max(1, int(length.total_seconds() // 60))
    return duration_words(minutes // 60 * 60 if minutes >= 60 else minutes)  # noqa: PLR2004 — minutes of an hour


def _people(entry: DayEntry) -> str:
    if not entry.persons:
        return ""
    return ngettext("%(count)s Person", "%(count)s Personen", entry.persons) % {"count": entry.persons}


def _url(entry: DayEntry) -> str:
    return reverse("backoffice_booking", args=[entry.booking_uuid]) if entry.booking_uuid else ""

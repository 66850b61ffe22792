"""The town's school holidays: typed as lines, or read from a CSV or calendar file; kept with the town.

Not here: leaving them out of a series (``engines.recurrence``). No list comes with the software: the states
publish theirs at different times, and a wrong date would cancel a training.
"""

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar

from booking_core.engines.recurrence import Break
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput
from booking_core.workflows.town_settings import save_town_settings

MOST_BREAKS = 200
LONGEST_FILE_BYTES = 512 * 1024
_SEPARATOR = re.compile(r"\s*[;\t]\s*|\s*,\s*(?=\d)")
_NAME_LENGTH = 80


def save_school_holidays(breaks: tuple[Break, ...], *, actor: Actor) -> None:
    """Keep these in place of what the town had. Series that exist keep their dates."""
    stored = [
        {"name": one.name, "first_on": one.first_on.isoformat(), "last_on": one.last_on.isoformat()}
        for one in sorted(breaks, key=lambda one: one.first_on)
    ]
    save_town_settings({"school_holidays": stored}, actor=actor)


def breaks_from_lines(text: str) -> tuple[Break, ...]:
    """Read "Winterferien; 1.2.2027; 12.2.2027", one per line; a heading line is left out. Raises InvalidInput."""
    found = []
    for number, line in enumerate(text.replace("\ufeff", "").splitlines(), start=1):
        parts = [part.strip().strip('"') for part in _SEPARATOR.split(line.strip())]
        if not any(parts) or _is_heading(number, parts):
            continue
        found.append(_break(parts, number))
    return _checked(found)


def breaks_from_file(content: bytes) -> tuple[Break, ...]:
    """Read a calendar file (iCalendar) or lines as above. Raises InvalidInput."""
    if len(content) > LONGEST_FILE_BYTES:
        raise InvalidInput(_("Die Datei ist zu groß."), field="datei")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "BEGIN:VCALENDAR" not in text:
        return breaks_from_lines(text)
    try:
        events = Calendar.from_ical(text).walk("VEVENT")
        found = [
            _break_of_event(event.get("summary"), event.decoded("dtstart"), event.decoded("dtend", None))
            for event in events
        ]
    except (ValueError, KeyError, IndexError) as fault:
        raise InvalidInput(_("Diese Kalenderdatei lässt sich nicht lesen."), field="datei") from fault
    return _checked(found)


def _break_of_event(name: object, first: date | datetime, end: date | datetime | None) -> Break:
    """The end of an all-day event is the day after its last (RFC 5545 §3.6.1)."""
    if not isinstance(first, date):
        raise ValueError("an event without a day")
    first_on = first.date() if isinstance(first, datetime) else first
    last = end or first_on + timedelta(days=1)
    last_on = last.date() if isinstance(last, datetime) else last - timedelta(days=1)
    return Break(str(name or _("Ferien"))[:_NAME_LENGTH], first_on, last_on)


def _is_heading(number: int, parts: list[str]) -> bool:
    return number == 1 and len(parts) > 2 and not any(char.isdigit() for char in "".join(parts))  # noqa: PLR2004


def _break(parts: list[str], number: int) -> Break:
    if len(parts) == 2:  # noqa: PLR2004 — a single day has no end
        parts = [*parts, parts[1]]
    try:
        name, first, last = parts[:3]
        return Break(name[:_NAME_LENGTH], _day(first), _day(last))
    except ValueError as fault:
        raise InvalidInput(
            _(
                "Zeile %(number)s: Schreiben Sie Name; erster Tag; letzter Tag, "
                "zum Beispiel „Winterferien; 1.2.2027; 12.2.2027“."
            )
            % {"number": number},
            field="zeilen",
        ) from fault


def _day(text: str) -> date:
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{4}", text):
        day, month, year = (int(part) for part in text.split("."))
        return date(year, month, day)
    return date.fromisoformat(text)


def _checked(found: list[Break]) -> tuple[Break, ...]:
    if len(found) > MOST_BREAKS:
        raise InvalidInput(_("Es sind höchstens 200 Einträge möglich."), field="zeilen")
    for one in found:
        if one.last_on < one.first_on or not one.name:
            raise InvalidInput(
                _("„%(name)s“ endet, bevor es beginnt, oder hat keinen Namen.") % {"name": one.name},
                field="zeilen",
            )
    return tuple(sorted(found, key=lambda one: one.first_on))

"""A day as a bar: what is free, taken and closed, in minutes by the clock on the wall.

Not here: reading free times (``reservations.queries``), the week as a table (``weeks``).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from booking_core.engines.availability import intersect, subtract
from booking_core.kernel.spans import Span, at_wall_clock
from design_system.contracts import DayStrip, StripPart
from design_system.formats import clock
from design_system.templatetags.formats import active_language, long_date

Spans = Iterable[Span]
Kind = Literal["free", "busy", "closed", "wish", "hold"]
_DAY_MINUTES = 24 * 60
_SHORT_OF = 30  # a stretch of free time below this is not worth naming


def whole_day(day: date, zone: ZoneInfo) -> Span:
    """From midnight to midnight by the clock of ``zone``: 23, 24 or 25 hours."""
    return whole_days(day, 1, zone)


def whole_days(first: date, count: int, zone: ZoneInfo) -> Span:
    """``count`` whole days from ``first`` on."""
    return Span(
        at_wall_clock(first, time(0), zone), at_wall_clock(first + timedelta(days=count), time(0), zone)
    )


def day_strip(
    day: date, opened: Spans, free: Spans, zone: ZoneInfo, *, wish: Span | None = None, url: str = ""
) -> DayStrip:
    """One day as a bar with its sentence; ``wish`` is drawn into it."""
    bounds = whole_day(day, zone)
    open_now, free_now = intersect([bounds], opened), intersect([bounds], free)
    parts = [
        *_parts(free_now, "free", day, zone),
        *_parts(subtract(open_now, free_now), "busy", day, zone),
    ]
    if wish is not None:
        parts += _parts(intersect([bounds], [wish]), "wish", day, zone)
    earliest = min((part.start_minutes for part in parts), default=6 * 60)
    return DayStrip(
        label=short_day(day),
        summary=day_summary(open_now, free_now, day, zone),
        parts=parts,
        url=url,
        from_minutes=min(6 * 60, earliest // 60 * 60),
    )


def card_strip(day: date, opened: Spans, free: Spans, zone: ZoneInfo) -> DayStrip:
    """The same for a card: only the weekday is seen, the whole date is heard."""
    strip = day_strip(day, opened, free, zone)
    return replace(strip, label=formats.date_format(day, "D"), summary=f"{long_date(day)}: {strip.summary}")


def day_summary(opened: Spans, free: Spans, day: date, zone: ZoneInfo) -> str:
    """What the bar shows, in words."""
    stretches = [
        f"{_minutes_words(start)}–{_minutes_words(end)}"
        for start, end in (_bounds(span, day, zone) for span in free)
        if end - start >= _SHORT_OF
    ]
    if stretches:
        return _("frei %(times)s") % {"times": _and(stretches)}
    if not list(opened):
        return _("geschlossen")
    return _("heute nichts mehr frei") if day == timezone.localdate() else _("belegt")


def short_day(day: date) -> str:
    """ "Sa 12.9." in the language of the page."""
    return f"{formats.date_format(day, 'D')} {day.day}.{day.month}."


def _parts(spans: Spans, kind: Kind, day: date, zone: ZoneInfo) -> list[StripPart]:
    bounds = (_bounds(span, day, zone) for span in spans)
    return [StripPart(start, end, kind) for start, end in bounds if start < end]


def _bounds(span: Span, day: date, zone: ZoneInfo) -> tuple[int, int]:
    """Start and end in minutes of ``day``; the span lies within the day."""
    return _minute(span.start, day, zone, at_end=False), _minute(span.end, day, zone, at_end=True)


def _minute(instant: datetime, day: date, zone: ZoneInfo, *, at_end: bool) -> int:
    wall = instant.astimezone(zone)
    if wall.date() > day:
        return _DAY_MINUTES
    if wall.date() < day:
        return 0
    minutes = wall.hour * 60 + wall.minute
    return _DAY_MINUTES if at_end and minutes == 0 else minutes


def _minutes_words(minutes: int) -> str:
    if minutes >= _DAY_MINUTES:
        return "24:00" if active_language() == "en" else "24"
    words = clock(time(minutes // 60, minutes % 60), active_language())
    return words.removesuffix(" Uhr")


def _and(words: list[str]) -> str:
    oclock = "" if active_language() == "en" else " Uhr"
    if len(words) == 1:
        return f"{words[0]}{oclock}"
    return _("%(most)s und %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]} + oclock

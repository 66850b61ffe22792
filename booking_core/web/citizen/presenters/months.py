"""A month as a calendar of how much is free: a word for every day, and a shade beside it.

Not here: reading free times (``reservations.queries``), the week as a table (``weeks``), a day as a bar (``days``).
"""

from calendar import Calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from booking_core.engines.availability import intersect
from booking_core.kernel.spans import Span
from booking_core.web.citizen.presenters.days import day_summary, whole_day
from design_system.calendars import MonthCell, MonthKind, MonthTable
from design_system.templatetags.formats import long_date

_MONDAY = date(2024, 1, 1)
_LEVELS = 4
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What the calendar is drawn from. ``limited``: days that cannot be asked for now, with a word for each."""

    first: date
    opened: Sequence[Span]
    free: Sequence[Span]
    zone: ZoneInfo
    now: datetime
    shortest: timedelta
    day_url: Callable[[date], str]
    limited: Mapping[date, str]


def month_of(day: date) -> date:
    """The first day of the month ``day`` lies in."""
    return day.replace(day=1)


def month_length(first: date) -> int:
    """How many days the month has."""
    return (next_month(first) - first).days


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def month_words(first: date) -> str:
    """ "September 2026"."""
    return formats.date_format(first, "F Y")


def month_table(facts: MonthFacts) -> MonthTable:
    """The whole month; days of other months are left empty."""
    weeks = Calendar().monthdatescalendar(facts.first.year, facts.first.month)
    return MonthTable(
        caption=_("Freie Zeiten im %(month)s") % {"month": month_words(facts.first)},
        weekdays=[
            (formats.date_format(day, "l"), formats.date_format(day, "D"))
            for day in (_MONDAY + timedelta(days=number) for number in range(7))
        ],
        weeks=[
            [_cell(day, facts) if day.month == facts.first.month else None for day in week] for week in weeks
        ],
        legend=[
            ("free", _LEVELS, _("frei")),
            ("partly", 2, _("teils frei: je kräftiger, desto mehr")),
            ("full", 0, _("belegt")),
            ("closed", 0, _("geschlossen")),
        ],
    )


def _cell(day: date, facts: MonthFacts) -> MonthCell:
    bounds = whole_day(day, facts.zone)
    today = facts.now.astimezone(facts.zone).date()
    if day < today:
        return MonthCell(day.day, "past", "–", _("%(day)s: vorbei") % {"day": long_date(day)})
    opened = _ahead(intersect([bounds], facts.opened), facts.now)
    free = [span for span in intersect([bounds], facts.free) if span.duration >= _usable(facts)]
    kind, level = _measure(opened, free)
    limit = facts.limited.get(day, "")
    words = day_summary(opened, free, day, facts.zone)
    if limit and free:
        return MonthCell(
            day.day, "limited", limit, f"{long_date(day)}: {words}, {limit}", is_today=day == today,
            url=facts.day_url(day),
        )  # fmt: skip
    return MonthCell(
        number=day.day,
        kind=kind,
        text=_short(kind),
        label=f"{long_date(day)}: {_share(kind, opened, free)}{words}",
        url=facts.day_url(day),
        level=level,
        is_today=day == today,
    )


def _usable(facts: MonthFacts) -> timedelta:
    """Shorter stretches are of no use to anybody; uses of days may begin today and end tomorrow."""
    return min(facts.shortest, timedelta(hours=1))


def _ahead(spans: Sequence[Span], now: datetime) -> list[Span]:
    """What of today is still to come."""
    return [Span(max(span.start, now), span.end) for span in spans if span.end > now]


def _measure(opened: Sequence[Span], free: Sequence[Span]) -> tuple[MonthKind, int]:
    """The word for a day, and how strongly it is shaded."""
    whole, left = _sum(opened), _sum(free)
    if not whole:
        return "closed", 0
    if not left:
        return "full", 0
    if left >= whole:
        return "free", _LEVELS
    return "partly", min(_LEVELS - 1, 1 + int(left / whole * (_LEVELS - 1)))


def _share(kind: MonthKind, opened: Sequence[Span], free: Sequence[Span]) -> str:
    """How much is taken, for those who do not see the shade."""
    if kind != "partly":
        return ""
    percent = round(100 - 100 * (_sum(free) / _sum(opened)))
    return _("zu %(percent)s Prozent belegt, ") % {"percent": percent}


def _sum(spans: Sequence[Span]) -> timedelta:
    return sum((span.duration for span in spans), _NOTHING)


def _short(kind: MonthKind) -> str:
    words: dict[MonthKind, str] = {
        "free": _("frei"),
        "partly": _("teils"),
        "full": _("belegt"),
        "closed": _("zu"),
    }
    return words[kind]

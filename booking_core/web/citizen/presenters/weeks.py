"""A week or a day as a table: rows are hours, columns days, each free hour a link to book it.

Not here: what is free (``reservations.queries``), a day as a bar (``days``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from booking_core.engines.availability import contains, intersect
from booking_core.kernel.spans import Span, at_wall_clock
from design_system.contracts import WeekCell, WeekDay, WeekRow, WeekTable
from design_system.formats import clock
from design_system.templatetags.formats import active_language, long_date

_DAYS = 7
_DEFAULT_HOURS = (8, 22)
_FIRST_OF_DAY = 6 * 60  # earlier hours are shown on demand where a place never closes
_HOUR = 60


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """What the table is drawn from. ``step_minutes`` is the height of a row; ``book_url`` takes a span.

    ``days`` are shown from ``monday`` on. ``limited``: days that cannot be asked for now, with a word for each.
    """

    monday: date
    opened: Sequence[Span]
    free: Sequence[Span]
    zone: ZoneInfo
    now: datetime
    grid_minutes: int
    shortest: timedelta
    book_url: Callable[[Span], str]
    all_hours: bool = False
    days: int = _DAYS
    limited: Mapping[date, str] = field(default_factory=dict)

    @property
    def step_minutes(self) -> int:
        """How tall a row is: an hour, or as long as the grid on which uses may start."""
        return max(_HOUR, self.grid_minutes)


def monday_of(day: date) -> date:
    """The Monday of the week ``day`` lies in."""
    return day - timedelta(days=day.weekday())


def week_table(facts: WeekFacts, *, caption: str) -> WeekTable:
    """The whole table."""
    days = [facts.monday + timedelta(days=number) for number in range(facts.days)]
    first, last = _bounds(facts)
    minutes = range(first, last, facts.step_minutes)
    return WeekTable(
        caption=caption,
        days=[_head(day, facts) for day in days],
        rows=[
            WeekRow(_row_label(start, facts).removesuffix(" Uhr"), [_cell(day, start, facts) for day in days])
            for start in minutes
        ],
    )


def week_caption(monday: date) -> str:
    """ "Woche vom Mo, 7. September 2026"."""
    return _("Woche vom %(day)s") % {"day": long_date(monday)}


def _bounds(facts: WeekFacts) -> tuple[int, int]:
    """First and last minute of the day the table shows: the earliest opening and the latest closing."""
    if facts.step_minutes > _HOUR or not facts.opened:
        return (
            (0, 24 * 60) if facts.step_minutes > _HOUR else (_DEFAULT_HOURS[0] * 60, _DEFAULT_HOURS[1] * 60)
        )
    starts, ends = [], []
    for number in range(facts.days):
        day = facts.monday + timedelta(days=number)
        midnight = at_wall_clock(day, time(0), facts.zone)
        bounds = Span(midnight, at_wall_clock(day + timedelta(days=1), time(0), facts.zone))
        for span in intersect([bounds], facts.opened):
            start, end = span.start.astimezone(facts.zone), span.end.astimezone(facts.zone)
            starts.append(start.hour * 60)
            ends.append(24 * 60 if end.date() > day else -(-(end.hour * 60 + end.minute) // 60) * 60)
    if not starts:
        return _DEFAULT_HOURS[0] * 60, _DEFAULT_HOURS[1] * 60
    first, last = min(starts), max(ends)
    return (_FIRST_OF_DAY, last) if (first, last) == (0, 24 * 60) and not facts.all_hours else (first, last)


def _head(day: date, facts: WeekFacts) -> WeekDay:
    midnights = [at_wall_clock(day + timedelta(days=offset), time(0), facts.zone) for offset in (0, 1)]
    hours = round((midnights[1] - midnights[0]).total_seconds() / 3600)
    return WeekDay(
        label=formats.date_format(day, "l"),
        short_label=formats.date_format(day, "D"),
        date_label=f"{day.day}.{day.month}.",
        is_today=day == facts.now.astimezone(facts.zone).date(),
        note="" if hours == 24 else _("Zeitumstellung: %(hours)s Stunden") % {"hours": hours},  # noqa: PLR2004 — a day
    )


def _row_label(start: int, facts: WeekFacts) -> str:
    if facts.step_minutes >= 24 * _HOUR:
        return _("ganzer Tag")
    return clock_range(start, start + facts.step_minutes)


def clock_range(start: int, end: int) -> str:
    """ "18–19 Uhr" from minutes of the day."""
    english = active_language() == "en"
    words = [
        ("24:00" if english else "24")
        if minutes >= 24 * _HOUR
        else clock(time(minutes // 60, minutes % 60), active_language()).removesuffix(" Uhr")
        for minutes in (start, end)
    ]
    return f"{words[0]}–{words[1]}" + ("" if english else " Uhr")


def _cell(day: date, start: int, facts: WeekFacts) -> WeekCell:
    words = _row_label(start, facts)
    wanted = _row_span(day, start, facts)
    if wanted is None:
        return WeekCell(
            "closed", _("%(time)s gibt es in dieser Nacht nicht (Zeitumstellung)") % {"time": words}
        )
    if wanted.end <= facts.now:
        return WeekCell("past", _("%(time)s vorbei") % {"time": words}, text=_seen(_("vorbei"), facts))
    if day in facts.limited and intersect([wanted], facts.free):
        limit = facts.limited[day]
        return WeekCell(
            "limited", _("%(time)s frei, %(limit)s") % {"time": words, "limit": limit}, text=limit
        )
    free = _free_cell(wanted, words, facts)
    if free is not None:
        return free
    if intersect([wanted], facts.opened):
        return WeekCell("busy", _("%(time)s belegt") % {"time": words}, text=_seen(_("belegt"), facts))
    return WeekCell(
        "closed", _("%(time)s geschlossen") % {"time": words}, text=_seen(_("geschlossen"), facts)
    )


def _seen(word: str, facts: WeekFacts) -> str:
    """One day has room for words; a week tells its cells apart by their pattern and the legend."""
    return word if facts.days == 1 else ""


def _free_cell(wanted: Span, words: str, facts: WeekFacts) -> WeekCell | None:
    """A row that is free, wholly or for a stretch; None where nothing of it is."""
    if contains(facts.free, wanted):
        url = facts.book_url(Span(wanted.start, max(wanted.end, wanted.start + facts.shortest)))
        return WeekCell("free", _("%(time)s frei") % {"time": words}, url=url)
    part = max(_startable(wanted, facts), key=lambda span: span.duration, default=None)
    return None if part is None else _part_cell(part, facts)


def _part_cell(part: Span, facts: WeekFacts) -> WeekCell:
    """An hour of which only a stretch is free: the link names the stretch."""
    start, end = part.start.astimezone(facts.zone), part.end.astimezone(facts.zone)
    end_minutes = end.hour * 60 + end.minute
    words = clock_range(start.hour * 60 + start.minute, end_minutes or 24 * _HOUR)
    url = facts.book_url(Span(part.start, max(part.end, part.start + facts.shortest)))
    return WeekCell("free", _("%(time)s frei") % {"time": words}, url=url, text=words.removesuffix(" Uhr"))


def _startable(wanted: Span, facts: WeekFacts) -> list[Span]:
    """The free stretches of a row, from the first moment on the grid on."""
    stretches = []
    for span in intersect([wanted], facts.free):
        start = span.start.astimezone(facts.zone)
        late = (start.hour * 60 + start.minute) % facts.grid_minutes
        begins = span.start + timedelta(minutes=facts.grid_minutes - late if late else 0)
        begins = begins.replace(second=0, microsecond=0)
        if begins < span.end:
            stretches.append(Span(begins, span.end))
    return stretches


def _row_span(day: date, start: int, facts: WeekFacts) -> Span | None:
    """The row's stretch of ``day``; None where the spring change leaves it out, two hours where autumn doubles it."""
    begins = _instant(day, start, facts.zone)
    ends = _instant(day, start + facts.step_minutes, facts.zone)
    return Span(begins, ends) if begins < ends else None


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The first instant at which the clock shows so many minutes; a skipped full hour is the moment of the jump."""
    on = day + timedelta(days=minutes // (24 * 60))
    return at_wall_clock(on, time(minutes % (24 * 60) // 60, minutes % 60), zone)

"""A stretch of time as the columns of a plan: slots of elapsed time, headed by the clock on the wall.

Not here: what lies in it (``citizen.presenters.occupancy``, ``backoffice.presenters.plan``).

On the night of the spring change the axis has 23 hours and no 2 o'clock, in autumn 25 and 2 o'clock twice: columns are
elapsed time, so a booking is as long on the page as it is in the hall.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from booking_core.kernel.spans import Span, at_wall_clock
from design_system.plans import BarMark
from design_system.templatetags.formats import active_language, clock, long_date

_HOUR = timedelta(hours=1)
_USUAL_HOURS = 24
_EARLIEST_HOUR, _LATEST_HOUR = 6, 8


@dataclass(frozen=True, slots=True)
class Axis:
    """``[span.start, span.end)`` in slots of ``slot_minutes``, read by the clocks of ``zone``."""

    span: Span
    slot_minutes: int
    zone: ZoneInfo

    @property
    def slots(self) -> int:
        return self._slot(self.span.end)

    def place(self, span: Span) -> tuple[int, int] | None:
        """The slots a span covers, at least one; None where it lies outside."""
        if not span.overlaps(self.span):
            return None
        start = min(self._slot(max(span.start, self.span.start)), self.slots - 1)
        return start, max(start + 1, self._slot(min(span.end, self.span.end)))

    def _slot(self, instant: datetime) -> int:
        return int((instant - self.span.start) / timedelta(minutes=self.slot_minutes))

    def hour_marks(self) -> list[BarMark]:
        """A head over each hour; the hour that comes twice says which of the two it is."""
        marks = []
        begins = self.span.start
        while begins < self.span.end:
            ends = min(begins + _HOUR, self.span.end)
            wall = begins.astimezone(self.zone)
            words = _("%(start)s bis %(end)s") % {
                "start": clock(begins.astimezone(self.zone)),
                "end": clock(ends.astimezone(self.zone)),
            }
            which = f" {wall.tzname()}" if _comes_twice(wall) else ""
            label = f"{wall.hour}{which}" if active_language() == "de" else f"{wall:%H}{which}"
            marks.append(BarMark(self._slot(begins), self._slot(ends), label, f"{words}{which}"))
            begins = ends
        return marks

    def day_marks(self, today: date) -> list[BarMark]:
        """A head over each day."""
        marks = []
        day, last = self.span.start.astimezone(self.zone).date(), self._last_day()
        while day <= last:
            bounds = self.place(whole_day(day, self.zone))
            if bounds is not None:
                label = f"{formats.date_format(day, 'D')} {day.day}.{day.month}."
                note = hours_note(day, self.zone)
                spoken = f"{long_date(day)}, {note}" if note else long_date(day)
                marks.append(BarMark(*bounds, label, spoken, is_today=day == today))
            day += timedelta(days=1)
        return marks

    def _last_day(self) -> date:
        return (self.span.end - timedelta(microseconds=1)).astimezone(self.zone).date()


def whole_day(day: date, zone: ZoneInfo) -> Span:
    """From midnight to midnight by the clock of ``zone``: 23, 24 or 25 hours."""
    return Span(at_wall_clock(day, time(0), zone), at_wall_clock(day + timedelta(days=1), time(0), zone))


def hours_note(day: date, zone: ZoneInfo) -> str:
    """What is said of a day on which the clocks change; nothing of any other."""
    hours = round(whole_day(day, zone).duration / _HOUR)
    return "" if hours == _USUAL_HOURS else _("Zeitumstellung: %(hours)s Stunden") % {"hours": hours}


def day_axis(day: date, zone: ZoneInfo, *, slot_minutes: int = 15, from_hour: int = 6) -> Axis:
    """One day from ``from_hour`` on; a day on which the clocks change is shown whole."""
    whole = whole_day(day, zone)
    if hours_note(day, zone) or from_hour == 0:
        return Axis(whole, slot_minutes, zone)
    return Axis(Span(at_wall_clock(day, time(from_hour), zone), whole.end), slot_minutes, zone)


def day_axis_of(day: date, zone: ZoneInfo, *, opened: Iterable[Span], taken: Iterable[Span]) -> Axis:
    """The day from when the first place opens, between 6 and 8 o'clock; whole where something taken lies earlier."""
    opens = min((span.start.astimezone(zone).hour for span in opened), default=_LATEST_HOUR)
    late = day_axis(day, zone, from_hour=min(max(opens, _EARLIEST_HOUR), _LATEST_HOUR))
    is_early = any(span.start < late.span.start for span in taken)
    return day_axis(day, zone, from_hour=0) if is_early else late


def week_axis(monday: date, zone: ZoneInfo, *, slot_minutes: int = 30) -> Axis:
    """Seven days."""
    end = whole_day(monday + timedelta(days=6), zone).end
    return Axis(Span(whole_day(monday, zone).start, end), slot_minutes, zone)


def asked_day(text: str, *, default: date) -> date:
    """The day a query names; nonsense and far-off years fall back to ``default``."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return default
    return day if date(2000, 1, 1) < day < date(2200, 1, 1) else default


def clock_words(span: Span, day: date, zone: ZoneInfo) -> str:
    """ "18–20 Uhr" on ``day``; what comes from the day before or goes on says so by 0 and 24."""
    bounds = whole_day(day, zone)
    if span.start <= bounds.start and span.end >= bounds.end:
        return _("ganzer Tag")
    start = max(span.start, bounds.start).astimezone(zone)
    end = min(span.end, bounds.end).astimezone(zone)
    opening = clock(start).removesuffix(" Uhr") + (f" {start.tzname()}" if _comes_twice(start) else "")
    midnight = "24:00" if active_language() == "en" else _("24 Uhr")
    closing = midnight if span.end >= bounds.end else clock(end)
    return f"{opening}–{closing}" + (f" {end.tzname()}" if _comes_twice(end) else "")


def _comes_twice(wall: datetime) -> bool:
    is_real = wall.astimezone(UTC).astimezone(wall.tzinfo).replace(tzinfo=None) == wall.replace(tzinfo=None)
    return is_real and wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()

"""Money, dates and times in words, German and English. Values in, words out.

Not here: which language and zone a page has (``templatetags.formats``).
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

Language = Literal["de", "en"]

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "de": (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_UNITS: dict[Language, tuple[tuple[str, str], ...]] = {
    "de": (("Tag", "Tage"), ("Stunde", "Stunden"), ("Minute", "Minuten")),
    "en": (("day", "days"), ("hour", "hours"), ("minute", "minutes")),
}
_CLOCK_CHANGE: dict[Language, str] = {
    "de": " (Zeitumstellung, dauert {duration})",
    "en": " (clocks change, lasts {duration})",
}


class HasCents(Protocol):
    """An amount that knows its cents, such as the kernel's ``Money``."""

    @property
    def cents(self) -> int: ...


class HasBounds(Protocol):
    """A stretch of time with aware ends, such as the kernel's ``Span``."""

    @property
    def start(self) -> datetime: ...

    @property
    def end(self) -> datetime: ...


def euro(amount: HasCents | Decimal | int, language: Language = "de") -> str:
    """Print an amount: whole numbers are cents, decimals are euros.

    >>> euro(123456), euro(Decimal("90")), euro(-550, "en")
    ('1.234,56 €', '90,00 €', '−€5.50')
    """
    if isinstance(amount, Decimal):
        cents = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    else:
        cents = amount if isinstance(amount, int) else amount.cents
    sign = "−" if cents < 0 else ""
    figure = f"{abs(cents) // 100:,}.{abs(cents) % 100:02}"
    if language == "en":
        return f"{sign}€{figure}"
    return f"{sign}{figure.translate(str.maketrans(',.', '.,'))} €"


def long_date(day: date, language: Language = "de", zone: ZoneInfo | None = None) -> str:
    """Print a day with its weekday; an aware instant is read on the clocks of ``zone``.

    >>> long_date(date(2026, 9, 12))
    'Sa, 12. September 2026'
    """
    if isinstance(day, datetime) and day.tzinfo is not None and zone is not None:
        day = day.astimezone(zone)
    weekday, month = _WEEKDAYS[language][day.weekday()], _MONTHS[language][day.month - 1]
    return f"{weekday}, {day.day}{'.' if language == 'de' else ''} {month} {day.year}"


def clock(instant: datetime | time, language: Language = "de", zone: ZoneInfo | None = None) -> str:
    """Print a time of day; an aware instant is read on the clocks of ``zone``.

    >>> clock(time(18)), clock(time(18, 30)), clock(time(18), "en")
    ('18 Uhr', '18:30 Uhr', '18:00')
    """
    if isinstance(instant, datetime) and instant.tzinfo is not None and zone is not None:
        instant = instant.astimezone(zone)
    figures = _figures(instant.hour, instant.minute, language)
    return f"{figures} Uhr" if language == "de" else figures


def clocks(start: time, end: time, language: Language = "de") -> str:
    """Print from when to when on the clock; an end at midnight is 24 o'clock.

    >>> clocks(time(18), time(19, 30)), clocks(time(20), time(0)), clocks(time(9), time(10), "en")
    ('18–19:30 Uhr', '20–24 Uhr', '09:00–10:00')
    """
    opening = _figures(start.hour, start.minute, language)
    closing = _figures(end.hour or (0 if end.minute else 24), end.minute, language)
    return f"{opening}–{closing}{' Uhr' if language == 'de' else ''}"


def span_words(start: datetime, end: datetime, language: Language, zone: ZoneInfo) -> str:
    """Print ``[start, end)`` (aware) on the clocks of ``zone``.

    An end at midnight is printed as 24 o'clock of the day before. A span over a clock change says how long
    it really takes; a bound inside the hour that comes twice says which of the two is meant.
    """
    first, last = start.astimezone(zone), end.astimezone(zone)
    last_day, last_hour = last.date(), last.hour
    if last.time() == time(0) and last_day > first.date():
        last_day, last_hour = last_day - timedelta(days=1), 24
    opening = _figures(first.hour, first.minute, language) + _which_of_two(first)
    closing = _figures(last_hour, last.minute, language) + _which_of_two(last)
    oclock = " Uhr" if language == "de" else ""
    if last_day == first.date():
        words = f"{long_date(first, language)}, {opening}–{closing}{oclock}"
    else:
        words = f"{long_date(first, language)}, {opening}{oclock} – {long_date(last_day, language)}, {closing}{oclock}"
    if first.utcoffset() != last.utcoffset():
        elapsed = duration_words(last.astimezone(UTC) - first.astimezone(UTC), language)
        words += _CLOCK_CHANGE[language].format(duration=elapsed)
    return words


def duration_words(length: timedelta, language: Language = "de") -> str:
    """Print elapsed time; days only from 48 hours on, because 25 hours are not "a day and an hour" in a hall.

    >>> duration_words(timedelta(minutes=150)), duration_words(timedelta(hours=25))
    ('2 Stunden 30 Minuten', '25 Stunden')
    """
    minutes = round(length.total_seconds() / 60)
    days = minutes // 1440 if minutes >= 2 * 1440 else 0
    counts = (days, (minutes - days * 1440) // 60, minutes % 60)
    parts = [
        f"{count} {one if count == 1 else many}"
        for count, (one, many) in zip(counts, _UNITS[language], strict=True)
        if count
    ]
    return " ".join(parts) or f"0 {_UNITS[language][2][1]}"


def pieces_words(pieces: int, name: str) -> str:
    """Print how many of a thing: "80 × Stapelstühle"; the bare name for one."""
    return f"{pieces} × {name}" if pieces > 1 else name


def _figures(hour: int, minute: int, language: Language) -> str:
    if language == "de" and minute == 0:
        return str(hour)
    return f"{hour:02}:{minute:02}" if language == "en" else f"{hour}:{minute:02}"


def _which_of_two(wall: datetime) -> str:
    """Name the zone where the autumn change shows the same hour twice."""
    if wall.replace(fold=0).utcoffset() == wall.replace(fold=1).utcoffset():
        return ""
    skipped = wall.astimezone(UTC).astimezone(wall.tzinfo).replace(tzinfo=None) != wall.replace(tzinfo=None)
    return "" if skipped else f" {wall.tzname()}"

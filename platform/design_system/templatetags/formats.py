"""Template filters for money, dates, times: ``{% load formats %}``, in the active language and time zone.

    {{ amount|euro }}            Money, cents (int) or Decimal → 90,00 €
    {{ day|long_date }}          date or datetime → Sa, 12. September 2026
    {{ span|span_words }}        anything with .start and .end → Sa, 12. September 2026, 11–23 Uhr
    {{ instant|clock }}          datetime or time → 18 Uhr, 18:30 Uhr
    {{ length|duration_words }}  timedelta, minutes (int) or a span → 2 Stunden 30 Minuten

Not here: the words themselves (``design_system.formats``).
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from design_system import formats

register = template.Library()


def active_language() -> formats.Language:
    """The language of this page, German unless English is on."""
    return "en" if (get_language() or "de").startswith("en") else "de"


def active_zone() -> ZoneInfo:
    """The time zone of this page."""
    return ZoneInfo(timezone.get_current_timezone_name())


@register.filter
def euro(amount: formats.HasCents | Decimal | int | None) -> str:
    """Print an amount; nothing stays nothing."""
    return "" if amount is None else formats.euro(amount, active_language())


@register.filter
def long_date(day: date | datetime | None) -> str:
    """Print a day with its weekday."""
    return "" if day is None else formats.long_date(day, active_language(), active_zone())


@register.filter
def span_words(span: formats.HasBounds | None) -> str:
    """Print a span of time."""
    return "" if span is None else formats.span_words(span.start, span.end, active_language(), active_zone())


@register.filter
def clock(instant: datetime | time | None) -> str:
    """Print a time of day."""
    return "" if instant is None else formats.clock(instant, active_language(), active_zone())


@register.filter
def duration_words(length: timedelta | int | formats.HasBounds | None) -> str:
    """Print how long something takes."""
    if length is None:
        return ""
    if isinstance(length, int):
        length = timedelta(minutes=length)
    elapsed = length if isinstance(length, timedelta) else length.end - length.start
    return formats.duration_words(elapsed, active_language())

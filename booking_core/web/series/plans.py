"""A planned series in words: what falls out by the rule, how many dates are left.

Not here: single dates of a stored series (``dates``).
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.engines.recurrence import Rule
from booking_core.reservations.contracts import BookingRow, BookingView
from booking_core.reservations.series_words import rule_words
from booking_core.reservations.vocabulary import AWAY_LABELS
from booking_core.workflows.contracts import Wish
from booking_core.workflows.series_plan import SeriesPlan
from design_system.templatetags.formats import long_date, span_words


def left_out_words(plan: SeriesPlan) -> list[str]:
    """The dates the rule itself leaves out, each with its reason."""
    return [
        f"{span_words(one.span) if one.span else one.key}: {_reason(one.why, one.note)}"
        for one in plan.dates
        if one.is_left_out
    ]


def wish_times(wish: Wish) -> list[str]:
    """When a wish takes place: its spans, or rule and number of dates of a series."""
    if wish.repeat is None:
        return [span_words(span) for span in wish.all_spans]
    return [
        rule_words(wish.repeat.rule),
        *_count_words(wish.repeat.rule, len(wish.all_spans)),
        _("der erste: %(first)s") % {"first": span_words(wish.all_spans[0])},
    ]


def row_times(row: BookingRow) -> str:
    """When a booking of a list takes place; of a series how many dates, from when to when."""
    if not row.dates:
        return span_words(row)
    count = ngettext("Serie mit %(count)s Termin", "Serie mit %(count)s Terminen", row.dates) % {
        "count": row.dates
    }
    return _("%(count)s: %(first)s bis %(last)s") % {
        "count": count,
        "first": long_date(row.start),
        "last": long_date(row.end),
    }


def booking_times(booking: BookingView) -> list[str]:
    """When a stored booking takes place; of a series its rule and how many dates there are."""
    spans = sorted({item.span for item in booking.items})
    if booking.series is None:
        return [span_words(span) for span in spans]
    return [rule_words(booking.series.rule), *_count_words(booking.series.rule, len(spans))]


def _count_words(rule: Rule, count: int) -> list[str]:
    """How many dates there are, where the rule's own words do not say so already."""
    if rule.count is None:
        return [ngettext("%(count)s Termin", "%(count)s Termine", count) % {"count": count}]
    if rule.count == count:
        return []
    return [
        ngettext("davon findet %(count)s statt", "davon finden %(count)s statt", count) % {"count": count}
    ]


def away_words(booking: BookingView) -> list[str]:
    """The dates of a stored series that do not take place, each with its reason."""
    away = booking.series.away if booking.series else ()
    return [f"{span_words(one.span) if one.span else one.key}: {_reason(one.why, one.note)}" for one in away]


def _reason(why: str, note: str) -> str:
    label = str(AWAY_LABELS.get(why, why))
    return f"{label} ({note})" if note else label

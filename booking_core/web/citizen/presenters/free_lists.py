"""Free stretches one below the other, each a way into the booking.

Not here: reading free times (``reservations.queries``), tables of hours (``weeks``), calendars (``months``).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from booking_core.kernel.spans import Span
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import duration_words, span_words


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What the list is drawn from. ``limited``: days that cannot be asked for now."""

    free: Sequence[Span]
    zone: ZoneInfo
    shortest: timedelta
    longest: timedelta
    book_url: Callable[[Span], str]
    limited: Collection[date]


def free_list(facts: ListFacts, *, caption: str) -> Table:
    """Stretches in order of time; too short ones are of no use and left out."""
    stretches = [
        span
        for span in facts.free
        if span.duration >= facts.shortest and span.start.astimezone(facts.zone).date() not in facts.limited
    ]
    return Table(
        caption=caption,
        columns=[Column(_("Freie Zeit")), Column(_("Länge"))],
        rows=[
            [Cell(span_words(span), facts.book_url(_useful(span, facts))), duration_words(span)]
            for span in stretches
        ],
        is_caption_hidden=True,
        is_stacked=True,
    )


def _useful(span: Span, facts: ListFacts) -> Span:
    """What the booking form begins with: the whole stretch where it is one use, else the first shortest one."""
    if span.duration <= min(facts.longest, timedelta(hours=4)):
        return span
    return Span(span.start, span.start + max(facts.shortest, timedelta(hours=1)))

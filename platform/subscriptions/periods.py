"""Periods of a subscription on the calendar: whole months or years, anchored at one day of the month.

Values in, values out; no clock. Not here: which periods are billed (``queries.runs``).
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """``first_on`` to ``last_on``, both included."""

    first_on: date
    last_on: date

    @property
    def next_first_on(self) -> date:
        """The day after."""
        return self.last_on + timedelta(days=1)


def add_months(day: date, months: int, *, anchor_day: int) -> date:
    """``day`` some months later, on the anchor day of that month or on its last day where it has none.

    >>> add_months(date(2027, 1, 31), 1, anchor_day=31), add_months(date(2027, 2, 28), 1, anchor_day=31)
    (datetime.date(2027, 2, 28), datetime.date(2027, 3, 31))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor_day, last))


def period_from(first_on: date, interval: str, *, anchor_day: int) -> Period:
    """The period that begins on ``first_on``; ``interval`` is month or year.

    >>> period_from(date(2028, 2, 29), "year", anchor_day=29)
    Period(first_on=datetime.date(2028, 2, 29), last_on=datetime.date(2029, 2, 27))
    """
    following = add_months(first_on, MONTHS[interval], anchor_day=anchor_day)
    return Period(first_on, following - timedelta(days=1))

"""Quotas: what a person uses within a day, week, month, year or in a row, earlier bookings and this one together.

Not here: turning earlier bookings into history (``earlier_use``).
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from booking_core.engines.ordinance.calendar import LocalSpan
from booking_core.engines.ordinance.clauses import in_range
from booking_core.engines.ordinance.condition import Test
from booking_core.engines.ordinance.language.conditions import Quota
from booking_core.engines.ordinance.scene import Scene

_DAY = timedelta(days=1)
_NOTHING = Decimal(0)
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def quota_holds(quota: Quota, counted: frozenset[str] | None) -> Test:
    """Every period the booking touches: used before plus used now lies in the range.

    ``counted``: the resources whose use counts; None: all. A booking of others uses nothing of the quota.
    """

    def test(scene: Scene) -> bool:
        is_counted = counted is None or not counted.isdisjoint(scene.booking.resources)
        history = scene.booking.request.history
        if quota.per == "row":
            days = days_of(scene.dates) if is_counted else set()
            return all(in_range(Decimal(len(row)), quota) for row in rows_of(days, _days_in(history, quota)))
        now = used_in(quota, scene.dates)
        return all(
            in_range(history.get(history_key(quota, period), _NOTHING) + (amount if is_counted else 0), quota)
            for period, amount in now.items()
        )

    return test


def counted_by(quota: Quota, claims: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """The resources whose use counts: those named and what comprises them; None: all."""
    if quota.of is None:
        return None
    return frozenset(name for name, claimed in claims.items() if not claimed.isdisjoint(quota.of))


def history_key(quota: Quota, period: str) -> str:
    """The name under which earlier use is kept: ``days:2026-09``, or ``days:van,trailer:2026-09`` for some."""
    scope = f"{','.join(sorted(quota.of))}:" if quota.of is not None else ""
    return f"{quota.count}:{scope}{period}"


def period_of(day: date, per: str) -> str:
    """The week, month or year of a day; days themselves for ``day`` and ``row``."""
    if per == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if per == "month":
        return f"{day.year}-{day.month:02}"
    return f"{day.year}" if per == "year" else day.isoformat()


def used_in(
    quota: Quota, dates: Iterable[LocalSpan], apart: frozenset[date] = frozenset()
) -> dict[str, Decimal]:
    """What the dates use of a quota, by period. A day counts once, and not if it is in ``apart``."""
    used: dict[str, Decimal] = {}
    days: set[date] = set(apart)
    for span in dates:
        for index, day in enumerate(span.each_day()):
            period = period_of(day, quota.per)
            used[period] = used.get(period, _NOTHING) + _use_of(span, day, quota.count, index, days)
            days.add(day)
    return used


def _use_of(span: LocalSpan, day: date, count: str, index: int, counted_days: set[date]) -> Decimal:
    if count == "days":
        return Decimal(day not in counted_days)
    if index:
        return _NOTHING  # hours and bookings belong to the day they start on
    return Decimal(1) if count == "bookings" else span.elapsed_minutes / 60


def days_of(dates: Iterable[LocalSpan]) -> set[date]:
    """The calendar days the dates touch."""
    return {day for span in dates for day in span.each_day()}


def rows_of(days: set[date], others: set[date]) -> list[set[date]]:
    """The unbroken rows of days that ``days`` are part of, ``others`` filling the gaps and going on at both ends."""
    used, left, rows = days | others, set(days), []
    while left:
        row = {day := left.pop()}
        for step in (-_DAY, _DAY):
            neighbour = day + step
            while neighbour in used:
                row.add(neighbour)
                neighbour += step
        left -= row
        rows.append(row)
    return rows


def _days_in(history: Mapping[str, Decimal], quota: Quota) -> set[date]:
    """The single days of earlier use a history names."""
    prefix = history_key(quota, "")
    named = (key.removeprefix(prefix) for key, amount in history.items() if amount and key.startswith(prefix))
    return {date.fromisoformat(name) for name in named if _A_DAY.fullmatch(name)}

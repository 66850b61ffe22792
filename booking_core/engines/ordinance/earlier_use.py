"""What a person used before, in the words a document asks for: amounts of its quotas, balances of its accounts.

Not here: reading bookings (``reservations``), holding a booking against a quota (``quotas``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance.calendar import LocalSpan
from booking_core.engines.ordinance.contracts import QuoteRequest
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.language.conditions import Quota
from booking_core.engines.ordinance.language.vocabulary import MINUTES_PER_DAY
from booking_core.engines.ordinance.quotas import (
    counted_by,
    days_of,
    history_key,
    period_of,
    rows_of,
    used_in,
)
from booking_core.kernel.spans import Span, end_of_day_or

_LONGEST_ROW_DAYS = 366


@dataclass(frozen=True, slots=True)
class EarlierUse:
    """One date of an earlier booking; ``resources`` are the document's own ids."""

    resources: tuple[str, ...]
    span: Span


def asks_for_history(document: Document) -> bool:
    """Whether anything in the document depends on what the person used before."""
    return bool(document.past.quotas) or bool(document.past.balances)


def period_looked_at(document: Document, spans: Sequence[Span], zone: ZoneInfo) -> Span | None:
    """The stretch of time whose earlier bookings matter to a booking at ``spans``; None where none do.

    spans                    [--)      [--)
    quota per month   [ first month … last month )
    """
    if not document.past.quotas or not spans:
        return None
    dates = [LocalSpan.from_span(span, zone) for span in spans]
    first, last = min(one.first_day for one in dates), max(one.last_day for one in dates)
    starts, ends = zip(*(_bounds(quota, first, last) for quota in document.past.quotas), strict=True)
    return Span(end_of_day_or(min(starts), 0, zone), end_of_day_or(max(ends), MINUTES_PER_DAY, zone))


def history_of(
    document: Document,
    request: QuoteRequest,
    earlier: Iterable[EarlierUse],
    balances: Mapping[str, Decimal],
) -> dict[str, Decimal]:
    """What ``QuoteRequest.history`` has to hold, so that the document's quotas and accounts can be worked out.

    ``balances``: what the person's newest booking left on each account. A day of earlier use counts once, and not
    if the booking itself takes place on it.
    """
    zone = request.zone
    known = [(frozenset(one.resources), LocalSpan.from_span(one.span, zone)) for one in earlier]
    own = [LocalSpan.from_span(span, zone) for span in request.spans]
    history: dict[str, Decimal] = {}
    for quota in document.past.quotas:
        counted = counted_by(quota, document.rulebook.defaults.claims)
        dates = [date for resources, date in known if counted is None or counted & resources]
        is_own = counted is None or not counted.isdisjoint(request.resources)
        history |= _used(quota, dates, own, is_own)
    for name, accounts in document.past.balances.items():
        found = next((balances[account] for account in accounts if account in balances), None)
        if found is not None:
            history[name] = found
    return history


def _used(quota: Quota, dates: list[LocalSpan], own: list[LocalSpan], is_own: bool) -> dict[str, Decimal]:
    """The amounts of one quota in the periods the booking touches, those that are not nothing."""
    days = days_of(own)
    if quota.per == "row":
        rows = rows_of(days, days_of(dates))
        return {history_key(quota, day.isoformat()): Decimal(1) for row in rows for day in row - days}
    touched = {period_of(day, quota.per) for day in days}
    used = used_in(quota, dates, apart=frozenset(days) if is_own else frozenset())
    return {
        history_key(quota, period): amount
        for period, amount in sorted(used.items())
        if amount and period in touched
    }


def _bounds(quota: Quota, first: date, last: date) -> tuple[date, date]:
    """First and last day that can matter to a quota."""
    if quota.per == "row":
        around = timedelta(days=_LONGEST_ROW_DAYS)
        return first - around, last + around
    if quota.per == "week":
        return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    if quota.per == "month":
        return first.replace(day=1), (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(
            days=1
        )
    if quota.per == "year":
        return first.replace(month=1, day=1), last.replace(month=12, day=31)
    return first, last

"""All a treasurer's day begins with: each number is the count and the sum of a list that has its own page.

Not here: those lists; they are read through the same queries, so that their sums cannot differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Sum

from booking_core.finance.contracts import CountedSum
from booking_core.finance.models import StatementLine, StatementState
from booking_core.finance.queries.ages import open_by_age
from booking_core.finance.queries.bank_orders import bank_runs
from booking_core.finance.queries.collective_changes import changed_collective_invoices
from booking_core.finance.queries.deposits import deposits
from booking_core.finance.queries.income import income_sum
from booking_core.finance.queries.payments import payment_rows
from booking_core.finance.queries.periods import MonthRow, months
from booking_core.finance.queries.reminders import due_reminders
from booking_core.kernel.money import Money

_ALL = 100_000


@dataclass(frozen=True, slots=True)
class TreasuryDay:
    """``since_on`` is the day of the last visit before today. ``ages``: see ``queries.ages``.

    ``month``: the oldest month that is over, not closed and not empty.
    """

    today: CountedSum
    since_on: date | None
    since: CountedSum
    ages: dict[str, CountedSum]
    to_release: CountedSum
    to_remind: CountedSum
    deposits_to_return: CountedSum
    deposits_overdue: CountedSum
    deposits_missing: CountedSum
    unmatched: CountedSum
    failed: CountedSum
    lapsed: CountedSum
    changed: CountedSum
    month: MonthRow | None


def treasury_day(*, now: datetime, today: date, since_on: date | None) -> TreasuryDay:
    """The numbers of this moment. A fixed number of statements."""
    since = since_on or today - timedelta(days=1)
    return TreasuryDay(
        today=income_sum(today, today),
        since_on=since_on,
        since=income_sum(since, today),
        ages=open_by_age(today=today),
        to_release=_sum(run.total for run in bank_runs(state="waiting", limit=_ALL)),
        to_remind=_sum(row.balance for row in due_reminders(today=today)),
        deposits_to_return=_sum(row.held for row in deposits("return", now=now, limit=_ALL)),
        deposits_overdue=_sum(row.held for row in deposits("overdue", now=now, limit=_ALL)),
        deposits_missing=_sum(row.missing for row in deposits("missing", limit=_ALL)),
        unmatched=_unmatched(),
        failed=_sum(row.amount for row in payment_rows("failed", page=1, per_page=_ALL, now=now).rows),
        lapsed=_sum(row.amount for row in payment_rows("lapsed", page=1, per_page=_ALL, now=now).rows),
        changed=_sum(row.difference for row in changed_collective_invoices()),
        month=_month_to_close(today),
    )


def _sum(amounts: Iterable[Money]) -> CountedSum:
    cents = [amount.cents for amount in amounts]
    return CountedSum(len(cents), Money(sum(cents)))


def _unmatched() -> CountedSum:
    open_lines = StatementLine.objects.filter(state=StatementState.OPEN).order_by()
    found = open_lines.aggregate(count=Count("pk"), cents=Sum("amount_cents"))
    return CountedSum(found["count"], Money(found["cents"] or 0))


def _month_to_close(today: date) -> MonthRow | None:
    waiting = [row for row in months(today=today) if row.is_over and not row.is_closed and row.entries]
    return waiting[-1] if waiting else None

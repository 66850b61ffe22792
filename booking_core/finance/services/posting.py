"""Add an entry to the ledger: the only place that does. Not into a closed month.

Entries are never changed or deleted, and none is added to a closed month, whoever asks: triggers in the database see to
that (migration ``0005_ledger_is_final``). Here people get a sentence instead of a fault.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from booking_core.finance.errors import PeriodClosed
from booking_core.finance.models import LedgerEntry
from booking_core.identity.contracts import Actor
from design_system.formats import Language, long_date


def post_entry(*, key: UUID, valued_on: date, actor: Actor, now: datetime, **columns: object) -> LedgerEntry:
    """Add one entry. Raises PeriodClosed. Call inside the transaction of the use case."""
    refuse_closed(valued_on)
    return LedgerEntry.objects.create(
        key=key, valued_on=valued_on, at=now, actor_id=actor.user_id, actor_label=actor.label, **columns
    )


def refuse_closed(day: date) -> None:
    """Raise PeriodClosed for a day in a closed month. Until this transaction ends, nobody closes the month."""
    closed = closed_until_now()
    if closed is not None and day <= closed:
        raise PeriodClosed(
            _("Der Zeitraum bis %(day)s ist abgeschlossen. Wählen Sie einen späteren Tag.")
            % {"day": long_date(closed, _language())},
            field="valued_on",
        )


def bookable_day(day: date) -> date:
    """``day``, or the first one that is still open where its month is closed."""
    closed = closed_until_now()
    return max(day, closed + timedelta(days=1)) if closed is not None else day


def closed_until_now() -> date | None:
    """The last closed day, read with the lock that closing a month waits for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT closed_until FROM finance_financeprofile WHERE id = 1 FOR SHARE")
        row: tuple[date | None] | None = cursor.fetchone()
    return row[0] if row else None


def _language() -> Language:
    from django.utils.translation import get_language  # noqa: PLC0415

    return "en" if (get_language() or "").startswith("en") else "de"

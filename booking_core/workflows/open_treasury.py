"""Open the treasury's page: the numbers of the day, and what came since the member's last visit.

Not here: the numbers themselves (``finance.queries.treasury_day``).
"""

from datetime import datetime

from django.utils import timezone

from booking_core.finance.queries.treasury_day import TreasuryDay, treasury_day
from booking_core.identity.visits import note_money_visit


def open_treasury(user_id: int, *, now: datetime) -> TreasuryDay:
    """Note the visit and read the day."""
    today = timezone.localdate(now)
    return treasury_day(now=now, today=today, since_on=note_money_visit(user_id, today=today))

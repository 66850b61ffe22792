"""When a member of staff last looked at the treasury's page, by day.

Not here: what happened since (``finance.queries``).
"""

from datetime import date

from django.db.models import F, Q

from booking_core.identity.models import StaffRole


def note_money_visit(user_id: int, *, today: date) -> date | None:
    """Remember that the account was here today; returns the day it was here before. At most one write per day."""
    roles = StaffRole.objects.filter(user_id=user_id)
    roles.filter(Q(money_seen_on__isnull=True) | Q(money_seen_on__lt=today)).update(
        money_seen_before_on=F("money_seen_on"), money_seen_on=today
    )
    found = roles.filter(money_seen_before_on__isnull=False).order_by("-money_seen_before_on")
    return found.values_list("money_seen_before_on", flat=True).first()

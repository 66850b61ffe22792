"""Reads about people: staff members. Writes are in ``services``."""

from booking_core.identity.contracts import StaffMember
from booking_core.identity.models import StaffRole


def staff_member(user_id: int) -> StaffMember | None:
    """The roles of an account in this town; None where it has none. One statement."""
    rows = list(StaffRole.objects.filter(user_id=user_id, user__is_active=True).select_related("user"))
    if not rows:
        return None
    unlimited = any(not row.location_ids for row in rows)
    places = frozenset() if unlimited else frozenset(place for row in rows for place in row.location_ids)
    user = rows[0].user
    return StaffMember(user.pk, user.name, user.email, frozenset(row.role for row in rows), places)

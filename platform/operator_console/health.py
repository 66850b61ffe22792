"""The health of one town, read inside its schema: counts, no contents."""

from django.db import connection
from django.db.models import Count, Max, Q

from booking_core.catalog.models import Resource
from booking_core.identity.models import StaffRole, User
from booking_core.messaging.models import MessageState, OutboxMessage
from booking_core.reservations.models import Booking, BookingState
from operator_console.contracts import TownHealth
from tenants.context import in_tenant
from tenants.models import Tenant

_OPEN = [BookingState.REQUESTED, BookingState.CONFIRMED]


def read_health(town: Tenant) -> TownHealth:
    """Count what tells whether the town works. Its schema must exist."""
    with in_tenant(town):
        bookings = Booking.objects.aggregate(
            total=Count("pk"), open=Count("pk", filter=Q(state__in=_OPEN)), last=Max("requested_at")
        )
        mail = OutboxMessage.objects.aggregate(
            waiting=Count("pk", filter=Q(state=MessageState.WAITING)),
            failed=Count("pk", filter=Q(state=MessageState.FAILED)),
        )
        return TownHealth(
            staff=StaffRole.objects.values("user_id").distinct().count(),
            accounts=User.objects.count(),
            resources=Resource.objects.count(),
            bookings_open=bookings["open"],
            bookings_total=bookings["total"],
            last_booking_at=bookings["last"],
            mail_waiting=mail["waiting"],
            mail_failed=mail["failed"],
            tables=_table_count(town.schema_name),
        )


def _table_count(schema_name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [schema_name])
        return int(cursor.fetchone()[0])

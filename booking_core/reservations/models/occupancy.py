"""Holds, and the one table that says what is taken (DESIGN §3).

Not here: whether something is free (``services.occupy``).
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, Q

from booking_core.catalog.models import Closure, Unit
from booking_core.reservations.models.bookings import BookingItem


class Hold(models.Model):
    """Time kept for someone who is filling in the form; worth nothing after ``expires_at``.

    ``request`` is what was chosen, plain JSON, so that the form can be resumed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.JSONField(default=dict)
    expires_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.uuid} until {self.expires_at}"


class Occupancy(models.Model):
    """One unit taken for one span by a booking item, a closure or a hold. Written by ``occupy()`` alone.

    ``span`` includes the buffers; ``pieces`` is ``[0, 1)`` for what is taken whole.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="occupancies")
    pieces = IntegerRangeField()
    span = DateTimeRangeField()
    item = models.ForeignKey(BookingItem, null=True, on_delete=models.CASCADE, related_name="occupancies")
    closure = models.ForeignKey(Closure, null=True, on_delete=models.CASCADE, related_name="occupancies")
    hold = models.ForeignKey(Hold, null=True, on_delete=models.CASCADE, related_name="occupancies")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="occupancy_never_twice",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("pieces", RangeOperators.OVERLAPS),
                    ("span", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(span__isempty=False, span__lower_inf=False, span__upper_inf=False)
                & Q(span__lower_inc=True, span__upper_inc=False),
                name="occupancy_span_is_half_open",
            ),
            models.CheckConstraint(
                condition=Q(pieces__isempty=False, pieces__lower_inf=False, pieces__upper_inf=False)
                & Q(pieces__startswith__gte=0),
                name="occupancy_pieces_are_bounded",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=False, closure__isnull=True, hold__isnull=True)
                | Q(item__isnull=True, closure__isnull=False, hold__isnull=True)
                | Q(item__isnull=True, closure__isnull=True, hold__isnull=False),
                name="occupancy_has_one_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.span}"

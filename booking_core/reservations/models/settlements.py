"""What a use came to: entered afterwards, added up by the booking's own version, never rewritten.

Not here: working it out (``workflows.settle_booking``).
"""

from django.db import models
from django.db.models import F, Q

from booking_core.identity.models import User
from booking_core.reservations.models.bookings import Booking


class Settlement(models.Model):
    """One settlement of a booking. A correction is a further one, with the difference to the one before.

    ``measured``: figure of the ordinance → amount; ``meters``: the same figure → what the meter showed before and
    after; ``facts``: answers given after the use; ``damages``: list of text and cents. ``quote`` is the engine's full
    derivation (``quote_to_data``). ``previous_cents`` is the total of the settlement before, or the booking's. Fee,
    deposit and balance are the whole state after this settlement; only ``difference_cents`` is a step.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="settlements")
    number = models.PositiveIntegerField(help_text="Counts the settlements of one booking, from 1")
    measured = models.JSONField(default=dict)
    meters = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    persons = models.PositiveIntegerField(null=True, blank=True)
    damages = models.JSONField(default=list)
    quote = models.JSONField(default=dict)
    fee_cents = models.BigIntegerField()
    damages_cents = models.BigIntegerField(default=0)
    total_cents = models.BigIntegerField()
    previous_cents = models.BigIntegerField()
    difference_cents = models.BigIntegerField()
    deposit_kept_cents = models.BigIntegerField(default=0)
    deposit_returned_cents = models.BigIntegerField(default=0)
    balance_cents = models.BigIntegerField(
        default=0, help_text="Back after the return; negative: still to pay"
    )
    deposit_reason = models.CharField(max_length=500, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    note = models.TextField(blank=True)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_by_label = models.CharField(max_length=254)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="settlement_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="settlement_number_from_one"),
            models.CheckConstraint(
                condition=Q(fee_cents__gte=0, damages_cents__gte=0, previous_cents__gte=0),
                name="settlement_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(total_cents=F("fee_cents") + F("damages_cents")), name="settlement_total_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(difference_cents=F("total_cents") - F("previous_cents")),
                name="settlement_difference_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(deposit_kept_cents__gte=0, deposit_returned_cents__gte=0),
                name="settlement_deposit_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.number}"

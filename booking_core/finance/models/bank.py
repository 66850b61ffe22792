"""Movements on the town's bank account, as imported from statements.

Not here: what they pay (``models.ledger``).
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking_core.finance.models.ledger import LedgerEntry


class StatementState(models.TextChoices):
    OPEN = "open", _("zuzuordnen")
    ASSIGNED = "assigned", _("zugeordnet")
    IGNORED = "ignored", _("betrifft uns nicht")


class StatementLine(models.Model):
    """One movement. ``digest`` is the same in every file that contains it, so it comes in once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    account = models.CharField(max_length=34, blank=True)
    booked_on = models.DateField()
    valued_on = models.DateField()
    amount_cents = models.BigIntegerField()
    name = models.CharField(max_length=140, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    purpose = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=35, blank=True)
    state = models.CharField(max_length=8, choices=StatementState.choices, default=StatementState.OPEN)
    entry = models.OneToOneField(
        LedgerEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="statement_line"
    )
    note = models.CharField(max_length=300, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["-booked_on", "-id"]
        indexes = [
            models.Index(fields=["booked_on"], condition=Q(state="open"), name="finance_statement_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="assigned", entry__isnull=False)
                | ~Q(state="assigned") & Q(entry__isnull=True),
                name="finance_statement_assigned_has_entry",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "assigned", "ignored"]),
                name="finance_statement_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount_cents}"

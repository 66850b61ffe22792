"""Invoices of the partnership, numbered without gaps and never changed, and every movement of money on them.

Not here: what a period costs (``models.plans``).
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class FeeNumberRange(models.Model):
    """The last number given out in one year. Its row is locked while a document takes the next one."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="fee_number_range_once"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"


class FeeInvoice(models.Model):
    """One document for one period of one town. ``content`` is a ``finance.paper.content.Paper``.

    Two invoices of a town never cover the same day, whoever runs the billing how often: the database refuses.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="fee_invoices")
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=24, unique=True)
    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    reference = models.CharField(max_length=25, unique=True)
    period = DateRangeField()
    plan_name = models.CharField(max_length=60)
    issued_on = models.DateField()
    due_on = models.DateField()
    net_cents = models.PositiveIntegerField()
    tax_cents = models.PositiveIntegerField()
    gross_cents = models.PositiveIntegerField()
    content = models.JSONField()
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    cancels = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="cancelled_by"
    )
    is_cancelled = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["-year", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year", "sequence"], name="fee_invoice_sequence_once"),
            models.CheckConstraint(
                condition=Q(gross_cents=F("net_cents") + F("tax_cents")), name="fee_invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(kind="cancellation", cancels__isnull=False)
                | Q(kind="invoice", cancels__isnull=True),
                name="fee_only_cancellations_cancel",
            ),
            ExclusionConstraint(
                name="fee_invoice_days_once",
                expressions=[("tenant", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(kind="invoice", is_cancelled=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class FeeEntryKind(models.TextChoices):
    """What moved. Plus is owed to the partnership, minus is paid, waived or taken back."""

    CHARGE = "charge", _("Rechnung")
    PAYMENT = "payment", _("Zahlung")
    WAIVER = "waiver", _("Erlass")
    CANCELLATION = "cancellation", _("Storno")
    REVERSAL = "reversal", _("Berichtigung")


class FeeEntry(models.Model):
    """One movement on one invoice. Entries are only added; what is open is their sum."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invoice = models.ForeignKey(FeeInvoice, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=FeeEntryKind.choices)
    amount_cents = models.IntegerField()
    valued_on = models.DateField()
    text = models.CharField(max_length=300, blank=True)
    key = models.UUIDField(unique=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=254)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="charge", amount_cents__gt=0)
                | Q(kind__in=["payment", "waiver", "cancellation"], amount_cents__lt=0)
                | Q(kind="reversal", amount_cents__gt=0, reverses__isnull=False),
                name="fee_entry_points_the_right_way",
            ),
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(kind="charge"), name="fee_invoice_charged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents}"


class FeeReminder(models.Model):
    """One reminder of one invoice. ``read_only_on``: the last one names the day from which reading is all."""

    invoice = models.ForeignKey(FeeInvoice, on_delete=models.PROTECT, related_name="reminders")
    step = models.PositiveSmallIntegerField()
    sent_on = models.DateField()
    read_only_on = models.DateField(null=True, blank=True)
    sent_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["invoice_id", "step"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "step"], name="fee_reminder_step_once"),
            models.CheckConstraint(condition=Q(step__gte=1), name="fee_reminder_step_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.step}"

"""Invoices and their cancellations: numbered without gaps, never changed but for where their reminders stand.

Not here: what is owed and paid (``models.ledger``).
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booking_core.identity.models import Party, User
from booking_core.reservations.models import Booking


class NumberRange(models.Model):
    """The last number given out in one year. Its row is locked while a document takes the next one."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="finance_number_range_once"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"


class InvoiceKind(models.TextChoices):
    INVOICE = "invoice", _("Rechnung")
    CANCELLATION = "cancellation", _("Stornorechnung")


class Invoice(models.Model):
    """One document. ``content`` is all that stands on it (``paper.content``); the file was made from it once.

    ``gross_cents`` is what the document asks for; a cancellation has the amount it takes back, also positive. Only the
    last columns ever change (``finance_keep_document``): no reminder goes out from ``stopped_on`` to
    ``stopped_until`` (None: until lifted); ``reminder_run`` is the run that sends reminder ``reminder_step``,
    ``reminder_result`` what came of it (empty: still to be sent).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=InvoiceKind.choices, default=InvoiceKind.INVOICE)
    number = models.CharField(max_length=24, unique=True)
    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    reference = models.CharField(max_length=25, unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="invoices")
    cancels = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="cancelled_by"
    )
    issued_on = models.DateField()
    due_on = models.DateField()
    net_cents = models.BigIntegerField()
    tax_cents = models.BigIntegerField()
    gross_cents = models.BigIntegerField()
    content = models.JSONField()
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    issued_by_label = models.CharField(max_length=254)
    stopped_on = models.DateField(null=True, blank=True)
    stopped_until = models.DateField(null=True, blank=True)
    stopped_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    stopped_by = models.CharField(max_length=254, blank=True, default="", db_default="")
    reminder_run = models.UUIDField(null=True, blank=True)
    reminder_step = models.PositiveSmallIntegerField(null=True, blank=True)
    reminder_result = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-year", "-sequence"]
        indexes = [
            models.Index(fields=["due_on"], name="finance_invoice_due"),
            models.Index(
                fields=["reminder_run"],
                condition=Q(reminder_run__isnull=False),
                name="finance_invoice_reminder_run",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["prefix", "year", "sequence"], name="finance_invoice_sequence_once"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="finance_invoice_sequence_from_one"),
            models.CheckConstraint(
                condition=Q(gross_cents=F("net_cents") + F("tax_cents"), gross_cents__gte=0),
                name="finance_invoice_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(kind="cancellation", cancels__isnull=False)
                | Q(kind="invoice", cancels__isnull=True),
                name="finance_only_cancellations_cancel",
            ),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True, stopped_until__isnull=True, stopped_reason="")
                | Q(stopped_on__isnull=False) & ~Q(stopped_reason=""),
                name="finance_invoice_stop_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    """One line of a document, for reports and to know which bookings are on which invoice."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.PROTECT, related_name="invoice_lines"
    )
    label = models.CharField(max_length=300)
    paragraph = models.CharField(max_length=200, blank=True)
    net_cents = models.BigIntegerField()
    category = models.CharField(max_length=2)
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["invoice_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="finance_invoice_line_once"),
        ]

    def __str__(self) -> str:
        return self.label

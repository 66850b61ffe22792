"""What taking part costs, and the terms it is asked for under. Operators edit both.

Not here: who takes part (``models.accounts``).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Interval(models.TextChoices):
    YEAR = "year", _("Jahr")
    MONTH = "month", _("Monat")


class Plan(models.Model):
    """One plan, for some kinds of institution (none named: all) and a range of inhabitants (both ends included)."""

    name = models.CharField(max_length=60, unique=True)
    name_en = models.CharField(max_length=60, blank=True)
    kinds = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    population_from = models.PositiveIntegerField(default=0)
    population_to = models.PositiveIntegerField(null=True, blank=True)
    is_offered = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["population_from", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(population_to__isnull=True) | Q(population_to__gte=F("population_from")),
                name="fee_plan_population_has_an_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlanPrice(models.Model):
    """What a plan costs per interval from a day on, net. One that was in force never changes."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="prices")
    interval = models.CharField(max_length=5, choices=Interval.choices)
    valid_from = models.DateField()
    net_cents = models.PositiveIntegerField()
    tax_percent = models.DecimalField(max_digits=4, decimal_places=2)

    class Meta:
        ordering = ["plan_id", "interval", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "interval", "valid_from"], name="fee_price_once_per_day"),
            models.CheckConstraint(condition=Q(tax_percent__in=[0, 7, 19]), name="fee_price_tax_is_known"),
            models.CheckConstraint(condition=Q(interval__in=["year", "month"]), name="fee_price_interval"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.interval} {self.valid_from}: {self.net_cents}"


class FeeTerms(models.Model):
    """The one row of the partnership: lengths, steps of reminders, who writes the invoices and where to pay.

    ``reminder_days``: days after the due date, or the reminder before. ``read_only_days``: after the last reminder.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    trial_days = models.PositiveSmallIntegerField(default=90)
    grace_days = models.PositiveSmallIntegerField(default=30)
    payment_days = models.PositiveSmallIntegerField(default=30)
    reminder_days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    read_only_days = models.PositiveSmallIntegerField(default=14)
    tax_status = models.CharField(max_length=14, default="regular")
    seller_name = models.CharField(max_length=200, blank=True)
    seller_street = models.CharField(max_length=200, blank=True)
    seller_postal_code = models.CharField(max_length=5, blank=True)
    seller_city = models.CharField(max_length=100, blank=True)
    seller_contact = models.CharField(max_length=200, blank=True)
    seller_email = models.EmailField(blank=True)
    seller_phone = models.CharField(max_length=40, blank=True)
    seller_register_id = models.CharField(max_length=40, blank=True)
    tax_number = models.CharField(max_length=20, blank=True)
    vat_id = models.CharField(max_length=14, blank=True)
    creditor_name = models.CharField(max_length=70, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    bank_name = models.CharField(max_length=100, blank=True)
    number_prefix = models.CharField(max_length=8, default="BV")
    closing_text = models.CharField(max_length=500, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="fee_terms_only_one"),
            models.CheckConstraint(
                condition=Q(tax_status__in=["regular", "small_business", "not_taxable"]),
                name="fee_terms_tax_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(trial_days__lte=730, grace_days__lte=365, payment_days__lte=90),
                name="fee_terms_lengths",
            ),
        ]

    def __str__(self) -> str:
        return self.seller_name or "–"

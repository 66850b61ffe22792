"""One town's subscription: trial, order, plan, where invoices go.

Not here: invoices and movements (``models.documents``).
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from subscriptions.models.plans import Interval, Plan
from tenants.models import Tenant


class Way(models.TextChoices):
    TRANSFER = "transfer", _("Rechnung und Überweisung")
    STRIPE = "stripe", _("online über Stripe")


class Subscription(models.Model):
    """``stripe_…`` is what Stripe said last; ``stripe_read_only_on`` the day named when it said "past due".

    ``starts_on`` is the first day that costs something, ``ends_on`` the last one of a town that leaves.

    ``billed_until``: the last day a run has settled, by an invoice or because it was free. ``next_plan`` and
    ``next_interval`` count from the next period on. ``trial_told_on``: the trial's end that was announced by mail.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, related_name="subscription")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    interval = models.CharField(max_length=5, choices=Interval.choices, default=Interval.YEAR)
    next_plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    next_interval = models.CharField(max_length=5, choices=Interval.choices, blank=True)
    trial_ends_on = models.DateField()
    trial_told_on = models.DateField(null=True, blank=True)
    ordered_at = models.DateTimeField(null=True, blank=True)
    ordered_by = models.CharField(max_length=254, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    billed_until = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    billing_name = models.CharField(max_length=200, blank=True)
    billing_unit = models.CharField(max_length=200, blank=True)
    billing_street = models.CharField(max_length=200, blank=True)
    billing_postal_code = models.CharField(max_length=5, blank=True)
    billing_city = models.CharField(max_length=100, blank=True)
    billing_email = models.EmailField(blank=True)
    leitweg_id = models.CharField(max_length=46, blank=True)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.TRANSFER, db_default=Way.TRANSFER)
    stripe_customer = models.CharField(max_length=64, blank=True, default="", db_default="")
    stripe_subscription = models.CharField(max_length=64, blank=True, default="", db_default="")
    stripe_state = models.CharField(max_length=20, blank=True, default="", db_default="")
    stripe_read_only_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=["transfer", "stripe"]), name="fee_way_is_known"),
            models.UniqueConstraint(
                fields=["stripe_subscription"],
                condition=~Q(stripe_subscription=""),
                name="fee_stripe_subscription_once",
            ),
            models.CheckConstraint(
                condition=Q(ordered_at__isnull=True, starts_on__isnull=True)
                | Q(ordered_at__isnull=False, starts_on__isnull=False, plan__isnull=False),
                name="fee_ordered_has_plan_and_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on"))
                | Q(ends_on__gte=F("trial_ends_on")),
                name="fee_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.plan_id}"

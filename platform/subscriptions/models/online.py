"""What Stripe Billing wrote for towns that pay online, as it said last, and which of its events were seen.

Not here: the partnership's own invoices (``models.documents``).
"""

from django.db import models

from tenants.models import Tenant


class StripeInvoice(models.Model):
    """An invoice at Stripe. Never a source of truth: fetched again whenever Stripe says that something happened."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="stripe_fee_invoices")
    stripe_id = models.CharField(max_length=64, unique=True)
    number = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=20)
    first_on = models.DateField()
    last_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    total_cents = models.IntegerField()
    open_cents = models.IntegerField()
    url = models.URLField(max_length=500, blank=True)
    pdf_url = models.URLField(max_length=500, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-first_on", "-id"]

    def __str__(self) -> str:
        return self.number


class StripeNotice(models.Model):
    """One event of the platform's account; it may come twice, its row comes once."""

    event_id = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=60)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.event_id

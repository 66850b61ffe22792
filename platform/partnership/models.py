"""The exchange as stored: copies of ordinances that towns chose to share. Projections, in the public schema.

Not here: the ordinances themselves (each town's own schema), the platform's collection (``ordinances.library``).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.models import Tenant


class SharingState(models.TextChoices):
    SHARED = "shared", _("geteilt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    TAKEN_DOWN = "taken_down", _("vom Betrieb heruntergenommen")


class SharedOrdinance(models.Model):
    """A town's yes to share one ordinance, and the facts the catalogue is searched by.

    No name of a person, no booking, no draft: only what the council has published anyway. Withdrawing deletes the
    copies; the row stays, so that what operators took down is not simply shared again.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="shared_ordinances")
    ordinance_code = models.CharField(max_length=80)
    slug = models.SlugField(max_length=140, unique=True)
    municipality = models.CharField(max_length=60)
    federal_state = models.CharField(max_length=2)
    name_de = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    resource_count = models.PositiveIntegerField(default=0)
    search_text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=SharingState.choices, default=SharingState.SHARED)
    taken_down_reason = models.CharField(max_length=300, blank=True)
    shared_at = models.DateTimeField()

    class Meta:
        ordering = ["municipality", "name_de"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "ordinance_code"], name="shared_ordinance_once"),
            models.CheckConstraint(
                condition=~Q(state="taken_down") | ~Q(taken_down_reason=""),
                name="shared_ordinance_taken_down_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class SharedVersion(models.Model):
    """A copy of one published version with its worked examples. Copies never change."""

    ordinance = models.ForeignKey(SharedOrdinance, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    council_decision = models.CharField(max_length=200, blank=True)
    document = models.JSONField()
    readings = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["ordinance", "number"], name="shared_version_number_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="shared_version_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinance_id} v{self.number}"

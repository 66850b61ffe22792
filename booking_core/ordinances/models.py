"""Fee and usage ordinances as stored: one document per version, and which resource it calls by which id.

Not here: what a document means (``engines.ordinance``).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.models import Resource
from booking_core.identity.models import User


class Ordinance(models.Model):
    """One ordinance of the town; it lives on through its versions."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("veröffentlicht")


class SimulationState(models.TextChoices):
    QUEUED = "queued", _("wartet")
    RUNNING = "running", _("rechnet")
    DONE = "done", _("fertig")
    FAILED = "failed", _("gescheitert")
    CANCELLED = "cancelled", _("abgebrochen")


class VersionManager(models.Manager["OrdinanceVersion"]):
    """Versions without what their simulation found: it is large, and only its own pages read it."""

    def get_queryset(self) -> models.QuerySet["OrdinanceVersion"]:
        return super().get_queryset().defer("simulation", "simulation_rows")


class OrdinanceVersion(models.Model):
    """A document in force from a date. Published versions never change; a booking keeps the one it was quoted with.

    ``readings`` holds the town's choice where the text is ambiguous: ambiguity id → reading id. ``origin`` names the
    document of somebody else it was made from, with a copy of it to compare with; empty where there is none.
    ``revision`` counts the changes of a draft; whoever saves names the one they read. The columns ``simulation…`` are
    explained and written in ``ordinances.simulations`` alone.
    """

    ordinance = models.ForeignKey(Ordinance, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    readings = models.JSONField(default=dict)
    origin = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0, db_default=0)
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    valid_from = models.DateField(null=True, blank=True)
    council_decision = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    simulation_state = models.CharField(
        max_length=10, choices=SimulationState.choices, blank=True, default="", db_default=""
    )
    simulation_attempt = models.PositiveIntegerField(default=0, db_default=0)
    simulation = models.JSONField(null=True, blank=True)
    simulation_rows = models.JSONField(null=True, blank=True)

    objects = VersionManager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["ordinance", "number"], name="ordinance_version_number_once"),
            models.UniqueConstraint(
                fields=["ordinance", "valid_from"],
                condition=Q(state="published"),
                name="ordinance_one_version_per_start",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(valid_from__isnull=False, published_at__isnull=False),
                name="ordinance_published_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(simulation_state__in=["", *SimulationState.values]),
                name="ordinance_simulation_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(simulation_state="") | Q(simulation__isnull=False),
                name="ordinance_simulation_has_a_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinance_id} v{self.number}"


class TariffBinding(models.Model):
    """Which ordinance prices a resource, and the ids the document uses for it.

    A hall that the document knows by two thirds has both ids in ``codes``.
    """

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, related_name="tariff")
    ordinance = models.ForeignKey(Ordinance, on_delete=models.PROTECT, related_name="bindings")
    codes = ArrayField(models.CharField(max_length=60))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(codes__len__gte=1), name="tariff_binding_names_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}: {', '.join(self.codes)}"

"""What a town offers: places, resources, the units they consist of, when they are open.

Not here: what is taken (``reservations.Occupancy``), what it costs (``ordinances``).
"""

import uuid

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OccupancyShown(models.TextChoices):
    """What everybody may see of how a location is taken."""

    NOTHING = "nothing", _("Nichts")
    BUSY = "busy", _("Nur frei oder belegt")
    TITLES = "titles", _("Auch Titel, denen zugestimmt wurde")


class Location(models.Model):
    """A house or ground with an address."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=100, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    directions = models.TextField(blank=True)
    step_free_directions = models.TextField(blank=True)
    is_published = models.BooleanField(default=True)
    occupancy_shown = models.CharField(
        max_length=10,
        choices=OccupancyShown.choices,
        default=OccupancyShown.BUSY,
        db_default=OccupancyShown.BUSY,
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(occupancy_shown__in=OccupancyShown.values),
                name="location_occupancy_shown_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ResourceKind(models.TextChoices):
    ROOM = "room", _("Raum")
    HALL = "hall", _("Halle")
    PLACE = "place", _("Platz")
    DESK = "desk", _("Arbeitsplatz")
    DEVICE = "device", _("Gerät")
    VEHICLE = "vehicle", _("Fahrzeug")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Alle")
    RESIDENTS = "residents", _("Einwohnerinnen und Einwohner")
    ORGANISATIONS = "organisations", _("Eingetragene Vereine und Organisationen")
    STAFF = "staff", _("Nur die Verwaltung")


class Unit(models.Model):
    """The smallest thing that can be taken: one room, one third of a hall, one set of 120 chairs.

    Units without ``pieces`` > 1 are taken whole. Everything bookable claims units; nothing else is ever locked.
    """

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=120)
    pieces = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(pieces__gte=1, pieces__lte=100_000), name="unit_has_pieces"),
        ]

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """Something a citizen can choose and book. It claims one or more units."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="resources")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=ResourceKind.choices)
    summary = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="People, seated")
    area_m2 = models.PositiveIntegerField(null=True, blank=True)
    amenities = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    accessibility = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    accessibility_note = models.TextField(blank=True)
    house_rules = models.TextField(blank=True)
    audience = models.CharField(max_length=15, choices=Audience.choices, default=Audience.PUBLIC)
    buffer_before_minutes = models.PositiveIntegerField(default=0)
    buffer_after_minutes = models.PositiveIntegerField(default=0)
    grid_minutes = models.PositiveIntegerField(default=30, help_text="Bookings start on this grid of the day")
    min_minutes = models.PositiveIntegerField(default=30)
    max_minutes = models.PositiveIntegerField(default=14 * 24 * 60)
    is_published = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    units: "models.ManyToManyField[Unit, ResourceUnit]" = models.ManyToManyField(
        Unit, through="ResourceUnit", related_name="resources"
    )

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(buffer_before_minutes__lte=1440, buffer_after_minutes__lte=1440),
                name="resource_buffers_within_a_day",
            ),
            models.CheckConstraint(
                condition=Q(grid_minutes__in=[5, 10, 15, 20, 30, 60, 120, 240, 720, 1440]),
                name="resource_grid_divides_the_day",
            ),
            models.CheckConstraint(
                condition=Q(min_minutes__gte=1, min_minutes__lte=F("max_minutes")),
                name="resource_shortest_before_longest",
            ),
            models.CheckConstraint(condition=Q(kind__in=ResourceKind.values), name="resource_kind_is_known"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="resource_audience_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ResourceUnit(models.Model):
    """One unit a resource claims. ``is_counted``: each booking takes as many pieces as it asks for."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="claims")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="claims")
    is_counted = models.BooleanField(default=False)

    class Meta:
        ordering = ["unit_id"]
        constraints = [models.UniqueConstraint(fields=["resource", "unit"], name="resource_claims_unit_once")]

    def __str__(self) -> str:
        return f"{self.resource_id} claims {self.unit_id}"


class Photo(models.Model):
    """A picture with its alternative text; ``file`` is the largest of the stored widths."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    location = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.CASCADE, related_name="photos"
    )
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="photos"
    )
    file = models.CharField(max_length=200)
    widths = ArrayField(models.PositiveIntegerField(), default=list)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=300)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="photo_has_alternative_text"),
            models.CheckConstraint(
                condition=Q(location__isnull=True) ^ Q(resource__isnull=True), name="photo_shows_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.alt


class OpeningHours(models.Model):
    """Weekly hours by the wall clock. Rows of a resource replace those of its location.

    ``weekday`` 0 is Monday. Minutes count from midnight; 1440 is the end of the day.
    """

    location = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.CASCADE, related_name="opening_hours"
    )
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="opening_hours"
    )
    weekday = models.PositiveSmallIntegerField()
    opens_minutes = models.PositiveSmallIntegerField()
    closes_minutes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["weekday", "opens_minutes"]
        constraints = [
            models.CheckConstraint(
                condition=Q(location__isnull=True) ^ Q(resource__isnull=True),
                name="opening_hours_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_hours_weekday"),
            models.CheckConstraint(
                condition=Q(opens_minutes__lt=F("closes_minutes"), closes_minutes__lte=1440),
                name="opening_hours_within_the_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens_minutes}–{self.closes_minutes}"


class SpecialDay(models.Model):
    """Days whose hours differ: closed (no minutes), or open at other times. Both dates are included."""

    location = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.CASCADE, related_name="special_days"
    )
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="special_days"
    )
    first_on = models.DateField()
    last_on = models.DateField()
    opens_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=120)

    class Meta:
        ordering = ["first_on", "opens_minutes"]
        constraints = [
            models.CheckConstraint(
                condition=Q(location__isnull=True) ^ Q(resource__isnull=True), name="special_day_of_one_thing"
            ),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="special_day_in_order"),
            models.CheckConstraint(
                condition=Q(opens_minutes__isnull=True, closes_minutes__isnull=True)
                | Q(opens_minutes__lt=F("closes_minutes"), closes_minutes__lte=1440),
                name="special_day_hours_or_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on}: {self.reason}"


class Closure(models.Model):
    """Time in which units are taken out of use (repair, holidays); it occupies them like a booking."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="closures")
    resource = models.ForeignKey(
        Resource,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="closures",
        help_text="None closes the whole location",
    )
    span = DateTimeRangeField(help_text="[start, end)")
    reason = models.CharField(max_length=200)
    created_by_label = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["span"]
        constraints = [
            models.CheckConstraint(
                condition=Q(span__isempty=False, span__lower_inf=False, span__upper_inf=False),
                name="closure_span_is_bounded",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

"""What leaves the catalogue: frozen values about places and resources, ready for pages and the API."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PhotoView:
    """``sources`` are (width in pixels, address) pairs, smallest first."""

    uuid: UUID
    alt: str
    width: int
    height: int
    url: str
    sources: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LocationView:
    id: int
    uuid: UUID
    slug: str
    name: str
    description: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    directions: str = ""
    step_free_directions: str = ""
    is_published: bool = True
    photos: tuple[PhotoView, ...] = ()
    position: int = 0
    occupancy_shown: str = "busy"

    @property
    def address(self) -> str:
        """One line: street, postal code and city."""
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One unit a resource claims; ``pieces`` is how many the unit has."""

    unit_id: int
    unit_name: str
    pieces: int
    is_counted: bool


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A resource with everything its page shows. ``kind``, ``audience``, ``amenities`` are codes with labels beside."""

    id: int
    uuid: UUID
    slug: str
    name: str
    kind: str
    kind_label: str
    location: LocationView
    summary: str = ""
    description: str = ""
    capacity: int | None = None
    area_m2: int | None = None
    amenities: tuple[str, ...] = ()
    amenity_labels: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    accessibility_labels: tuple[str, ...] = ()
    accessibility_note: str = ""
    house_rules: str = ""
    audience: str = "public"
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    grid_minutes: int = 30
    min_minutes: int = 30
    max_minutes: int = 20160
    is_published: bool = True
    photos: tuple[PhotoView, ...] = ()
    claims: tuple[ClaimView, ...] = ()
    tariff_codes: tuple[str, ...] = ()
    position: int = 0

    @property
    def most_pieces(self) -> int:
        """How many can be booked at once; 1 for what is taken whole."""
        return min((claim.pieces for claim in self.claims if claim.is_counted), default=1)

    @property
    def is_step_free(self) -> bool:
        return "step_free" in self.accessibility


@dataclass(frozen=True, slots=True)
class PlanResource:
    """A resource as a plan of many names it. ``is_part``: everything it claims belongs to something larger here too.

    ``pieces`` is how many can be booked at once, 1 for what is taken whole.
    """

    id: int
    slug: str
    name: str
    location_id: int
    location_slug: str
    location_name: str
    occupancy_shown: str
    unit_ids: frozenset[int]
    pieces: int = 1
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class HoursView:
    """Weekly hours; ``weekday`` 0 is Monday, minutes count from midnight by the wall clock."""

    weekday: int
    opens_minutes: int
    closes_minutes: int


@dataclass(frozen=True, slots=True)
class SpecialDayView:
    """Days with other hours, both ends included; no minutes means closed."""

    id: int
    first_on: date
    last_on: date
    reason: str
    opens_minutes: int | None = None
    closes_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class OpeningRules:
    """Everything that decides when a thing is open: its own rows, or those of its location.

    No weekly rows at all means open around the clock; a special day replaces the weekly hours of its days.
    """

    weekly: tuple[HoursView, ...] = ()
    special: tuple[SpecialDayView, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitView:
    """The smallest thing that can be taken, and the resources that claim it."""

    id: int
    location_id: int
    name: str
    pieces: int
    resource_names: tuple[str, ...] = ()


# --- What services take ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LocationData:
    """A location as a form fills it. An empty ``slug`` is made from the name."""

    name: str
    slug: str = ""
    description: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    directions: str = ""
    step_free_directions: str = ""
    is_published: bool = True
    position: int = 0
    occupancy_shown: str = "busy"


@dataclass(frozen=True, slots=True)
class ResourceData:
    """A resource as a form fills it. ``pieces`` above 1 makes it counted: 120 chairs, 12 desks."""

    location_id: int
    name: str
    kind: str
    slug: str = ""
    summary: str = ""
    description: str = ""
    capacity: int | None = None
    area_m2: int | None = None
    amenities: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    accessibility_note: str = ""
    house_rules: str = ""
    audience: str = "public"
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    grid_minutes: int = 30
    min_minutes: int = 30
    max_minutes: int = 20160
    is_published: bool = True
    position: int = 0
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class ClaimData:
    """One unit a resource shall claim; ``is_counted``: a booking takes as many pieces as it asks for."""

    unit_id: int
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class LayoutUnit:
    """A unit as the editor of parts leaves it. ``key`` names it within the layout; ``id`` None is a new one.

    ``is_offered``: a new unit gets an offer of its own, made like the one the editor was opened for.
    """

    key: str
    name: str
    pieces: int = 1
    id: int | None = None
    is_offered: bool = False


@dataclass(frozen=True, slots=True)
class LayoutResource:
    """What a resource claims, by the keys of units; ``counted`` are those taken by the piece."""

    resource_id: int
    units: frozenset[str]
    counted: frozenset[str] = frozenset()
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """What some resources of one location consist of."""

    units: tuple[LayoutUnit, ...]
    resources: tuple[LayoutResource, ...]


@dataclass(frozen=True, slots=True)
class SpecialDayData:
    """Days with other hours, both ends included; no minutes means closed."""

    first_on: date
    last_on: date
    reason: str
    opens_minutes: int | None = None
    closes_minutes: int | None = None

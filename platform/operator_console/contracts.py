"""What the pages of the console show: frozen values about towns, sign-ups and the audit trail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SchemaFigures:
    """What is read of a schema from outside. ``migrations`` counts those applied in it."""

    size_bytes: int = 0
    last_booking_at: datetime | None = None
    migrations: int = 0
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class TownRow:
    """One line of the table of towns; ``figures`` are empty while it has no schema.

    ``faults`` are short sentences; none means healthy.
    """

    id: int
    name: str
    slug: str
    origin: str
    state: str
    state_label: str
    figures: SchemaFigures
    last_activity_at: datetime | None
    created_at: datetime
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TownHealth:
    """Counts read inside the town's schema at this moment."""

    staff: int
    accounts: int
    resources: int
    bookings_open: int
    bookings_total: int
    last_booking_at: datetime | None
    mail_waiting: int
    mail_failed: int
    tables: int


@dataclass(frozen=True, slots=True)
class TownPage:
    """Everything about one town. ``health`` is None while it has no schema."""

    row: TownRow
    official_name: str
    kind_label: str
    municipality_key: str
    contact_name: str
    contact_email: str
    suspended_reason: str
    agreement_version: str
    agreement_accepted_at: datetime | None
    domains: tuple[tuple[str, bool, datetime | None], ...]
    schema_name: str
    birth_state: str
    birth_error: str
    health: TownHealth | None


@dataclass(frozen=True, slots=True)
class SignUpRow:
    """A sign-up as operators read it. ``steps_done`` counts answered steps."""

    uuid: UUID
    name: str
    email: str
    is_verified: bool
    state: str
    state_label: str
    steps_done: int
    created_at: datetime
    updated_at: datetime
    answers: tuple[tuple[str, str], ...] = ()

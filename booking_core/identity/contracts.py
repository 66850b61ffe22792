"""What leaves this room: frozen values about people and their rights."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StaffMember:
    """An account with at least one back-office role. Empty ``location_ids`` means every location."""

    user_id: int
    name: str
    email: str
    roles: frozenset[str]
    location_ids: frozenset[int]

    def may_see_location(self, location_id: int) -> bool:
        return not self.location_ids or location_id in self.location_ids

    def has_any(self, roles: frozenset[str]) -> bool:
        return bool(self.roles & roles)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, as history and audit trail will name them. ``user_id`` None: a guest or the system."""

    label: str
    user_id: int | None = None
    by_staff: bool = False


SYSTEM = Actor("System")


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One line of the staff list. ``last_login`` None: the invitation has not been used yet."""

    user_id: int
    name: str
    email: str
    roles: tuple[str, ...]
    role_labels: tuple[str, ...]
    location_ids: tuple[int, ...]
    last_login: datetime | None


@dataclass(frozen=True, slots=True)
class PartyView:
    """Someone who books, as lists and booking pages show them."""

    id: int
    uuid: UUID
    kind: str
    kind_label: str
    name: str
    email: str
    phone: str
    street: str
    postal_code: str
    city: str
    customer_group: str
    group_verified_at: datetime | None
    is_resident: bool
    is_registered: bool
    staff_note: str
    user_id: int | None
    billing_rhythm: str = "single"
    billing_label: str = ""


@dataclass(frozen=True, slots=True)
class Mandate:
    """A SEPA mandate. ``kind`` CORE or B2B; ``is_one_off`` ones are used once, ``used_on`` is the last time."""

    reference: str
    signed_on: date
    kind: str
    holder: str
    iban: str
    bic: str = ""
    is_one_off: bool = False
    used_on: date | None = None


@dataclass(frozen=True, slots=True)
class MemberView:
    """An account that books for an organisation. ``confirmed_at`` None: it only says so, no clerk has checked it."""

    user_id: int
    name: str
    email: str
    since: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ViewerFacts:
    """What the town knows of an account, as far as booking rules care."""

    user_id: int
    email: str
    name: str
    is_staff: bool
    is_resident: bool
    is_registered: bool
    customer_group: str


@dataclass(frozen=True, slots=True)
class ApiKeyView:
    """An API key without its secret. ``state``: active, expired, revoked."""

    id: int
    name: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of the audit trail. ``subject_name``: what the thing is called today, where somebody asked."""

    at: datetime
    actor_label: str
    action: str
    subject_type: str
    subject_id: str
    reason: str
    data: dict[str, object]
    subject_name: str = ""

"""What leaves this room: frozen values about people and their rights."""

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, as history and audit trail will name them. ``user_id`` None: a guest or the system."""

    label: str
    user_id: int | None = None
    by_staff: bool = False


SYSTEM = Actor("System")

"""What a new town is to be: the plan of a birth, and how it is kept as JSON while the town is built.

Not here: who asks for it (``onboarding``), how it is built (``births``).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

#: The facts of a plan that are columns of ``tenants.Tenant`` under the same name.
TENANT_FACTS = (
    "slug", "kind", "official_name", "short_name", "municipality_key", "federal_state", "street", "postal_code",
    "city", "contact_name", "contact_email", "contact_phone", "time_zone", "brand_colour", "tagline", "imprint",
    "privacy", "accessibility_statement", "auto_confirm", "guests_allowed", "agreement_version",
    "agreement_accepted_at", "agreement_accepted_by", "population",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BirthPlan:
    """A town to be born. ``slug`` is the sub-domain, already checked by ``tenants.names``.

    ``administrator_email`` must be proven by whoever makes the plan. ``furnish`` holds what the steps of other rooms
    need, plain JSON under the step's name.
    """

    slug: str
    kind: str
    official_name: str
    short_name: str
    administrator_email: str
    administrator_name: str = ""
    municipality_key: str = ""
    federal_state: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    time_zone: str = "Europe/Berlin"
    brand_colour: str = "#0b5d8a"
    tagline: str = ""
    imprint: str = ""
    privacy: str = ""
    accessibility_statement: str = ""
    auto_confirm: bool = False
    guests_allowed: bool = True
    agreement_version: str = ""
    agreement_accepted_at: datetime | None = None
    agreement_accepted_by: str = ""
    population: int | None = None
    furnish: Mapping[str, Any] = field(default_factory=dict)

    def tenant_facts(self) -> dict[str, Any]:
        """The values for the registry's row."""
        return {name: getattr(self, name) for name in TENANT_FACTS}

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, for the job's row."""
        at = self.agreement_accepted_at
        return {**asdict(self), "agreement_accepted_at": at.isoformat() if at else None}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "BirthPlan":
        """The plan that ``to_json`` wrote; names of older versions that are gone are passed over."""
        known = {item.name for item in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        at = values.get("agreement_accepted_at")
        return cls(**{**values, "agreement_accepted_at": datetime.fromisoformat(at) if at else None})

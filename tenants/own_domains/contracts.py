"""What leaves this room about own domains.

Not here: how it is stored (``tenants.models``).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Change = Literal["", "proven", "went_missing", "lost", "expired"]
State = Literal["pending", "verified", "failed", "released"]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim. ``record_name`` and ``record_value`` make the TXT record that proves it.

    ``finding`` and ``pointing`` are what the last look (``checked_at``) found; ``ends_at`` is when the claim is given
    up if nothing is found until then, None while all is well.
    """

    uuid: UUID
    domain: str
    shown: str
    state: State
    state_label: str
    finding: str
    pointing: str
    record_name: str
    record_value: str
    created_at: datetime
    checked_at: datetime | None
    proven_at: datetime | None
    ends_at: datetime | None
    is_primary: bool


@dataclass(frozen=True, slots=True)
class HostView:
    """A host the town answers on. ``is_own``: the town's own domain, not one below the main host."""

    host: str
    shown: str
    is_primary: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one look into the DNS saw: codes of ``ClaimFinding`` and ``Pointing``."""

    finding: str
    pointing: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim after a look, and what the look changed; "" for nothing new."""

    claim: ClaimView
    change: Change

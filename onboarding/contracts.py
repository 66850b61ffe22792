"""What leaves the wizard: a sign-up as its pages show it.

Not here: what a step's answer contains (its form).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SignUpView:
    """One sign-up. ``email`` is proven when ``is_verified``; ``tenant_id`` is set once it was sent."""

    uuid: UUID
    state: str
    email: str
    is_verified: bool
    tenant_id: int | None
    answers: Answers = field(default_factory=dict)

    def answer(self, step: str, name: str, default: Any = "") -> Any:
        """One value of one step."""
        return self.answers.get(step, {}).get(name, default)

"""The steps of a birth, in order. Rooms above hang theirs in when apps are ready, so this room imports none of them.

Not here: running them (``births``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from tenants.models import Tenant
from tenants.provisioning.plans import BirthPlan

Work = Callable[[Tenant, BirthPlan], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``percent`` is how far the birth is once it is done; steps run in that order.

    A step ``in_town`` stands in the town's schema, in one transaction together with the note that it is done. Other
    steps stand in the public schema without one and must bear being run again. Files are outside any transaction:
    write them under names that a second run overwrites.
    """

    name: str
    label: str | Promise
    percent: int
    work: Work
    in_town: bool = True


_registered: dict[str, Step] = {}


def register(name: str, label: str | Promise, percent: int, work: Work, *, in_town: bool = True) -> None:
    """Add a step; a step of the same name is replaced."""
    _registered[name] = Step(name, label, percent, work, in_town)


def all_steps() -> tuple[Step, ...]:
    """The registered steps in the order in which they run."""
    return tuple(sorted(_registered.values(), key=lambda step: (step.percent, step.name)))

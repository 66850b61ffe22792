"""The whole catalogue of a town as one frozen value, kept in memory until somebody changes it.

Not here: reading it row by row (``queries``), telling that it changed (each service calls ``town_facts_changed``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from booking_core.catalog.contracts import OpeningRules, ResourceView
from tenants.town_facts import TownMemory

_MOST_THINGS = 6_000  # resources of all towns together; about 3 KB each


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every resource in the town's order, published or not, and when each is open.

    ``published`` is one and the same value until something changes, so that others can hang what they make of it on it.
    """

    resources: tuple[ResourceView, ...]
    published: tuple[ResourceView, ...]
    by_id: Mapping[int, ResourceView]
    rules: Mapping[int, OpeningRules]

    def __len__(self) -> int:
        return len(self.resources)


_memory: TownMemory[Catalogue] = TownMemory(most_things=_MOST_THINGS)


def remembered_catalogue(read: Callable[[], Catalogue]) -> Catalogue | None:
    """The town's catalogue, its labels in the active language; None where it may not be kept just now."""
    return _memory.recall(get_language() or "", read)

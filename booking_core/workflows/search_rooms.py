"""Several rooms at once: side by side in one place, at the same time, together large enough.

Not here: single rooms (``search``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.kernel.spans import Span
from booking_core.workflows.search_contracts import Offer
from booking_core.workflows.search_scene import Scene


@dataclass(frozen=True, slots=True)
class RoomSet:
    """Rooms that share no unit, and the first time all of them fit."""

    rooms: tuple[ResourceView, ...]
    span: Span


def room_sets(scene: Scene, wanted: Iterable[ResourceView]) -> list[RoomSet]:
    """The best set of each place, places in the town's order."""
    by_place: dict[int, list[ResourceView]] = defaultdict(list)
    for resource in wanted:
        by_place[resource.location.id].append(resource)
    found = (_set_in(scene, rooms) for rooms in by_place.values() if len(rooms) >= scene.search.rooms)
    return [one for one in found if one is not None]


def offer_of(scene: Scene, found: RoomSet, whole_of: Mapping[frozenset[int], str]) -> Offer:
    """The set as one offer: the first room with the others beside it, one price for all."""
    first, *beside = found.rooms
    return scene.offer(first, found.span, beside=tuple(beside), reasons=(_why(found.rooms, whole_of),))


def wholes(resources: Iterable[ResourceView]) -> dict[frozenset[int], str]:
    """Halls that consist of several units: their units and their name."""
    return {
        frozenset(claim.unit_id for claim in one.claims): one.name for one in resources if len(one.claims) > 1
    }


def _set_in(scene: Scene, rooms: Sequence[ResourceView]) -> RoomSet | None:
    at: dict[Span, list[ResourceView]] = defaultdict(list)
    for room in rooms:
        for span in scene.times_for(room):
            at[span].append(room)
    for span in sorted(at):
        chosen = _side_by_side(at[span], scene)
        if chosen and scene.is_accepted(chosen, span):
            return RoomSet(chosen, span)
    return None


def _side_by_side(rooms: Sequence[ResourceView], scene: Scene) -> tuple[ResourceView, ...]:
    """So many rooms without a shared unit, the nearest together first: units of one hall follow one another."""
    count, persons = scene.search.rooms, scene.search.persons or 0
    ordered = sorted(rooms, key=lambda room: (min(_units(room)), len(_units(room))))
    best: tuple[int, tuple[ResourceView, ...]] | None = None
    for first in range(len(ordered)):
        chosen: list[ResourceView] = []
        taken: set[int] = set()
        for room in ordered[first:]:
            if not taken & _units(room):
                chosen.append(room)
                taken |= _units(room)
            if len(chosen) == count:
                break
        seats = [room.capacity for room in chosen if room.capacity]
        is_large = len(seats) < len(chosen) or sum(seats) >= persons
        if len(chosen) == count and is_large:
            spread = max(taken) - min(taken)
            if best is None or spread < best[0]:
                best = (spread, tuple(chosen))
    return best[1] if best else ()


def _units(room: ResourceView) -> set[int]:
    return {claim.unit_id for claim in room.claims}


def _why(rooms: Sequence[ResourceView], whole_of: Mapping[frozenset[int], str]) -> str:
    units = frozenset(unit for room in rooms for unit in _units(room))
    for whole, name in whole_of.items():
        if units <= whole:
            return _("Nebeneinander: Teile von %(name)s") % {"name": name}
    return _("Im selben Haus: %(name)s") % {"name": rooms[0].location.name}

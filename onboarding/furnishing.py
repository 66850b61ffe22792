"""What a new town starts with: places and resources out of an ordinance document, priced by it.

Not here: the choice (``offers``), when it runs (``birth_steps``). Everything goes through the same services as the
back office's pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from booking_core.catalog.contracts import ClaimData, HoursView, LocationData, ResourceData, ResourceView
from booking_core.catalog.services import save_location, save_resource, set_claims, set_opening_hours
from booking_core.engines.ordinance import Document, ResourceInfo, check, document_from_data, document_to_data
from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.services import adopt_document, bind_resource, publish_version
from onboarding.offers import TEMPLATES, read_ordinance

_FOLDER = Path(__file__).parent / "templates_data"
_CODE = "satzung"
_KINDS = {"room", "hall", "place", "desk", "device", "vehicle"}
_LAST_MINUTE = 24 * 60


@dataclass(frozen=True, slots=True)
class Town:
    """The facts of a town that its first place needs."""

    name: str
    street: str
    postal_code: str
    city: str
    federal_state: str


def furnish(town: Town, *, choice: str, place: str, ordinance: str, today: date) -> None:
    """Make the first place with its resources and put the ordinance in force from ``today``.

    An ordinance whose examples do not come out stays a draft; the resources are there, without prices.
    """
    if not ordinance:
        return
    document = _owned(read_ordinance(ordinance), town)
    house = _house(choice)
    location = save_location(
        LocationData(
            name=place or str(house.get("place") or town.name),
            street=town.street,
            postal_code=town.postal_code,
            city=town.city,
            description=str(house.get("description", "")),
        ),
        actor=SYSTEM,
    )
    set_opening_hours(_hours(house.get("hours", [])), location_id=location.id, actor=SYSTEM)
    made = _resources(document, house.get("resources", {}), location.id)
    _share_units(document, made)
    version = adopt_document(document_to_data(document), code=_CODE, valid_from=today, actor=SYSTEM)
    for code, resource in made.items():
        bind_resource(resource.id, version.ordinance_id, [code], actor=SYSTEM)
    if check(document).passed:
        publish_version(version.id, valid_from=today, actor=SYSTEM)


def _owned(document: Document, town: Town) -> Document:
    """The document as the town's own: its name, and its state for public holidays."""
    data = {**document_to_data(document), "municipality": town.name}
    return document_from_data({**data, "state": town.federal_state or data["state"]})


def _house(choice: str) -> Mapping[str, Any]:
    """What a template knows beside prices: hours, sizes, equipment. Other choices know nothing."""
    if choice not in TEMPLATES:
        return {}
    loaded: Mapping[str, Any] = YAML(typ="safe", pure=True).load(_FOLDER / f"{choice}.house.yaml")
    return loaded


def _hours(rows: Sequence[Mapping[str, Any]]) -> list[HoursView]:
    return [
        HoursView(weekday, int(row["opens"]) * 60, min(int(row["closes"]) * 60, _LAST_MINUTE))
        for row in rows
        for weekday in row["weekdays"]
    ]


def _resources(document: Document, facts: Mapping[str, Any], location_id: int) -> dict[str, ResourceView]:
    kinds = {info.id: info.kind for info in document.resources}
    made = {}
    for position, info in enumerate(document.resources):
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in facts.get(info.id, {}).items()
        }
        made[info.id] = save_resource(
            ResourceData(
                location_id=location_id,
                name=info.label.de[:120],
                kind=_kind(info, kinds),
                area_m2=int(info.area_m2) if info.area_m2 else None,
                pieces=info.pieces,
                position=position,
                **known,
            ),
            actor=SYSTEM,
        )
    return made


def _kind(info: ResourceInfo, kinds: Mapping[str, str]) -> str:
    """A part is of the kind of its whole; the catalogue has no kind of its own for it."""
    kind = kinds.get(info.part_of, "hall") if info.kind == "part" and info.part_of else info.kind
    return kind if kind in _KINDS else "room"


def _share_units(document: Document, made: Mapping[str, ResourceView]) -> None:
    """Let a whole claim the units of its parts, so that whole and part never meet."""
    parts = {info.id: _parts_of(info, document) for info in document.resources}
    for code in made:
        units = _units_of(code, parts, made)
        if parts[code]:
            set_claims(made[code].id, [ClaimData(unit) for unit in units], actor=SYSTEM)


def _parts_of(info: ResourceInfo, document: Document) -> tuple[str, ...]:
    return info.comprises or tuple(other.id for other in document.resources if other.part_of == info.id)


def _units_of(code: str, parts: Mapping[str, Sequence[str]], made: Mapping[str, ResourceView]) -> list[int]:
    """The units at the bottom of the tree below ``code``; its own where it has no parts."""
    if not parts[code]:
        return [claim.unit_id for claim in made[code].claims]
    return sorted({unit for part in parts[code] for unit in _units_of(part, parts, made)})

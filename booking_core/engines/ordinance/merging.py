"""Three documents: what changed at the origin since it was adopted, what was changed here, what can be taken over.

Not here: comparing two documents (``comparing``), storing the result.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from booking_core.engines.ordinance.comparing import HEAD, Change, compare, entries, plain_values
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.language.vocabulary import Part
from booking_core.engines.ordinance.loading import document_to_data

# What each town says about itself and its own text; differing there is no update.
_ABOUT_THE_TOWN = frozenset({"municipality", "state", "zone", "source", "in_force", "completeness"})


class Standing(StrEnum):
    """How a change of the origin stands to the own document."""

    OPEN = "open"
    TAKEN = "taken"
    COLLIDES = "collides"


@dataclass(frozen=True, slots=True)
class Update:
    """One change of the origin: ``own`` is what was done here to the same entry, where anything was."""

    change: Change
    standing: Standing
    own: Change | None = None


def updates(base: Document, *, origin: Document, own: Document) -> tuple[Update, ...]:
    """List what changed from ``base`` to ``origin``, and whether ``own``, also made from ``base``, can follow.

    A change is open where the own entry is still as it was, taken where it says the same as the origin already,
    and collides where both sides changed the same entry in different ways.
    """
    changed_here = {(one.section, one.id): one for one in compare(base, own)}
    return tuple(
        Update(change, _standing(change, base, origin, own), changed_here.get((change.section, change.id)))
        for change in compare(base, origin)
        if change.section != HEAD or change.id not in _ABOUT_THE_TOWN
    )


def own_changes(base: Document, *, own: Document) -> tuple[Change, ...]:
    """List what was changed here since the origin was taken, leaving out what the town says about itself."""
    return tuple(
        change for change in compare(base, own) if change.section != HEAD or change.id not in _ABOUT_THE_TOWN
    )


def _standing(change: Change, base: Document, origin: Document, own: Document) -> Standing:
    was, there, here = (_plain(document, change) for document in (base, origin, own))
    if here == there:
        return Standing.TAKEN
    return Standing.OPEN if here == was else Standing.COLLIDES


def _plain(document: Document, change: Change) -> object:
    if change.section == HEAD:
        return plain_values(document.content).get(change.id)
    entry: Part | None = entries(document, change.section).get(change.id)
    return None if entry is None else plain_values(entry)


def with_changes(own: Document, *, origin: Document, names: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return ``own`` as plain values with some entries as the origin has them: replaced, added or removed.

    ``names`` are (section, id). The result may name what the document does not know; ``document_from_data`` says so.
    """
    data, theirs = document_to_data(own), document_to_data(origin)
    for section, name in names:
        if section == HEAD:
            data.pop(name, None)
            data = data if name not in theirs else {**data, name: theirs[name]}
            continue
        kept, wanted = _listed(data, section), _listed(theirs, section)
        if name in wanted:
            kept[name] = wanted[name]
        else:
            kept.pop(name, None)
        data = {**data, section: list(kept.values())}
    return data


def _listed(data: Mapping[str, object], section: str) -> dict[str, Mapping[str, object]]:
    found = cast(list[Mapping[str, object]], data.get(section, []))
    return {str(entry["id"]): entry for entry in found}

"""Small changes of a document's plain data: add, replace, remove or move one entry, set amounts of a price table.

The contract of the editor: every change is one of the frozen values below. ``apply`` takes the stored data of a
draft and gives back new data; it never changes what it was given. ``edited`` runs one and hands back a document that
loads, in the form it is stored in. What a form did not touch is not written, so a change of one price leaves every
other word of the document as it is. Removing something that is still named elsewhere raises ``StillUsed`` with the
places; everything else that would not load raises ``DocumentInvalid``.

An entry is found by its list and id (``rates``, ``day_rates``); rows inside an entry by the name of the inner list
and their number (``cells``, 3). Numbers are safe because a draft changes only against the revision it was read at.

Not here: who may edit, locks and revisions (``ordinances.drafts``), what the words mean (``language``).
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Protocol, cast

from booking_core.engines.ordinance.contracts import DocumentInvalid, DocumentProblem
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.loading import document_from_data, document_to_data
from booking_core.engines.ordinance.references import RULE_LISTS

Data = Mapping[str, object]
Entry = dict[str, Any]
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class EntryMissing(Exception):
    """There is no such entry (any more)."""


class StillUsed(Exception):
    """Something cannot go because other places of the document name it; ``places`` are their paths."""

    def __init__(self, places: Sequence[tuple[str | int, ...]]) -> None:
        super().__init__("; ".join(str(place) for place in places))
        self.places = tuple(places)


@dataclass(frozen=True, slots=True)
class Address:
    """Where an entry stands: list and id, or a row inside that entry."""

    listed: str
    id: str
    inner: str = ""
    row: int = -1


class Change(Protocol):
    """One change of a document's data."""

    def apply(self, data: Data) -> dict[str, Any]:
        """Return new data with the change made. Raises EntryMissing."""


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Put an entry at the end of a list, or of a list inside the entry ``within``."""

    listed: str
    entry: Entry
    within: Address | None = None

    def apply(self, data: Data) -> dict[str, Any]:
        changed = _copy(data)
        place = changed if self.within is None else _find(changed, self.within)
        place.setdefault(self.listed, []).append(deepcopy(self.entry))
        return changed


@dataclass(frozen=True, slots=True)
class ReplaceEntry:
    """Put ``entry`` in the place of another."""

    address: Address
    entry: Entry

    def apply(self, data: Data) -> dict[str, Any]:
        changed = _copy(data)
        rows, number = _row(changed, self.address)
        rows[number] = deepcopy(self.entry)
        return changed


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    """Take an entry out; an empty list goes with it."""

    address: Address

    def apply(self, data: Data) -> dict[str, Any]:
        changed = _copy(data)
        rows, number = _row(changed, self.address)
        del rows[number]
        if not rows and not self.address.inner:
            del changed[self.address.listed]
        return changed


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Move an entry ``steps`` places down (negative: up), as far as the list goes."""

    address: Address
    steps: int

    def apply(self, data: Data) -> dict[str, Any]:
        changed = _copy(data)
        rows, number = _row(changed, self.address)
        rows.insert(min(len(rows) - 1, max(0, number + self.steps)), rows.pop(number))
        return changed


@dataclass(frozen=True, slots=True)
class SetFields:
    """Set or (None) clear fields of the document itself: name, state, what follows where the text is silent."""

    fields: Mapping[str, object]

    def apply(self, data: Data) -> dict[str, Any]:
        changed = _copy(data)
        for name, value in self.fields.items():
            if value is None:
                changed.pop(name, None)
            else:
                changed[name] = deepcopy(value)
        return changed


@dataclass(frozen=True, slots=True)
class SetAmounts:
    """What a clerk typed into a table of prices, in one change: amounts by address, new rows, rows that go."""

    amounts: Mapping[Address, str]
    added: Sequence[tuple[Address, Entry]] = ()
    removed: Sequence[Address] = ()

    def apply(self, data: Data) -> dict[str, Any]:
        changed = _copy(data)
        for address, amount in self.amounts.items():
            priced = _find(changed, address)
            priced["price"] = {**cast(Entry, priced.get("price", {})), "amount": amount}
        for rule, row in self.added:
            _find(changed, rule).setdefault("cells", []).append(deepcopy(row))
        for address in sorted(self.removed, key=lambda one: one.row, reverse=True):
            rows, number = _row(changed, address)
            del rows[number]
        return changed


def edited(data: Data, change: Change) -> tuple[Document, dict[str, object]]:
    """Run ``change`` and return the document and its data as stored.

    Raises EntryMissing, StillUsed where something taken away is still named, DocumentInvalid else.
    """
    try:
        document = document_from_data(change.apply(data))
    except DocumentInvalid as fault:
        if isinstance(change, RemoveEntry):
            raise StillUsed([path_of(problem) for problem in fault.problems]) from fault
        raise
    return document, document_to_data(document)


def entry_at(data: Data, address: Address) -> Entry:
    """A copy of the entry at ``address``. Raises EntryMissing."""
    return deepcopy(_find(data, address))


def path_to(data: Data, address: Address) -> tuple[str | int, ...]:
    """The path of an entry in the document: ("rates", 3, "cells", 0). Raises EntryMissing."""
    _find(data, address)
    own = (address.listed, _number(data, address.listed, address.id))
    return (*own, address.inner, address.row) if address.inner else own


def path_of(problem: DocumentProblem) -> tuple[str | int, ...]:
    """The path of a problem as steps.

    >>> from booking_core.engines.ordinance.contracts import LocalizedText
    >>> path_of(DocumentProblem(1, 1, "rates[0].when.group[1]", LocalizedText("", "")))
    ('rates', 0, 'when', 'group', 1)
    """
    return tuple(int(number) if number else name for number, name in _STEP.findall(problem.path))


def free_id(data: Data, listed: str, label: str) -> str:
    """A name for a new entry, made from its German label and not yet taken.

    >>> free_id({"groups": [{"id": "ortsvereine"}]}, "groups", "Ortsvereine")
    'ortsvereine_2'
    """
    plain = label.lower()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, letters)
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].rstrip("_")
    if not name or not name[0].isalpha():
        name = f"{listed.rstrip('s')}_{name}".rstrip("_")
    lists = RULE_LISTS if listed in RULE_LISTS else (listed,)
    taken = {str(entry.get("id")) for one in lists for entry in cast(Sequence[Entry], data.get(one, ()))}
    number, free = 2, name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def _copy(data: Data) -> dict[str, Any]:
    return deepcopy(dict(data))


def _number(data: Data, listed: str, entry_id: str) -> int:
    for number, entry in enumerate(cast(Sequence[Entry], data.get(listed, ()))):
        if entry.get("id") == entry_id:
            return number
    raise EntryMissing(f"{listed}/{entry_id}")


def _row(data: Data, address: Address) -> tuple[list[Entry], int]:
    rows = cast(list[Entry], data.get(address.listed, []))
    number = _number(data, address.listed, address.id)
    if not address.inner:
        return rows, number
    inner = rows[number].get(address.inner)
    if not isinstance(inner, list) or not 0 <= address.row < len(inner):
        raise EntryMissing(f"{address.listed}/{address.id}/{address.inner}/{address.row}")
    return inner, address.row


def _find(data: Data, address: Address) -> Entry:
    rows, number = _row(data, address)
    return rows[number]

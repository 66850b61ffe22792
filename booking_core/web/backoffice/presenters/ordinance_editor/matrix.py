"""Tables of prices: offers down, groups across, one table per purpose, an amount in each cell.

A rate that is a table of cells becomes such tables; a rate with one plain amount becomes a table of one cell. What is
no plain amount (steps, percentages) is shown in words with a link. An empty cell can be filled: it becomes a row of
the rate with the condition of its line and column.

Not here: reading what was typed (``forms.ordinance_editor.matrix``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Document
from booking_core.engines.ordinance.editing import Address
from booking_core.engines.ordinance.entry_words import EntryWords
from booking_core.engines.ordinance.language.conditions import CONDITION_FIELDS, When
from booking_core.web.backoffice.forms.ordinance_editor.choices import DocumentChoices
from booking_core.web.backoffice.presenters.ordinance_editor.entries import entry_url
from booking_core.web.backoffice.presenters.quotes import in_words

MOST_CELLS = 600
_SPREAD = ("group", "purpose")
_SHARED = (*(name for name in CONDITION_FIELDS if name not in _SPREAD), "label", "unit", "paragraph")


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell: an amount to type (``field``), or words that lead to the row's own page."""

    field: str
    label: str
    amount: str = ""
    words: str = ""
    url: str = ""
    address: Address | None = None
    condition: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One line: what it is about, and its cells, one per column."""

    label: str
    cells: list[MatrixCell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One table of a rate. ``key`` tells it apart from the others of the rate."""

    key: str
    purpose: str
    columns: list[str]
    rows: list[MatrixRow]


def matrices(version_id: int, document: Document, listed: str, entry_id: str) -> list[Matrix]:
    """The tables of one rate or add-on; empty where it has no plain amounts."""
    choices = DocumentChoices(document)
    entry = next((one for one in choices.entries(listed) if one["id"] == entry_id), None)
    if entry is None:
        return []
    maker = _Maker(version_id, choices, listed, entry)
    return maker.tables() if entry.get("cells") else maker.single()


class _Maker:
    """Lays out the cells of one rate."""

    def __init__(self, version_id: int, choices: DocumentChoices, listed: str, entry: dict[str, Any]) -> None:
        self.version_id, self.listed, self.entry = version_id, listed, entry
        self.words = EntryWords(choices.document.content)
        self.offers = dict(choices.of("resources"))
        self.groups = dict(choices.of("groups"))
        self.purposes = dict(choices.of("purposes"))
        rule = next(one for one in getattr(choices.document.content, listed) if one.id == entry["id"])
        self.rule = rule
        self.cells = list(zip(entry.get("cells", ()), rule.cells or (), strict=True))

    def single(self) -> list[Matrix]:
        """One plain amount as a table of one cell."""
        price, address = self.entry.get("price"), Address(self.listed, str(self.entry["id"]))
        if not isinstance(price, dict) or set(price) != {"amount"}:
            return []
        label = in_words(self.words.name(self.rule))
        cell = MatrixCell(
            "zelle", label, price["amount"], url=entry_url(self.version_id, address), address=address
        )
        return [Matrix("0", "", [_("Euro")], [MatrixRow(label, [cell])])]

    def tables(self) -> list[Matrix]:
        """One table per purpose, cut where it would grow too long for one form."""
        purposes = list(dict.fromkeys(_names(cell, "purpose") for cell, _part in self.cells))
        found = []
        for number, purpose in enumerate(purposes):
            own = [(place, cell, part) for place, (cell, part) in enumerate(self.cells)
                   if _names(cell, "purpose") == purpose]  # fmt: skip
            columns = self._columns([cell for _place, cell, _part in own])
            lines: dict[str, list[tuple[int, dict[str, Any], Any]]] = {}
            for place, cell, part in own:
                key = _line_key(cell)
                while any(
                    _names(other, "group") == _names(cell, "group") for _p, other, _w in lines.get(key, ())
                ):
                    key += "#"
                lines.setdefault(key, []).append((place, cell, part))
            rows = [
                self._row(f"{number}-{line}", purpose, columns, cells)
                for line, cells in enumerate(lines.values())
            ]
            step = max(1, MOST_CELLS // max(1, len(columns)))
            label = self._labels(purpose, self.purposes)
            for start in range(0, len(rows), step):
                found.append(Matrix(f"{number}-{start}", label, [self._labels(one, self.groups) for one in columns],
                                    rows[start : start + step]))  # fmt: skip
        return found

    def _columns(self, cells: list[dict[str, Any]]) -> list[tuple[str, ...]]:
        """The groups across: every single group that is named or could be, then sets of groups, then all."""
        named = list(dict.fromkeys(_names(cell, "group") for cell in cells))
        if named == [()]:
            return named
        order = {(group,): place for place, group in enumerate(self.groups)}
        allowed = self.entry.get("when", {}).get("group") or list(self.groups)
        used = {group for names in named for group in names}
        free = [(group,) for group in allowed if group not in used]
        return sorted([*named, *free], key=lambda one: (order.get(one, len(order)), len(one)))

    def _row(
        self, key: str, purpose: tuple[str, ...], columns: list[tuple[str, ...]],
        cells: list[tuple[int, dict[str, Any], Any]],
    ) -> MatrixRow:  # fmt: skip
        by_group = {_names(cell, "group"): (place, cell, part) for place, cell, part in cells}
        first = cells[0][1]
        condition = {name: first[name] for name in _SHARED if name in first}
        label = self._line_label(first, cells[0][2])
        made = []
        for number, group in enumerate(columns):
            column = self._labels(group, self.groups)
            words = ", ".join(part for part in (label, column, self._labels(purpose, self.purposes)) if part)
            if group in by_group:
                made.append(self._cell(*by_group[group], words))
            else:
                own = {**condition, **({"group": list(group)} if group else {}),
                       **({"purpose": list(purpose)} if purpose else {})}  # fmt: skip
                made.append(MatrixCell(f"neu-{key}-{number}", words, condition=own))
        return MatrixRow(label, made)

    def _cell(self, place: int, cell: dict[str, Any], part: Any, label: str) -> MatrixCell:
        address = Address(self.listed, str(self.entry["id"]), "cells", place)
        url = entry_url(self.version_id, address)
        price = cell.get("price")
        if isinstance(price, dict) and set(price) == {"amount"}:
            return MatrixCell(f"zelle-{place}", label, amount=price["amount"], url=url, address=address)
        words = in_words(self.words.words.pricing(part, part.unit or str(self.entry.get("unit", "piece"))))
        return MatrixCell("", label, words=words, url=url, address=address)

    def _line_label(self, cell: Mapping[str, Any], part: Any) -> str:
        """What a line is about: the names of its offers, then what else must hold."""
        offers = ", ".join(self.offers.get(name, name) for name in cell.get("resource", ()))
        rest = in_words(self.words.conditions.condition(_when(part)))
        return " · ".join(said for said in (offers, rest) if said) or "–"

    def _labels(self, names: tuple[str, ...], known: Mapping[str, str]) -> str:
        return ", ".join(known.get(name, name) for name in names)


def _names(cell: Mapping[str, Any], field: str) -> tuple[str, ...]:
    return tuple(cell.get(field) or ())


def _line_key(cell: Mapping[str, Any]) -> str:
    return repr([(name, cell[name]) for name in CONDITION_FIELDS if name in cell and name not in _SPREAD])


def _when(part: Any) -> When:
    fields = {name: getattr(part, name) for name in part.model_fields_set if name in CONDITION_FIELDS}
    gone = dict.fromkeys((*_SPREAD, "resource"))
    return When.model_construct(set(fields) - set(gone), **{**_EMPTY, **fields, **gone})


_EMPTY: dict[str, Any] = dict.fromkeys(CONDITION_FIELDS)

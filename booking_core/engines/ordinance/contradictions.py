"""Rules of one rank that can apply to the same booking: the document must say which goes first.

Not here: choosing at quote time (``choosing``), proving that two conditions exclude each other (``disjointness``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from booking_core.engines.ordinance.charging import Cell, Charge
from booking_core.engines.ordinance.contracts import DocumentProblem, LocalizedText
from booking_core.engines.ordinance.disjointness import EXCLUSIVE_NAMES, Conditions, are_disjoint
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.language.prices import Rate
from booking_core.engines.ordinance.language.rules import Cancellation, Handover, Payment
from booking_core.engines.ordinance.positions import Path
from booking_core.engines.ordinance.precedence import AnyCapOrTax, one_before_the_other
from booking_core.engines.ordinance.rulebook import Conditional, condition_of


@dataclass(frozen=True, slots=True)
class _Contender:
    """Something that wants to price a booking: a rate, one of its cells, or a cancellation step."""

    path: Path
    words: str
    rank: tuple[int, int]
    conditions: Conditions
    choose: str | None
    package: frozenset[str] | None


_Ranked = AnyCapOrTax | Conditional[Cancellation] | Conditional[Payment] | Conditional[Handover]
_Names = tuple[tuple[frozenset[str] | None, ...], ...]


def contradictions(document: Document) -> tuple[DocumentProblem, ...]:
    """Pairs of rates, cells or cancellation steps that fit equally well and could both apply."""
    multiple = frozenset(fact.id for fact in document.content.facts if fact.kind == "choices")
    found = []
    names: dict[int, _Names] = {}
    for first, second, by_day in _pairs(document):
        if first.rank != second.rank or first.package != second.package:
            continue
        if first.choose is not None and first.choose == second.choose:
            continue
        if _apart_by_name(_names_of(first, names), _names_of(second, names)):
            continue
        if not are_disjoint(first.conditions, second.conditions, by_day=by_day, multiple=multiple):
            found.append(_problem(document, first, second))
    return tuple(found)


def _names_of(contender: _Contender, known: dict[int, _Names]) -> _Names:
    """The names a contender is about, worked out once: a table of 480 cells has 115,000 pairs."""
    key = id(contender.conditions)
    if key not in known:
        known[key] = tuple(
            tuple(
                frozenset(value) if (value := getattr(when, name)) is not None else None
                for name in EXCLUSIVE_NAMES
            )
            for when in contender.conditions
        )
    return known[key]


def _apart_by_name(first: _Names, second: _Names) -> bool:
    """Whether two conditions name different resources, groups or purposes: the quickest and commonest proof."""
    for left in first:
        for right in second:
            for a, b in zip(left, right, strict=True):
                if a is not None and b is not None and a.isdisjoint(b):
                    return True
    return False


def _pairs(document: Document) -> Iterator[tuple[_Contender, _Contender, bool]]:
    rulebook = document.rulebook
    contenders = [
        contender
        for index, charge in enumerate(rulebook.rates)
        for contender in _of_rate(charge, ("rates", index))
    ]
    for first, second in combinations(contenders, 2):
        yield first, second, False
    named = [*(("rates", index, charge) for index, charge in enumerate(rulebook.rates))]
    for listed, index, charge in named:
        if charge.is_split:
            yield from _cell_pairs(charge, (listed, index))
    places = {rule.id: index for index, rule in enumerate(document.content.addons)}
    for charge in (*rulebook.addons, *rulebook.shares):
        yield from _cell_pairs(charge, ("addons", places[charge.rule.id]))
    lists: tuple[tuple[str, Sequence[_Ranked]], ...] = (
        ("cancellation", rulebook.cancellations),
        ("payment", rulebook.payments),
        ("handover", rulebook.handover),
    )
    for listed, entries in lists:
        steps = [_of_rule(document, listed, entry) for entry in entries]
        yield from ((first, second, False) for first, second in combinations(steps, 2))
    for listed, one, other in one_before_the_other(document):
        yield _of_rule(document, listed, one), _of_rule(document, listed, other), False


def _of_rule(document: Document, listed: str, entry: _Ranked) -> _Contender:
    place = next(
        index for index, rule in enumerate(getattr(document.content, listed)) if rule.id == entry.rule.id
    )
    return _Contender((listed, place), entry.rule.id, entry.rank, (entry.rule.when,), None, None)


def _of_rate(charge: Charge, path: Path) -> Iterator[_Contender]:
    rule = charge.rule
    if not isinstance(rule, Rate):
        return
    if charge.is_split:
        rank = (rule.priority, charge.condition.specificity + 1)
        yield _Contender(path, rule.id, rank, (rule.when,), rule.choose, None)
        return
    for cell in charge.cells:
        rank = (rule.priority, charge.condition.specificity + cell.condition.specificity)
        package = frozenset(cell.resources) if rule.take == "set" else None
        words = _cell_words(charge, cell)
        conditions = (rule.when, condition_of(cell))
        yield _Contender(_cell_path(charge, cell, path), words, rank, conditions, rule.choose, package)


def _cell_pairs(charge: Charge, path: Path) -> Iterator[tuple[_Contender, _Contender, bool]]:
    """Cells of one table; where it is split they look at one day or part."""
    cells = [
        _Contender(
            _cell_path(charge, cell, path),
            _cell_words(charge, cell),
            (0, cell.condition.specificity),
            (condition_of(cell),),
            None,
            None,
        )
        for cell in charge.cells
    ]
    split = charge.rule.split
    by_day = split is not None and split.day_change == "00:00"  # else a piece touches two calendar days
    for first, second in combinations(cells, 2):
        yield first, second, by_day


def _cell_path(charge: Charge, cell: Cell, path: Path) -> Path:
    return (*path, "cells", cell.index) if charge.rule.cells is not None else path


def _cell_words(charge: Charge, cell: Cell) -> str:
    return f"{charge.rule.id}[{cell.index}]" if charge.rule.cells is not None else charge.rule.id


def _problem(document: Document, first: _Contender, second: _Contender) -> DocumentProblem:
    line, column = document.place(second.path)
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in second.path).lstrip(".")
    above = document.place(first.path)[0]
    lines = (f" (Zeile {above})", f" (line {above})") if document.places else ("", "")
    message = LocalizedText(
        f"{first.words}{lines[0]} und {second.words} können für dieselbe Buchung gelten. "
        "Erwartet wird eine genauere Bedingung oder ein anderer Vorrang (priority).",
        f"{first.words}{lines[1]} and {second.words} can apply to the same booking. "
        "A more specific condition or another priority is expected.",
    )
    return DocumentProblem(line, column, path, message)

"""Whether a well-formed document makes sense: things it needs to have said elsewhere, rules that can never apply.

Not here: names that lead nowhere (``references``), answers of the wrong kind (``answers``), rules that contradict each
other (``contradictions``).
"""

from collections.abc import Iterator
from itertools import combinations

from booking_core.engines.ordinance.answers import wrong_answers
from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.language.conditions import When
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.prices import Charge, Rate, Split
from booking_core.engines.ordinance.mistakes import Mistake
from booking_core.engines.ordinance.positions import Path
from booking_core.engines.ordinance.references import parts_of
from booking_core.engines.ordinance.windows import minutes_overlap

_NO_HANDOVER = LocalizedText(
    "Übergabezeiträume lassen sich nur zählen, wenn handover die Uhrzeiten nennt.",
    "Handover periods can be counted only where handover names the clock times.",
)
_NO_DAY_PARTS = LocalizedText(
    "Nach Tagesabschnitten lässt sich nur teilen, wenn day_parts sie nennt.",
    "A rate can be split by day part only where day_parts names them.",
)
_CIRCLE = LocalizedText(
    "Eine Klasse darf sich nur auf Klassen stützen, die vor ihr stehen.",
    "A class may rely only on classes that stand before it.",
)
_PART_UNSPLIT = LocalizedText(
    "Nach part lässt sich nur in cells fragen, deren Regel split: {by: day_part} hat. So gilt das nie.",
    "part can be asked for only in cells of a rule with split: {by: day_part}. As it stands, this never holds.",
)
_NO_PACKAGE = LocalizedText(
    "Bei take: set nennt jede Zeile mit resource die Ressourcen, die zusammen gebucht sind.",
    "With take: set every cell names in resource the resources that are booked together.",
)


def senseless(ordinance: Ordinance) -> tuple[Mistake, ...]:
    """Everything that could never work as written."""
    return (
        *_things_not_said(ordinance),
        *_circular_classes(ordinance),
        *_parts_without_split(ordinance),
        *_packages_without_resources(ordinance),
        *_overlapping_parts(ordinance),
        *wrong_answers(ordinance),
    )


def _things_not_said(ordinance: Ordinance) -> Iterator[Mistake]:
    for path, part in parts_of(ordinance, ()):
        if isinstance(part, Measure) and part.count == "handover_periods" and not ordinance.handover:
            yield Mistake(path, _NO_HANDOVER)
        if isinstance(part, Split) and part.by == "day_part" and not ordinance.day_parts:
            yield Mistake((*path, "by"), _NO_DAY_PARTS)


def _circular_classes(ordinance: Ordinance) -> Iterator[Mistake]:
    earlier: set[str] = set()
    for index, entry in enumerate(ordinance.classes):
        here: Path = ("classes", index)
        for path, part in parts_of(entry, here):
            if isinstance(part, When) and not set(part.classes or {}) <= earlier:
                yield Mistake((*path, "classes"), _CIRCLE)
        earlier.add(entry.id)


def _charges(ordinance: Ordinance) -> Iterator[tuple[Path, Charge]]:
    for listed in ("rates", "addons"):
        for index, charge in enumerate(getattr(ordinance, listed)):
            yield (listed, index), charge


def _parts_without_split(ordinance: Ordinance) -> Iterator[Mistake]:
    """``part`` where nothing is cut by day part: in other rules, or beside a table."""
    split = {
        path
        for path, charge in _charges(ordinance)
        if charge.split is not None and charge.split.by == "day_part"
    }
    for path, part in parts_of(ordinance, ()):
        if isinstance(part, When) and part.part is not None:
            is_in_table = len(path) > 2 and path[:2] in split and path[2] == "cells"  # noqa: PLR2004 - rule, then field
            if not is_in_table and path[:1] != ("classes",):
                yield Mistake((*path, "part"), _PART_UNSPLIT)


def _packages_without_resources(ordinance: Ordinance) -> Iterator[Mistake]:
    for path, charge in _charges(ordinance):
        if isinstance(charge, Rate) and charge.take == "set" and charge.when.resource is None:
            cells = charge.cells or ()
            if not cells:
                yield Mistake(path, _NO_PACKAGE)
            for index, cell in enumerate(cells):
                if cell.resource is None:
                    yield Mistake((*path, "cells", index), _NO_PACKAGE)


def _overlapping_parts(ordinance: Ordinance) -> Iterator[Mistake]:
    """Two parts of the day that one table uses must not share time, else that time would be charged twice."""
    parts = {part.id: part for part in ordinance.day_parts}
    for path, charge in _charges(ordinance):
        if charge.split is None or charge.split.by != "day_part":
            continue
        cells = charge.cells or ()
        used = (
            [name for cell in cells for name in cell.part or ()]
            if all(c.part for c in cells)
            else list(parts)
        )
        for first, second in combinations(dict.fromkeys(used), 2):
            a, b = parts[first], parts[second]
            if minutes_overlap(a.from_, a.to, b.from_, b.to):
                message = LocalizedText(
                    f"Die Tagesabschnitte {first} und {second} überschneiden sich; hier würde Zeit doppelt berechnet.",
                    f"The day parts {first} and {second} overlap; time would be charged twice here.",
                )
                yield Mistake((*path, "split"), message)

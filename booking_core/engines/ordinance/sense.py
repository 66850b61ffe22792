"""Whether a well-formed document makes sense: things it needs to have said elsewhere, classes without circles.

Not here: names that lead nowhere (``references``), rules that contradict each other (``contradictions``).
"""

from collections.abc import Iterator

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.language.conditions import When
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.prices import Split
from booking_core.engines.ordinance.mistakes import Mistake
from booking_core.engines.ordinance.positions import Path
from booking_core.engines.ordinance.references import parts_of

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


def senseless(ordinance: Ordinance) -> tuple[Mistake, ...]:
    """Everything that could never work as written."""
    return (*_things_not_said(ordinance), *_circular_classes(ordinance))


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

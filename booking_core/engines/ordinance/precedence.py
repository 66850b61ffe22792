"""Caps and taxes that work on the same lines, so that it matters which of them goes first.

Not here: whether they can apply to one booking (``contradictions``).
"""

from collections.abc import Iterator
from itertools import combinations

from booking_core.engines.ordinance.contracts import LineKind
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.language.rules import Cap, Tax
from booking_core.engines.ordinance.rulebook import Conditional, Rulebook
from booking_core.engines.ordinance.scopes import Scope

AnyCapOrTax = Conditional[Cap] | Conditional[Tax]


def one_before_the_other(document: Document) -> Iterator[tuple[str, AnyCapOrTax, AnyCapOrTax]]:
    """Pairs of caps, and of taxes that say different things, that touch a line of each other or a common one."""
    rulebook = document.rulebook
    lines = tuple(_lines_of(rulebook))
    for first, second in combinations(rulebook.caps, 2):
        touched = _touched(first.scope, lines), _touched(second.scope, lines)
        if (
            not touched[0].isdisjoint(touched[1])
            or first.rule.id in touched[1]
            or second.rule.id in touched[0]
        ):
            yield "caps", first, second
    for one, other in combinations(rulebook.taxes, 2):
        same = (one.rule.mode, one.rule.percent) == (other.rule.mode, other.rule.percent)
        if not same and not _touched(one.scope, lines).isdisjoint(_touched(other.scope, lines)):
            yield "tax", one, other


def _lines_of(rulebook: Rulebook) -> Iterator[tuple[LineKind, str]]:
    """Every kind of line the document can bring about."""
    yield from ((LineKind.RATE, charge.rule.id) for charge in rulebook.rates)
    yield from ((charge.kind, charge.rule.id) for charge in (*rulebook.addons, *rulebook.shares))
    yield from ((LineKind.SURCHARGE, entry.rule.id) for entry in rulebook.surcharges)
    yield from ((LineKind.SURCHARGE, entry.rule.id) for entry in rulebook.caps)
    yield from ((LineKind.EXEMPTION, entry.rule.id) for entry in rulebook.exemptions)


def _touched(scope: Scope, lines: tuple[tuple[LineKind, str], ...]) -> frozenset[str]:
    return frozenset(rule for kind, rule in lines if scope.includes(kind, rule))

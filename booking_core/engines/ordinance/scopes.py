"""Which lines a rule about other lines means: all, rates, extras, addons, surcharges, or named rules and extras.

Not here: what is done with them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from booking_core.engines.ordinance.contracts import LineKind, PriceLine

_KINDS = {
    "rates": frozenset({LineKind.RATE}),
    "extras": frozenset({LineKind.EXTRA}),
    "addons": frozenset({LineKind.ADDON}),
    "surcharges": frozenset({LineKind.SURCHARGE}),
    "all": frozenset(
        {LineKind.RATE, LineKind.EXTRA, LineKind.ADDON, LineKind.SURCHARGE, LineKind.EXEMPTION, LineKind.TAX}
    ),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Kinds of lines and names of rules; an extra's name stands for the rules that price it."""

    kinds: frozenset[LineKind]
    rules: frozenset[str]

    def includes(self, kind: LineKind, rule: str) -> bool:
        """Whether a line of this kind and rule is meant."""
        return kind in self.kinds or rule in self.rules

    def of(self, lines: Iterable[PriceLine]) -> list[PriceLine]:
        """The lines meant."""
        return [line for line in lines if self.includes(line.kind, line.rule)]

    def sum_of(self, lines: Iterable[PriceLine]) -> Decimal:
        """The sum in euro of the lines meant that are known when booking."""
        return sum((line.amount.euros for line in self.of(lines) if not line.after_use), Decimal(0))


def compile_scope(words: tuple[str, ...], rules_of_extra: dict[str, tuple[str, ...]]) -> Scope:
    """Read the words of a scope."""
    kinds: frozenset[LineKind] = frozenset()
    rules: set[str] = set()
    for word in words:
        if word in _KINDS:
            kinds |= _KINDS[word]
        else:
            rules.add(word)
            rules.update(rules_of_extra.get(word, ()))
    return Scope(kinds, frozenset(rules))

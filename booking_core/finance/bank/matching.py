"""Find the invoice a payment is for: by reference, by number, by name and amount; and say how sure that is.

Not here: recording it (``services.statements``).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from booking_core.finance.bank.lines import BankLine

_SHORTEST_REFERENCE = 6


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice something is open on (``balance_cents`` above zero) or owed back on (below)."""

    invoice: UUID
    number: str
    reference: str
    party_name: str
    balance_cents: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The invoice a movement belongs to. ``reason``: reference, number or name.

    ``is_sure``: the reference or number is named and the amount is exactly what is open.
    """

    item: OpenItem
    reason: str
    is_sure: bool


def propose(line: BankLine, items: Sequence[OpenItem]) -> Proposal | None:
    """The best guess, or None. Money in is for open invoices, money out for credits.

    The reference or the number of the invoice, written anywhere in the purpose with any spaces, counts first; else
    the same amount from somebody with a name the invoice knows, where only one fits.
    """
    fitting = [item for item in items if (item.balance_cents > 0) == (line.cents > 0) and item.balance_cents]
    text = _squeezed(f"{line.reference} {line.purpose}")
    for reason, name in (("reference", "reference"), ("number", "number")):
        named = [
            item
            for item in fitting
            if len(_squeezed(getattr(item, name))) >= _SHORTEST_REFERENCE
            and _squeezed(getattr(item, name)) in text
        ]
        if len(named) == 1:
            return Proposal(named[0], reason, is_sure=named[0].balance_cents == line.cents)
    same = [
        item
        for item in fitting
        if item.balance_cents == line.cents and _names_meet(item.party_name, line.name)
    ]
    return Proposal(same[0], "name", is_sure=False) if len(same) == 1 else None


def _squeezed(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _names_meet(known: str, told: str) -> bool:
    """At least two words in common, or the only word there is: banks turn names around and cut them."""
    ours, theirs = _words(known), _words(told)
    return bool(ours and theirs) and len(ours & theirs) >= min(2, len(ours), len(theirs))


def _words(name: str) -> frozenset[str]:
    plain = name.lower().translate(_UMLAUTS)
    return frozenset(word for word in re.findall(r"[a-z]{3,}", plain) if word not in _FILLERS)


_UMLAUTS = {ord(sign): written for sign, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))}
_FILLERS: Iterable[str] = frozenset({"und", "der", "die", "das", "frau", "herr", "gmbh", "verein"})

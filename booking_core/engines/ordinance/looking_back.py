"""What a document wants to know of the past or when cancelling: its quotas, its accounts, questions asked only then.

Not here: the past itself (``earlier_use``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from booking_core.engines.ordinance.language.conditions import Quota, When
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.prices import Price
from booking_core.engines.ordinance.language.vocabulary import Part
from booking_core.engines.ordinance.references import parts_of


@dataclass(frozen=True, slots=True)
class LookingBack:
    """``balances``: for each name of earlier use that is counted by, the accounts that carry it on.

    ``when_cancelling``: questions only the rules of cancelling ask, so that nobody can answer them before.
    """

    quotas: tuple[Quota, ...]
    balances: dict[str, tuple[str, ...]]
    when_cancelling: frozenset[str]


NOTHING_PAST = LookingBack((), {}, frozenset())


def looking_back(ordinance: Ordinance) -> LookingBack:
    """Read a document for what it wants to know of the past."""
    parts = [part for path, part in parts_of(ordinance, ()) if path[:1] != ("examples",)]
    quotas = tuple(dict.fromkeys(part for part in parts if isinstance(part, Quota)))
    named = sorted({part.history for part in parts if isinstance(part, Measure) and part.history})
    carried = [(account.id, _histories(account.start)) for account in ordinance.accounts]
    return LookingBack(
        quotas,
        {name: tuple(account for account, names in carried if name in names) for name in named},
        _asked_when_cancelling(ordinance),
    )


def _histories(part: Part) -> set[str]:
    return {one.history for _path, one in parts_of(part, ()) if isinstance(one, Measure) and one.history}


def _asked_when_cancelling(ordinance: Ordinance) -> frozenset[str]:
    cancelling, else_where = set[str](), set[str]()
    for path, part in parts_of(ordinance, ()):
        if path[:1] == ("cancellation",):
            cancelling.update(_facts_named(part))
        elif path[:1] != ("examples",):
            else_where.update(_facts_named(part))
    return frozenset(cancelling - else_where)


def _facts_named(part: Part) -> Iterator[str]:
    if isinstance(part, When):
        yield from part.facts or ()
    elif isinstance(part, Measure | Price) and part.fact is not None:
        yield part.fact

"""Add up what bookings cost before and after a change of the rules. Values in, values out.

Not here: the single prices (``engines.ordinance``), reading bookings or storing a run (``ordinances.simulations``).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What the new rules make of a booking that was made under the old ones.

    ``OPEN``: the administration would have to name the price. ``NOT_COMPARABLE``: it could not be priced at all.
    """

    PRICED = "priced"
    REFUSED = "refused"
    OPEN = "open"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Trial:
    """One booking before and after, in cents by resource. A refused one earns nothing after.

    ``month`` is ``2026-07``; ``why`` names the rule or code at fault where it is not simply priced; ``unanswered``
    are questions of the new rules that nobody was asked when the booking was made.
    """

    reference: str
    group: str
    month: str
    fate: Fate
    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)
    why: str = ""
    unanswered: tuple[str, ...] = ()

    @property
    def before_cents(self) -> int:
        return sum(self.before.values())

    @property
    def after_cents(self) -> int:
        return sum(self.after.values())

    @property
    def difference_cents(self) -> int:
        return self.after_cents - self.before_cents

    @property
    def counts(self) -> bool:
        """Whether both sides are known, so that it belongs into the sums."""
        return self.fate in {Fate.PRICED, Fate.REFUSED}


@dataclass(frozen=True, slots=True)
class Sum:
    """What the bookings under one heading earn before and after, in cents."""

    key: str
    bookings: int
    before_cents: int
    after_cents: int

    @property
    def difference_cents(self) -> int:
        return self.after_cents - self.before_cents


@dataclass(frozen=True, slots=True)
class Change:
    """How many bookings of one group pay more, less, the same, or would be refused; and by how much together."""

    key: str
    more: int = 0
    more_cents: int = 0
    less: int = 0
    less_cents: int = 0
    same: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run added up. Only priced and refused bookings are in the sums; the rest is counted apart.

    ``not_comparable``: why → bookings. ``unanswered``: question → bookings in the sums that have no answer to it.
    """

    total: Sum
    by_group: tuple[Sum, ...]
    by_resource: tuple[Sum, ...]
    by_month: tuple[Sum, ...]
    changes: tuple[Change, ...]
    open_bookings: int
    open_cents: int
    not_comparable: Mapping[str, int]
    unanswered: Mapping[str, int]


NOTHING = Comparison(Sum("", 0, 0, 0), (), (), (), (), 0, 0, {}, {})


def compare(trials: Iterable[Trial]) -> Comparison:
    """Add up a run; the order of the bookings plays no part.

    >>> compare([Trial("1", "club", "2026-07", Fate.PRICED, {"hall": 100}, {"hall": 150})]).total.difference_cents
    50
    """
    known = list(trials)
    counted = [trial for trial in known if trial.counts]
    undecided = [trial for trial in known if trial.fate is Fate.OPEN]
    lost = [trial.why for trial in known if trial.fate is Fate.NOT_COMPARABLE]
    return Comparison(
        total=_sum("", counted),
        by_group=_sums(counted, lambda trial: trial.group),
        by_resource=_sums_by_resource(counted),
        by_month=_sums(counted, lambda trial: trial.month),
        changes=_changes(counted),
        open_bookings=len(undecided),
        open_cents=sum(trial.before_cents for trial in undecided),
        not_comparable=_in_order(Counter(lost)),
        unanswered=_in_order(Counter(name for trial in counted for name in trial.unanswered)),
    )


def joined(one: Comparison, other: Comparison) -> Comparison:
    """Both parts of a run added up, so that a long one is computed in parts of any size.

    >>> part = compare([Trial("1", "club", "2026-07", Fate.PRICED, {"hall": 100}, {"hall": 150})])
    >>> joined(part, part).total.difference_cents
    100
    """
    return Comparison(
        total=_added([one.total, other.total])[0],
        by_group=_added([*one.by_group, *other.by_group]),
        by_resource=_added([*one.by_resource, *other.by_resource]),
        by_month=_added([*one.by_month, *other.by_month]),
        changes=_changes_added([*one.changes, *other.changes]),
        open_bookings=one.open_bookings + other.open_bookings,
        open_cents=one.open_cents + other.open_cents,
        not_comparable=_in_order(Counter(one.not_comparable) + Counter(other.not_comparable)),
        unanswered=_in_order(Counter(one.unanswered) + Counter(other.unanswered)),
    )


def shared_out(
    total_cents: int, lines: Iterable[tuple[str | None, int]], resources: Sequence[str]
) -> dict[str, int]:
    """Split an amount over the resources it was paid for, to the cent.

    ``lines`` are (resource, cents). What belongs to no single resource, and what the lines do not explain, goes to
    the first one.

    >>> shared_out(500, [("hall", 300), (None, 100)], ["hall", "kitchen"])
    {'hall': 500, 'kitchen': 0}
    """
    shares = dict.fromkeys(resources, 0)
    for resource, cents in lines:
        if resource in shares:
            shares[resource] += cents
    if resources:
        shares[resources[0]] += total_cents - sum(shares.values())
    return shares


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _added(sums: Iterable[Sum]) -> tuple[Sum, ...]:
    found: dict[str, Sum] = {}
    for one in sums:
        known = found.get(one.key, Sum(one.key, 0, 0, 0))
        found[one.key] = Sum(
            one.key,
            known.bookings + one.bookings,
            known.before_cents + one.before_cents,
            known.after_cents + one.after_cents,
        )
    return tuple(found[key] for key in sorted(found))


def _changes_added(changes: Iterable[Change]) -> tuple[Change, ...]:
    found: dict[str, Change] = {}
    for one in changes:
        known = found.get(one.key, Change(one.key))
        found[one.key] = Change(
            one.key,
            more=known.more + one.more,
            more_cents=known.more_cents + one.more_cents,
            less=known.less + one.less,
            less_cents=known.less_cents + one.less_cents,
            same=known.same + one.same,
            refused=known.refused + one.refused,
        )
    return tuple(found[key] for key in sorted(found))


def _sum(key: str, trials: Sequence[Trial]) -> Sum:
    before = sum(trial.before_cents for trial in trials)
    return Sum(key, len(trials), before, sum(trial.after_cents for trial in trials))


def _sums(trials: Sequence[Trial], heading: Callable[[Trial], str]) -> tuple[Sum, ...]:
    found: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        found[heading(trial)].append(trial)
    return tuple(_sum(key, found[key]) for key in sorted(found))


def _sums_by_resource(trials: Sequence[Trial]) -> tuple[Sum, ...]:
    """A booking of several resources counts under each of them, its money only once."""
    figures: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for trial in trials:
        for resource in {**trial.before, **trial.after}:
            figure = figures[resource]
            figure[0] += 1
            figure[1] += trial.before.get(resource, 0)
            figure[2] += trial.after.get(resource, 0)
    return tuple(Sum(key, *figures[key]) for key in sorted(figures))


def _changes(trials: Sequence[Trial]) -> tuple[Change, ...]:
    found: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        found[trial.group].append(trial)
    return tuple(_change(key, found[key]) for key in sorted(found))


def _change(key: str, trials: Sequence[Trial]) -> Change:
    priced = [trial for trial in trials if trial.fate is Fate.PRICED]
    more = [trial.difference_cents for trial in priced if trial.difference_cents > 0]
    less = [trial.difference_cents for trial in priced if trial.difference_cents < 0]
    return Change(
        key=key,
        more=len(more),
        more_cents=sum(more),
        less=len(less),
        less_cents=sum(less),
        same=len(priced) - len(more) - len(less),
        refused=len(trials) - len(priced),
    )

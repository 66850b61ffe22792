"""Which rates price the booked resources: the better rule first, packages where they fit, each resource once.

Not here: what a chosen rate comes to (``charging``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from booking_core.engines.ordinance.charging import (
    Cell,
    Charge,
    Conflict,
    best_cell,
    raw_lines,
)
from booking_core.engines.ordinance.language.prices import Rate
from booking_core.engines.ordinance.measuring import Unmeasurable
from booking_core.engines.ordinance.pieces import Silent
from booking_core.engines.ordinance.scene import Scene

MAX_COVERS = 2_000


@dataclass(frozen=True, slots=True)
class Offer:
    """A rate that could price these resources. Better offers have the greater rank."""

    charge: Charge
    cell: Cell | None
    resources: tuple[str, ...]
    rank: tuple[int, int]

    @property
    def key(self) -> tuple[str, int, tuple[str, ...]]:
        return (self.charge.rule.id, -1 if self.cell is None else self.cell.index, self.resources)


@dataclass(frozen=True, slots=True)
class Choice:
    """The offers chosen, the resources nobody prices, and the rules that contradict each other."""

    offers: tuple[Offer, ...]
    unpriced: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    is_tie: bool = False


def choose(rates: Iterable[Charge], scene: Scene, resources: tuple[str, ...], *, combinations: str) -> Choice:
    """Cover every resource exactly once: highest priority, then fewest charges, then ``combinations``."""
    best: dict[tuple[str, ...], list[Offer]] = {}
    for offer in _offers(rates, scene, resources):
        known = best.get(offer.resources)
        if known is None or offer.rank > known[0].rank:
            best[offer.resources] = [offer]
        elif offer.rank == known[0].rank:
            known.append(offer)
    chosen: list[Offer] = []
    conflicts: list[str] = []
    for offers in best.values():
        settled = _settle(offers, scene)
        if settled is None:
            conflicts.extend(sorted(entry.charge.rule.id for entry in offers))
        chosen.append(settled or offers[0])
    if len(resources) == 1:
        return Choice(tuple(chosen), () if chosen else resources, tuple(conflicts))
    return _cover(chosen, scene, resources, combinations, tuple(conflicts))


def _offers(rates: Iterable[Charge], scene: Scene, resources: tuple[str, ...]) -> Iterator[Offer]:
    singles = [(name,) for name in resources]
    abouts: dict[tuple[str, ...], Scene] = {single: scene.about(resources=single) for single in singles}
    for charge in rates:
        rule = charge.rule
        take = rule.take if isinstance(rule, Rate) else "each"
        if take == "each":
            covers: Iterable[tuple[str, ...]] = singles
        elif take == "together":
            matched = tuple(name for (name,) in singles if _is_about(charge, scene, name))
            covers = (matched,) if matched else ()
        else:
            covers = _packages(charge, resources)
        for cover in covers:
            about = abouts.get(cover) or scene.about(resources=cover)
            if charge.condition.holds(about):
                yield from _fitting(charge, about, cover)


def _is_about(charge: Charge, scene: Scene, name: str) -> bool:
    named = charge.rule.when.resource
    return name in named if named is not None else charge.condition.holds(scene.about(resources=(name,)))


def _packages(charge: Charge, resources: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The sets of the table that are booked as a whole, in the order booked."""
    found = []
    for cell in charge.cells:
        if cell.resources and set(cell.resources) <= set(resources):
            cover = tuple(name for name in resources if name in cell.resources)
            if cover not in found:
                found.append(cover)
    return found


def _fitting(charge: Charge, about: Scene, cover: tuple[str, ...]) -> Iterator[Offer]:
    rule = charge.rule
    base = charge.condition.specificity
    if isinstance(rule, Rate) and rule.take == "set":
        for cell in charge.cells:
            if set(cell.resources) == set(cover) and cell.condition.holds(about):
                yield Offer(charge, cell, cover, (rule.priority, base + cell.condition.specificity))
        return
    if charge.is_split:
        if _has_some_price(charge, about):
            yield Offer(charge, None, cover, (rule.priority, base + 1))
        return
    cell_found = best_cell(charge, about)
    if cell_found is not None:
        yield Offer(charge, cell_found, cover, (rule.priority, base + cell_found.condition.specificity))


def _has_some_price(charge: Charge, about: Scene) -> bool:
    """Whether a split rate has a row for these resources at all."""
    try:
        raw_lines(charge, about, None)
    except Silent:
        return any(not cell.resources or set(cell.resources) & set(about.resources) for cell in charge.cells)
    except (Conflict, Unmeasurable):
        return True
    return True


def _settle(offers: list[Offer], scene: Scene) -> Offer | None:
    """One offer of equally good ones: the only one, or what they all agree to choose. None: they contradict."""
    if len(offers) == 1:
        return offers[0]
    ways = {offer.charge.rule.choose if isinstance(offer.charge.rule, Rate) else None for offer in offers}
    if len(ways) != 1 or None in ways:
        return None
    pick = min if ways == {"cheapest"} else max
    priced = [(amount_of(offer, scene), offer.charge.rule.id, offer) for offer in offers]
    return pick(priced, key=lambda entry: (entry[0], entry[1]))[2]


def amount_of(offer: Offer, scene: Scene) -> Decimal:
    """What an offer comes to before factors; an unpriced one counts as nothing."""
    try:
        lines = raw_lines(offer.charge, scene.about(resources=offer.resources), offer.cell)
    except (Silent, Unmeasurable, Conflict):
        return Decimal(0)
    return sum((line.amount for line in lines), Decimal(0))


def _cover(
    offers: list[Offer],
    scene: Scene,
    resources: tuple[str, ...],
    combinations: str,
    conflicts: tuple[str, ...],
) -> Choice:
    priced = {name for offer in offers for name in offer.resources}
    unpriced = tuple(name for name in resources if name not in priced)
    wanted = tuple(name for name in resources if name in priced)
    covers = list(_exact_covers(offers, wanted, (), [0]))
    if not covers:
        return Choice(tuple(o for o in offers if len(o.resources) == 1), unpriced or resources, conflicts)
    score = max(_score(cover) for cover in covers)
    best = [cover for cover in covers if _score(cover) == score]
    if len(best) > 1 and combinations != "decide":
        pick = min if combinations == "cheapest" else max
        best = [pick(best, key=lambda cover: (_total(cover, scene), tuple(o.key for o in cover)))]
    return Choice(best[0], unpriced, conflicts, is_tie=len(best) > 1)


def _score(cover: tuple[Offer, ...]) -> tuple[int, int]:
    """Priority weighs most, then the fewest charges."""
    return (sum(offer.rank[0] * len(offer.resources) for offer in cover), -len(cover))


def _total(cover: tuple[Offer, ...], scene: Scene) -> Decimal:
    return sum((amount_of(offer, scene) for offer in cover), Decimal(0))


def _exact_covers(
    offers: list[Offer], left: tuple[str, ...], taken: tuple[Offer, ...], count: list[int]
) -> Iterator[tuple[Offer, ...]]:
    """All ways to cover ``left`` without overlap, at most ``MAX_COVERS``."""
    if not left:
        count[0] += 1
        yield taken
        return
    for offer in offers:
        if count[0] >= MAX_COVERS:
            return
        if left[0] in offer.resources and set(offer.resources) <= set(left):
            rest = tuple(name for name in left if name not in offer.resources)
            yield from _exact_covers(offers, rest, (*taken, offer), count)

"""The ideas *rate*, *step* and *cap* at work on one charge: quantity in, raw lines out.

Not here: which charge applies (``choosing``), factors and taxes (``adjusting``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from booking_core.engines.ordinance.condition import Condition
from booking_core.engines.ordinance.contracts import LineKind, LocalizedText
from booking_core.engines.ordinance.figures import rounded_to
from booking_core.engines.ordinance.language.model import DayPart
from booking_core.engines.ordinance.language.prices import Addon, Band, Price, PriceStep, Pricing, Rate
from booking_core.engines.ordinance.language.vocabulary import Text
from booking_core.engines.ordinance.measuring import ONE, Meter, Unmeasurable, round_figure
from booking_core.engines.ordinance.pieces import Bounds, Silent, pieces_of, stretches_of
from booking_core.engines.ordinance.scene import Scene
from booking_core.engines.ordinance.scopes import Scope

_FOUR_PLACES = Decimal("0.0001")
_CENT = Decimal("0.01")
ZERO = Decimal(0)
NO_BOUNDS: Bounds = (None, None)


class Conflict(Exception):
    """Two cells of one table fit equally well."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line before factors: what is counted and what one costs."""

    quantity: Decimal
    unit: str
    price: Decimal
    label: Text | None
    paragraph: str
    words: LocalizedText

    @property
    def amount(self) -> Decimal:
        return (self.quantity * self.price).quantize(_CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Cell:
    """One priced cell, ready to test. ``reaches`` are the compiled ends of its steps or bands."""

    condition: Condition
    pricing: Pricing
    reaches: tuple[Meter | None, ...]
    scope: Scope | None
    label: Text | None
    unit: str | None
    paragraph: str
    words: LocalizedText
    resources: tuple[str, ...]
    index: int


@dataclass(frozen=True, slots=True)
class Charge:
    """A rate or add-on, compiled.

    ``needs`` names the input that is missing where the measure is unknown, ``parts`` are the day parts it splits by,
    ``stretches`` what its bounds look at, the widest first.
    """

    rule: Rate | Addon
    kind: LineKind
    condition: Condition
    cells: tuple[Cell, ...]
    meter: Meter
    times: Meter | None
    unit: str
    by_date: bool
    after_use: bool
    needs: str
    words: LocalizedText
    is_split: bool
    is_share: bool
    bounds: Bounds
    parts: tuple[DayPart, ...]
    stretches: tuple[str, ...]


def best_cell(charge: Charge, scene: Scene) -> Cell | None:
    """The most specific cell that holds; raise ``Conflict`` where two fit equally well."""
    best: Cell | None = None
    is_tie = False
    for cell in charge.cells:
        if best is not None and cell.condition.specificity < best.condition.specificity:
            continue
        if cell.condition.holds(scene):
            is_tie = best is not None and cell.condition.specificity == best.condition.specificity
            best = cell
    if is_tie:
        raise Conflict(charge.rule.id)
    return best


def raw_lines(charge: Charge, scene: Scene, cell: Cell | None) -> list[RawLine]:
    """Price a charge: piece by piece where it is split or follows time, then bounded, then merged.

    Raises ``Silent`` where a piece has no price and ``Unmeasurable`` where a figure is missing.
    """
    bounds = charge.bounds
    if not charge.is_split and bounds == NO_BOUNDS and (len(scene.dates) == 1 or not charge.by_date):
        return _merged(_piece_lines(charge, scene, cell) or [])
    return _merged(_stretch_lines(charge, scene, cell, charge.stretches))


def _stretch_lines(
    charge: Charge, scene: Scene, cell: Cell | None, stretches: tuple[str, ...]
) -> list[RawLine]:
    """Lines of a scene: stretch by stretch where bounds look at one, the widest stretch around the others."""
    if not stretches:
        return _split_lines(charge, scene, cell)
    per, *narrower = stretches
    lines = []
    for stretch in stretches_of(per, scene, charge.rule.split):
        priced = _merged(_stretch_lines(charge, stretch, cell, tuple(narrower)))
        lines.extend(_bounded(priced, charge.bounds, per))
    return lines


def _split_lines(charge: Charge, scene: Scene, cell: Cell | None) -> list[RawLine]:
    groups: list[list[RawLine]] = []
    for pieces in pieces_of(charge.rule.split, scene, by_date=charge.by_date, parts=charge.parts):
        priced = [lines for piece in pieces if (lines := _piece_lines(charge, piece, cell)) is not None]
        groups.extend(_combined(charge, priced))
    if charge.is_split and charge.kind is LineKind.RATE and not groups:
        raise Silent
    return [line for group in groups for line in group]


def _piece_lines(charge: Charge, piece: Scene, cell: Cell | None) -> list[RawLine] | None:
    """Lines of one piece; None where an add-on has no cell for it."""
    if cell is None or charge.is_split:
        cell = best_cell(charge, piece)
        if cell is None:
            if charge.kind is LineKind.RATE:
                raise Silent
            return None
    quantity = charge.meter(piece)
    times = charge.times(piece) if charge.times is not None else ONE
    if quantity is None or times is None:
        if charge.after_use:
            return []
        raise Unmeasurable(charge.needs)
    return list(_priced(charge, cell, quantity, times, piece))


def _priced(charge: Charge, cell: Cell, quantity: Decimal, times: Decimal, scene: Scene) -> Iterator[RawLine]:
    pricing = cell.pricing
    if pricing.unpublished:
        return
    unit = cell.unit or charge.unit
    if pricing.price is not None:
        if quantity * times:
            price = _price(pricing.price, charge, cell, scene)
            if price is not None:
                yield _line(charge, cell, quantity * times, unit, price)
    elif pricing.steps is not None:
        step, price = _step(pricing.steps, charge, cell, quantity, scene)
        yield _line(charge, cell, times, step.unit or charge.rule.unit or "duration_step", price, step.label)
    elif pricing.bands is not None:
        yield from _banded(pricing.bands, charge, cell, quantity, times, scene)


def _step(
    steps: tuple[PriceStep, ...], charge: Charge, cell: Cell, quantity: Decimal, scene: Scene
) -> tuple[PriceStep, Decimal]:
    for step, reach in zip(steps, cell.reaches, strict=True):
        end = reach(scene) if reach is not None else None
        if reach is None or (end is not None and quantity <= end):
            price = _price(step.price, charge, cell, scene)
            if price is not None:
                return step, price
    raise Silent


def _banded(
    bands: tuple[Band, ...], charge: Charge, cell: Cell, quantity: Decimal, times: Decimal, scene: Scene
) -> Iterator[RawLine]:
    """Share a quantity out over bands.

    first 4 h flat │ each further hour
    ├──────────────┤────────┤──┤──┤      6.25 h started: 1 × flat + 3 × each
    """
    start = ZERO
    for band, reach in zip(bands, cell.reaches, strict=True):
        end = quantity
        if reach is not None:
            limit = reach(scene)
            if limit is None:
                raise Unmeasurable(charge.needs)
            end = min(quantity, limit)
        share = end - start
        if share > 0:
            price = _price(band.each or band.flat or Price(amount=ZERO), charge, cell, scene)
            if price is None:
                raise Unmeasurable(charge.needs)
            count = round_figure(share, band.round) if band.each is not None else ONE
            unit = band.unit or (cell.unit or charge.unit if band.each is not None else "flat")
            yield _line(charge, cell, count * times, unit, price, band.label)
            start = end
    if start < quantity and cell.reaches[-1] is not None:
        raise Silent


def _price(price: Price, charge: Charge, cell: Cell, scene: Scene) -> Decimal | None:
    """Euro for one unit. None: known only after use."""
    if price.amount is not None:
        base: Decimal | None = price.amount
    elif price.fact is not None:
        answer = scene.booking.facts.get(price.fact)
        if answer is None or isinstance(answer, str | tuple):
            raise Unmeasurable(f"facts.{price.fact}")
        base = Decimal(answer)
    elif price.measured is not None:
        base = scene.booking.request.measured.get(price.measured)
    elif price.like is not None:
        base = _price_like(price.like, charge, scene)
    else:
        scope = cell.scope
        base = scope.sum_of(scene.lines) if scope is not None else ZERO
    if base is None or (price.percent == 100 and price.round_to is None):  # noqa: PLR2004 - the whole
        return base
    share = (base * price.percent / 100).quantize(_FOUR_PLACES, rounding=ROUND_HALF_UP)
    return rounded_to(share, price.round_to, price.rounding)


def _price_like(resource: str, charge: Charge, scene: Scene) -> Decimal:
    other = scene.about(resources=(resource,))
    cell = best_cell(charge, other)
    if cell is None or cell.pricing.price is None or cell.pricing.price.like is not None:
        raise Silent
    price = _price(cell.pricing.price, charge, cell, other)
    if price is None:
        raise Silent
    return price


def _line(
    charge: Charge, cell: Cell, quantity: Decimal, unit: str, price: Decimal, label: Text | None = None
) -> RawLine:
    return RawLine(
        quantity, unit, price, label or cell.label, cell.paragraph or charge.rule.paragraph, cell.words
    )


def _combined(charge: Charge, priced: list[list[RawLine]]) -> list[list[RawLine]]:
    split = charge.rule.split
    if split is None or split.combine == "all" or not priced:
        return priced
    pick = max if split.combine == "highest" else min
    return [pick(priced, key=_sum)]


def _sum(lines: list[RawLine]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def _bounded(lines: list[RawLine], bounds: Bounds, per: str) -> list[RawLine]:
    """Replace the lines of a stretch by one that names its bound, where they fall short of it or exceed it."""
    if not lines:
        return lines
    amount = _sum(lines)
    minimum, maximum = bounds
    for bound, is_hit in (
        (minimum, minimum is not None and amount < minimum.amount),
        (maximum, maximum is not None and amount > maximum.amount),
    ):
        if bound is not None and is_hit and bound.per == per:
            label = bound.label or lines[0].label
            return [replace(lines[0], quantity=ONE, unit=per, price=bound.amount, label=label)]
    return lines


def _merged(lines: list[RawLine]) -> list[RawLine]:
    """Add up lines that differ in nothing but quantity."""
    if len(lines) < 2:  # noqa: PLR2004 - nothing to add up
        return lines
    merged: dict[tuple[object, ...], RawLine] = {}
    for line in lines:
        key = (line.unit, line.price, line.label, line.paragraph, line.words)
        known = merged.get(key)
        merged[key] = line if known is None else replace(known, quantity=known.quantity + line.quantity)
    return list(merged.values())

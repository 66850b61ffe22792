"""A document compiled once: every rule with its tests, meters and words, ready to be asked many times.

Not here: asking it (``quoting``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from booking_core.engines.ordinance.charging import Cell, Charge
from booking_core.engines.ordinance.condition import Condition
from booking_core.engines.ordinance.contracts import LineKind, LocalizedText
from booking_core.engines.ordinance.language.conditions import ALWAYS, CONDITION_FIELDS, When
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import DayPart, Ordinance
from booking_core.engines.ordinance.language.prices import Addon, Pricing, Rate, Rule
from booking_core.engines.ordinance.language.prices import Cell as CellModel
from booking_core.engines.ordinance.language.rules import (
    Account,
    Adjustment,
    Cancellation,
    Cap,
    Deposit,
    Exemption,
    Handover,
    Limit,
    Payment,
    Tax,
)
from booking_core.engines.ordinance.matching import Matcher
from booking_core.engines.ordinance.measuring import Handovers, Meter, compile_measure, compiled_handovers
from booking_core.engines.ordinance.pieces import STRETCHES
from booking_core.engines.ordinance.scene import Defaults
from booking_core.engines.ordinance.scopes import Scope, compile_scope
from booking_core.engines.ordinance.telling import Telling
from booking_core.engines.ordinance.units import unit_of
from booking_core.engines.ordinance.words import Words

AnyRule = TypeVar("AnyRule", bound=Rule)
_DATES = Measure(count="dates")
_BOOKING = Measure(count="booking")
_QUANTITY = Measure(count="quantity")


@dataclass(frozen=True, slots=True)
class Conditional(Generic[AnyRule]):
    """A rule without a price of its own, compiled.

    ``lenient`` is ``require`` where unanswered questions count in favour: what it lets pass only wants an answer.
    """

    rule: AnyRule
    condition: Condition
    scope: Scope
    words: LocalizedText
    require: Condition | None = None
    lenient: Condition | None = None
    meter: Meter | None = None
    second_meter: Meter | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """Higher goes first: the priority, then how specific the condition is."""
        return self.rule.priority, self.condition.specificity


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of one document, compiled; each list in the document's order.

    ``shares`` are the add-ons whose price is a percentage of other lines; they come after the others.
    """

    ordinance: Ordinance
    defaults: Defaults
    words: Words
    telling: Telling
    rates: tuple[Charge, ...]
    addons: tuple[Charge, ...]
    shares: tuple[Charge, ...]
    rules_of_extra: dict[str, tuple[str, ...]]
    handover: tuple[Conditional[Handover], ...]
    handovers: Handovers
    factors: tuple[Conditional[Adjustment], ...]
    surcharges: tuple[Conditional[Adjustment], ...]
    caps: tuple[Conditional[Cap], ...]
    exemptions: tuple[Conditional[Exemption], ...]
    deposits: tuple[Conditional[Deposit], ...]
    taxes: tuple[Conditional[Tax], ...]
    limits: tuple[Conditional[Limit], ...]
    cancellations: tuple[Conditional[Cancellation], ...]
    payments: tuple[Conditional[Payment], ...]
    accounts: tuple[Conditional[Account], ...]


def compile_rulebook(ordinance: Ordinance) -> Rulebook:
    """Compile a document whose references have been checked."""
    return _Compiler(ordinance).rulebook()


class _Compiler:
    def __init__(self, ordinance: Ordinance) -> None:
        self.ordinance = ordinance
        self.defaults = Defaults(ordinance)
        self.words = Words(ordinance)
        matcher = Matcher(ordinance, self.defaults)
        self.handovers = compiled_handovers(
            tuple((matcher.condition(rule.when), rule.from_, rule.to) for rule in ordinance.handover)
        )
        self.matcher = Matcher(ordinance, self.defaults, self.handovers)
        self.rules_of_extra: dict[str, tuple[str, ...]] = {}
        for addon in ordinance.addons:
            if addon.extra is not None:
                self.rules_of_extra[addon.extra] = (*self.rules_of_extra.get(addon.extra, ()), addon.id)

    def rulebook(self) -> Rulebook:
        ordinance = self.ordinance
        addons = [
            self.charge(addon, LineKind.EXTRA if addon.extra is not None else LineKind.ADDON)
            for addon in ordinance.addons
        ]
        return Rulebook(
            ordinance=ordinance,
            defaults=self.defaults,
            words=self.words,
            telling=Telling(ordinance, self.words),
            rates=tuple(self.charge(rate, LineKind.RATE) for rate in ordinance.rates),
            addons=tuple(addon for addon in addons if not addon.is_share),
            shares=tuple(addon for addon in addons if addon.is_share),
            rules_of_extra=self.rules_of_extra,
            handover=_by_rank(self.plain(rule, ()) for rule in ordinance.handover),
            handovers=self.handovers,
            factors=tuple(self.plain(a, a.of) for a in ordinance.adjustments if a.show == "factor"),
            surcharges=tuple(self.plain(a, a.of) for a in ordinance.adjustments if a.show == "line"),
            caps=_by_rank(self.plain(cap, cap.of) for cap in ordinance.caps),
            exemptions=tuple(self.plain(rule, rule.of) for rule in ordinance.exemptions),
            deposits=tuple(self.deposit(rule) for rule in ordinance.deposit),
            taxes=_by_rank(self.plain(rule, rule.of) for rule in ordinance.tax),
            limits=tuple(self.limit(rule) for rule in ordinance.limits),
            cancellations=tuple(
                self.plain(rule, rule.price.of if rule.price.of is not None else ("all",))
                for rule in ordinance.cancellation
            ),
            payments=_by_rank(self.plain(rule, ()) for rule in ordinance.payment),
            accounts=tuple(self.account(rule) for rule in ordinance.accounts),
        )

    def plain(self, rule: AnyRule, of: tuple[str, ...]) -> Conditional[AnyRule]:
        return Conditional(
            rule=rule,
            condition=self.matcher.condition(rule.when),
            scope=compile_scope(of, self.rules_of_extra),
            words=self.words.condition(rule.when),
        )

    def deposit(self, rule: Deposit) -> Conditional[Deposit]:
        of = rule.price.of if rule.price is not None and rule.price.of is not None else ()
        return Conditional(
            rule=rule,
            condition=self.matcher.condition(rule.when),
            scope=compile_scope(of, self.rules_of_extra),
            words=self.words.condition(rule.when),
            meter=compile_measure(rule.measure or _BOOKING, self.handovers),
        )

    def limit(self, rule: Limit) -> Conditional[Limit]:
        return Conditional(
            rule=rule,
            condition=self.matcher.condition(rule.when),
            scope=compile_scope((), {}),
            words=self.words.condition(rule.when),
            require=None if rule.require is None else self.matcher.condition(rule.require, unknown=True),
            lenient=None
            if rule.require is None
            else self.matcher.condition(rule.require, unknown=True, unanswered=True),
        )

    def account(self, rule: Account) -> Conditional[Account]:
        return Conditional(
            rule=rule,
            condition=self.matcher.condition(rule.when),
            scope=compile_scope((), {}),
            words=self.words.condition(rule.when),
            meter=compile_measure(rule.start, self.handovers),
            second_meter=compile_measure(rule.used, self.handovers),
        )

    def charge(self, rule: Rate | Addon, kind: LineKind) -> Charge:
        measure = rule.measure or {LineKind.RATE: _DATES, LineKind.EXTRA: _QUANTITY}.get(kind, _BOOKING)
        cells = tuple(
            self.cell(cell, index, rule, measure)
            for index, cell in enumerate(rule.cells or (self.only(rule),))
        )
        follows_time = measure.follows_time() or (rule.times is not None and rule.times.follows_time())
        return Charge(
            rule=rule,
            kind=kind,
            condition=self.matcher.condition(rule.when),
            cells=cells,
            meter=compile_measure(measure, self.handovers),
            times=compile_measure(rule.times, self.handovers) if rule.times is not None else None,
            unit=rule.unit or self.unit_of_extra(rule) or unit_of(measure),
            by_date=follows_time,
            after_use=rule.after_use or measure.after_use() or _is_priced_after_use(rule),
            needs=_input_of(measure) or (_input_of(rule.times) if rule.times is not None else ""),
            words=self.words.condition(rule.when),
            is_split=rule.split is not None,
            is_share=any(cell.scope is not None for cell in cells),
            bounds=(rule.minimum, rule.maximum),
            parts=self.parts(cells),
            stretches=tuple(
                per for per in STRETCHES if any(b and b.per == per for b in (rule.minimum, rule.maximum))
            ),
        )

    def parts(self, cells: tuple[Cell, ...]) -> tuple[DayPart, ...]:
        """The day parts a table names; all of the document where a cell names none."""
        named = [condition_of(cell).part for cell in cells]
        known = self.ordinance.day_parts
        if any(part is None for part in named):
            return known
        return tuple(part for part in known if any(part.id in (names or ()) for names in named))

    def unit_of_extra(self, rule: Rate | Addon) -> str | None:
        if rule.measure is not None or not isinstance(rule, Addon) or rule.extra is None:
            return None
        return next(extra.unit for extra in self.ordinance.extras if extra.id == rule.extra)

    def only(self, rule: Rate | Addon) -> CellModel:
        """The single cell of a rule that needs no table."""
        given = {name: getattr(rule, name) for name in Pricing.model_fields if name in rule.model_fields_set}
        return CellModel.model_construct(_fields_set=set(given), **given)

    def cell(self, cell: CellModel, index: int, rule: Rate | Addon, measure: Measure) -> Cell:
        when = condition_of(cell)
        reaches = tuple(
            compile_measure(entry.up_to, self.handovers) if entry.up_to is not None else None
            for entry in cell.steps or cell.bands or ()
        )
        of = cell.price.of if cell.price is not None else None
        unit = cell.unit or rule.unit or unit_of(measure)
        said = [text for text in (self.words.condition(rule.when), self.words.condition(when)) if text.de]
        price = self.words.pricing(cell, unit)
        reason = LocalizedText("; ".join(t.de for t in said), "; ".join(t.en for t in said))
        return Cell(
            condition=self.matcher.condition(when),
            pricing=cell,
            reaches=reaches,
            scope=compile_scope(of, self.rules_of_extra) if of is not None else None,
            label=cell.label,
            unit=cell.unit,
            paragraph=cell.paragraph,
            words=LocalizedText(
                f"{price.de} ({reason.de})" if reason.de else price.de,
                f"{price.en} ({reason.en})" if reason.en else price.en,
            ),
            resources=cell.resource or rule.when.resource or (),
            index=index,
        )


def _by_rank(entries: Iterable[Conditional[AnyRule]]) -> tuple[Conditional[AnyRule], ...]:
    """The rules of which one goes before the other, in that order whatever the document's."""
    return tuple(sorted(entries, key=lambda entry: (-entry.rank[0], -entry.rank[1])))


def condition_of(cell: CellModel | Cell) -> When:
    """The condition part of a cell."""
    model = cell.pricing if isinstance(cell, Cell) else cell
    given = {name: found for name in CONDITION_FIELDS if (found := getattr(model, name, None)) is not None}
    return When.model_construct(_fields_set=set(given), **given) if given else ALWAYS


def _is_priced_after_use(rule: Rate | Addon) -> bool:
    return rule.price is not None and rule.price.after_use()


def _input_of(measure: Measure) -> str:
    """The input of a request that a measure needs, as a field name."""
    if measure.count == "persons":
        return "persons"
    if measure.fact is not None:
        return f"facts.{measure.fact}"
    if measure.count == "area_m2":
        return "resources"
    return next((found for inner in measure.operands() if (found := _input_of(inner))), "")

"""Value added tax on the lines of an invoice: which treatment a line has on a day, and what each rate adds up to.

Not here: what a line costs (``engines.ordinance``), how an invoice looks (``finance.paper``). Cents are whole
euro cents; a negative amount is a credit.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum


class TaxStatus(StrEnum):
    """How a town stands to value added tax. Changes on a date."""

    NOT_TAXABLE = "not_taxable"
    SMALL_BUSINESS = "small_business"
    REGULAR = "regular"


class Exemption(StrEnum):
    """The legal reason why no tax is shown."""

    NOT_TAXABLE = "2b"
    SMALL_BUSINESS = "19"
    LETTING = "4_12a"
    CULTURE = "4_20"
    COURSES = "4_22"


@dataclass(frozen=True, slots=True)
class TaxPeriod:
    """From a day on a town has this status. ``exemption`` is the reason for lines without tax while regular.

    ``keeps_prices``: while the town shows no tax, prices agreed with tax inside stand as they are, without tax.
    """

    from_on: date
    status: TaxStatus
    exemption: Exemption = Exemption.LETTING
    keeps_prices: bool = False


@dataclass(frozen=True, slots=True)
class Treatment:
    """The tax of one line: the category of EN 16931 (S, E, O), its rate, and the reason where there is none."""

    category: str
    percent: Decimal = Decimal(0)
    exemption: Exemption | None = None


class ContradictsStatus(ValueError):
    """The ordinance charges tax, but the town may not show any on that day."""


@dataclass(frozen=True, slots=True)
class TaxLine:
    """One amount with its treatment. ``is_gross``: the tax is inside the amount, else it comes on top."""

    cents: int
    treatment: Treatment
    is_gross: bool = True


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """All lines of one treatment."""

    treatment: Treatment
    net_cents: int
    tax_cents: int


@dataclass(frozen=True, slots=True)
class TaxSums:
    """What an invoice adds up to. ``line_nets`` are the net amounts of the lines, in their order."""

    line_nets: tuple[int, ...]
    groups: tuple[TaxGroup, ...]

    @property
    def net_cents(self) -> int:
        return sum(group.net_cents for group in self.groups)

    @property
    def tax_cents(self) -> int:
        return sum(group.tax_cents for group in self.groups)

    @property
    def gross_cents(self) -> int:
        return self.net_cents + self.tax_cents


def period_on(periods: Sequence[TaxPeriod], day: date) -> TaxPeriod:
    """The status in force on the day of the supply; before the first period the first one counts.

    >>> period_on([TaxPeriod(date(2020, 1, 1), TaxStatus.NOT_TAXABLE)], date(2026, 5, 1)).status.value
    'not_taxable'
    """
    if not periods:
        raise ValueError("a town needs at least one tax period")
    ordered = sorted(periods, key=lambda one: one.from_on)
    begun = [one for one in ordered if one.from_on <= day]
    return begun[-1] if begun else ordered[0]


def changed(periods: Sequence[TaxPeriod], change: TaxPeriod) -> tuple[TaxPeriod, ...]:
    """The periods once ``change`` is decided: what was to come on its day or later falls away."""
    return (*(one for one in periods if one.from_on < change.from_on), change)


def treatment_of(percent: Decimal | None, period: TaxPeriod, *, is_gross: bool = True) -> Treatment:
    """The tax of a line for which the ordinance names ``percent`` (None: it says nothing), inside the amount or on top.

    Raises ContradictsStatus where the ordinance charges tax and the town may not show it (§ 14c UStG: tax shown
    by mistake is owed).
    """
    is_regular = period.status is TaxStatus.REGULAR
    if percent and not (period.keeps_prices and is_gross and not is_regular):
        if not is_regular:
            raise ContradictsStatus(f"{percent} % named, but the town is {period.status.value}")
        return Treatment("S", percent)
    if period.status is TaxStatus.NOT_TAXABLE:
        return Treatment("O", exemption=Exemption.NOT_TAXABLE)
    if period.status is TaxStatus.SMALL_BUSINESS:
        return Treatment("E", exemption=Exemption.SMALL_BUSINESS)
    return Treatment("E", exemption=period.exemption)


def add_up(lines: Sequence[TaxLine]) -> TaxSums:
    """Net amounts and tax of an invoice. Rounded half up per treatment, never per line (EN 16931, BR-CO-17).

    Tax inside gross amounts is taken out of their sum; the cents that rounding leaves go to the largest fractions,
    so that the lines add up exactly.

    >>> add_up([TaxLine(11900, Treatment("S", Decimal(19)))]).groups[0].tax_cents
    1900
    """
    nets = [line.cents for line in lines]
    sums: dict[Treatment, list[int]] = defaultdict(lambda: [0, 0])
    for treatment in dict.fromkeys(line.treatment for line in lines):
        for is_gross in (False, True):
            places = [
                place
                for place, line in enumerate(lines)
                if line.treatment == treatment and line.is_gross == is_gross
            ]
            if is_gross:
                tax = _take_out(nets, places, treatment.percent)
            else:
                tax = _rounded(Decimal(sum(nets[place] for place in places)) * treatment.percent / 100)
            sums[treatment][0] += sum(nets[place] for place in places)
            sums[treatment][1] += tax
    groups = tuple(TaxGroup(treatment, net, tax) for treatment, (net, tax) in sums.items())
    return TaxSums(tuple(nets), groups)


def without_mixture(treatments: Sequence[Treatment]) -> tuple[Treatment, ...]:
    """An invoice may not mix "outside the scope" with other treatments (EN 16931, BR-O-11): call it exempt then."""
    if {treatment.category for treatment in treatments} <= {"O"}:
        return tuple(treatments)
    return tuple(
        Treatment("E", exemption=treatment.exemption) if treatment.category == "O" else treatment
        for treatment in treatments
    )


def _take_out(nets: list[int], places: Sequence[int], percent: Decimal) -> int:
    """Turn gross amounts at ``places`` into net ones; returns the tax taken out of them."""
    gross = sum(nets[place] for place in places)
    tax = _rounded(Decimal(gross) * percent / (100 + percent))
    exact = {place: Decimal(nets[place]) * 100 / (100 + percent) for place in places}
    for place in places:
        nets[place] = int(exact[place].to_integral_value(ROUND_FLOOR))  # also where it is a credit
    left = gross - tax - sum(nets[place] for place in places)
    by_fraction = sorted(places, key=lambda place: (-(exact[place] - nets[place]), place))
    for place in by_fraction[:left]:
        nets[place] += 1
    return tax


def _rounded(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))

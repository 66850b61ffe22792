"""Value added tax of an invoice: which treatment a line has, and sums that add up to the cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_core.engines.tax import (
    ContradictsStatus,
    Exemption,
    TaxLine,
    TaxPeriod,
    TaxStatus,
    Treatment,
    add_up,
    changed,
    period_on,
    treatment_of,
    without_mixture,
)

SEVEN, NINETEEN = Treatment("S", Decimal(7)), Treatment("S", Decimal(19))
FREE = Treatment("E", exemption=Exemption.LETTING)
OUTSIDE = Treatment("O", exemption=Exemption.NOT_TAXABLE)
EARLY = TaxPeriod(date(2020, 1, 1), TaxStatus.NOT_TAXABLE)
LATE = TaxPeriod(date(2027, 1, 1), TaxStatus.REGULAR, Exemption.CULTURE)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2019, 12, 31), EARLY),
        (date(2020, 1, 1), EARLY),
        (date(2026, 12, 31), EARLY),
        (date(2027, 1, 1), LATE),
        (date(2030, 1, 1), LATE),
    ],
)
def test_the_status_of_the_day_counts_whatever_the_order_of_the_periods(day: date, period: TaxPeriod) -> None:
    assert period_on([EARLY, LATE], day) == period_on([LATE, EARLY], day) == period


def test_a_town_without_a_period_is_told() -> None:
    with pytest.raises(ValueError, match="at least one tax period"):
        period_on([], date(2026, 1, 1))


SMALL = TaxPeriod(date(2020, 1, 1), TaxStatus.SMALL_BUSINESS)


@pytest.mark.parametrize(
    ("percent", "period", "treatment"),
    [
        (Decimal(19), LATE, NINETEEN),
        (Decimal(0), LATE, Treatment("E", exemption=Exemption.CULTURE)),
        (None, LATE, Treatment("E", exemption=Exemption.CULTURE)),
        (None, EARLY, OUTSIDE),
        (Decimal(0), EARLY, OUTSIDE),
        (None, SMALL, Treatment("E", exemption=Exemption.SMALL_BUSINESS)),
    ],
)
def test_a_line_is_treated_by_rate_and_status(
    percent: Decimal | None, period: TaxPeriod, treatment: Treatment
) -> None:
    assert treatment_of(percent, period) == treatment


@pytest.mark.parametrize("period", [EARLY, SMALL])
def test_tax_that_may_not_be_shown_is_refused(period: TaxPeriod) -> None:
    with pytest.raises(ContradictsStatus, match="7 % named"):
        treatment_of(Decimal(7), period)


@pytest.mark.parametrize(
    ("lines", "nets", "groups"),
    [
        ([TaxLine(11_900, NINETEEN)], (10_000,), [(NINETEEN, 10_000, 1_900)]),
        ([TaxLine(10_000, NINETEEN, is_gross=False)], (10_000,), [(NINETEEN, 10_000, 1_900)]),
        # Three times 1.00 gross: 2.52 net and 0.48 tax together, though each alone would have 0.84 and 0.16.
        ([TaxLine(100, NINETEEN)] * 3, (84, 84, 84), [(NINETEEN, 252, 48)]),
        # Five times 0.10 gross: the cents that rounding leaves go to the first of equal fractions.
        ([TaxLine(10, NINETEEN)] * 5, (9, 9, 8, 8, 8), [(NINETEEN, 42, 8)]),
        # 0.05 net each at 7 %: rounded once over the sum, half up.
        ([TaxLine(5, SEVEN, is_gross=False)] * 10, (5,) * 10, [(SEVEN, 50, 4)]),
        (
            [TaxLine(1_070, SEVEN), TaxLine(500, FREE), TaxLine(1_190, NINETEEN), TaxLine(1_000, SEVEN, False)],
            (1_000, 500, 1_000, 1_000),
            [(SEVEN, 2_000, 140), (FREE, 500, 0), (NINETEEN, 1_000, 190)],
        ),
        ([TaxLine(-11_900, NINETEEN)], (-10_000,), [(NINETEEN, -10_000, -1_900)]),
        # A credit loses no cent: of -0.01 gross at 7 % nothing is tax.
        ([TaxLine(-1, SEVEN)], (-1,), [(SEVEN, -1, 0)]),
        ([TaxLine(-1, SEVEN), TaxLine(-7, SEVEN)], (-1, -6), [(SEVEN, -7, -1)]),
    ],
)  # fmt: skip
def test_an_invoice_adds_up(
    lines: list[TaxLine], nets: tuple[int, ...], groups: list[tuple[Treatment, int, int]]
) -> None:
    sums = add_up(lines)
    assert sums.line_nets == nets
    assert [(group.treatment, group.net_cents, group.tax_cents) for group in sums.groups] == groups
    assert sums.gross_cents == sums.net_cents + sums.tax_cents == sum(net + tax for _t, net, tax in groups)


tax_lines = st.builds(
    TaxLine, st.integers(-100_000, 100_000), st.sampled_from([SEVEN, NINETEEN, FREE]), st.booleans()
)


@given(st.lists(tax_lines, max_size=12))
def test_whatever_is_on_it_gross_stays_gross_and_lines_sum_to_the_groups(lines: list[TaxLine]) -> None:
    sums = add_up(lines)
    assert sum(sums.line_nets) == sums.net_cents
    if all(line.is_gross for line in lines):
        assert sums.gross_cents == sum(line.cents for line in lines)
    for line, net in zip(lines, sums.line_nets, strict=True):
        if not line.is_gross:
            assert net == line.cents
        else:
            exact = Decimal(line.cents) * 100 / (100 + line.treatment.percent)
            assert abs(net - exact) <= 1


def test_outside_the_scope_beside_others_is_called_exempt() -> None:
    assert without_mixture([OUTSIDE, OUTSIDE]) == (OUTSIDE, OUTSIDE)
    assert without_mixture([]) == ()
    mixed = without_mixture([OUTSIDE, NINETEEN, FREE])
    assert mixed == (Treatment("E", exemption=Exemption.NOT_TAXABLE), NINETEEN, FREE)


def test_a_change_takes_the_place_of_what_was_planned_from_its_day_on() -> None:
    planned = TaxPeriod(date(2026, 7, 1), TaxStatus.SMALL_BUSINESS)
    assert changed([EARLY, planned, LATE], planned) == (EARLY, planned)
    assert changed([EARLY, LATE], planned) == (EARLY, planned)


def test_agreed_prices_may_stand_without_tax_unless_it_comes_on_top() -> None:
    kept = TaxPeriod(date(2020, 1, 1), TaxStatus.NOT_TAXABLE, keeps_prices=True)
    assert treatment_of(Decimal(19), kept) == OUTSIDE
    with pytest.raises(ContradictsStatus):
        treatment_of(Decimal(19), kept, is_gross=False)
    assert treatment_of(Decimal(19), replace(LATE, keeps_prices=True)) == NINETEEN

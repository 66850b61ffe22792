"""The final bill: it adds up whatever the figures, and no more of a deposit is kept than there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_core.engines.settlement import final_bill
from booking_core.kernel.money import Money

CENTS = st.integers(min_value=0, max_value=10**9).map(Money)


@given(fee=CENTS, damages=CENTS, previous=CENTS, deposit=CENTS, is_set_off=st.booleans())
def test_a_bill_adds_up(
    fee: Money, damages: Money, previous: Money, deposit: Money, is_set_off: bool
) -> None:
    bill = final_bill(fee=fee, damages=damages, previous=previous, deposit=deposit, is_set_off=is_set_off)
    assert bill.total == bill.fee + bill.damages == bill.previous + bill.difference
    assert bill.deposit.kept + bill.deposit.returned == deposit
    assert bill.deposit.kept <= bill.total
    assert bill.deposit.returned.cents >= 0
    if is_set_off:
        assert bill.balance == deposit - bill.total
        assert bill.deposit.returned == max(bill.balance, Money(0))
    else:
        assert bill.balance == bill.deposit.returned
        assert bill.deposit.kept <= damages


@pytest.mark.parametrize(
    ("fee", "damages", "deposit", "is_set_off", "keep", "kept", "balance"),
    [
        (2000, 0, 10000, True, None, 2000, 8000),
        (15000, 0, 10000, True, None, 10000, -5000),
        (9000, 0, 18000, False, None, 0, 18000),
        (9000, 20000, 18000, False, None, 18000, 0),
        (9000, 0, 18000, False, 5000, 5000, 13000),
        (2000, 0, 10000, True, 0, 0, 10000),
    ],
    ids=[
        "set off",
        "set off, more owed",
        "comes back",
        "damages eat it",
        "a part is kept",
        "set off, all returned",
    ],
)
def test_what_becomes_of_a_deposit(
    fee: int, damages: int, deposit: int, is_set_off: bool, keep: int | None, kept: int, balance: int
) -> None:
    bill = final_bill(
        fee=Money(fee), damages=Money(damages), previous=Money(fee), deposit=Money(deposit), is_set_off=is_set_off,
        keep=None if keep is None else Money(keep),
    )  # fmt: skip
    assert (bill.deposit.kept.cents, bill.balance.cents) == (kept, balance)


@pytest.mark.parametrize("keep", [-1, 101])
def test_only_a_part_of_a_deposit_can_be_kept(keep: int) -> None:
    with pytest.raises(ValueError, match="deposit"):
        final_bill(
            fee=Money(0),
            damages=Money(0),
            previous=Money(0),
            deposit=Money(100),
            is_set_off=False,
            keep=Money(keep),
        )

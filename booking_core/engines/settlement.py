"""What a use costs in the end and what becomes of the deposit. Values in, values out.

Not here: the fee itself (``engines.ordinance``), storing a settlement (``reservations``).
"""

from dataclasses import dataclass

from booking_core.kernel.money import Money


@dataclass(frozen=True, slots=True)
class DepositSplit:
    """A deposit in two parts that sum to it: what the administration keeps, what goes back."""

    kept: Money
    returned: Money


@dataclass(frozen=True, slots=True)
class FinalBill:
    """Fee and damages after a use beside what was agreed before. ``difference`` may be a credit.

    ``balance``: what is paid back when the deposit returns; negative is still to pay.
    """

    fee: Money
    damages: Money
    total: Money
    previous: Money
    difference: Money
    deposit: DepositSplit
    balance: Money


def final_bill(
    *,
    fee: Money,
    damages: Money,
    previous: Money,
    deposit: Money,
    is_set_off: bool,
    keep: Money | None = None,
) -> FinalBill:
    """Work out the bill after a use.

    A deposit that is set off pays fee and damages as far as it reaches; any other covers damages only. ``keep``
    overrules how much is kept; it must lie between nothing and the deposit, else ``ValueError``.

    >>> fee = Money(15000)
    >>> bill = final_bill(fee=fee, damages=Money(0), previous=fee, deposit=Money(10000), is_set_off=True)
    >>> bill.deposit.kept.cents, bill.balance.cents
    (10000, -5000)
    """
    total = fee + damages
    owed = total if is_set_off else damages
    kept = min(owed, deposit) if keep is None else keep
    if not 0 <= kept.cents <= deposit.cents:
        raise ValueError("a part of a deposit lies between nothing and all of it")
    split = DepositSplit(kept, deposit - kept)
    balance = deposit - total if is_set_off and keep is None else split.returned
    return FinalBill(fee, damages, total, previous, total - previous, split, balance)

"""One answer for a booking whose dates take place in different rooms: each room's quote, put together.

Not here: quoting one room (``quoting``).
"""

from collections.abc import Sequence
from dataclasses import replace

from booking_core.engines.ordinance.contracts import Outcome, Quote
from booking_core.kernel.money import ZERO, Money

_GRAVEST = (
    Outcome.RULE_VIOLATION,
    Outcome.REFUSED,
    Outcome.NEEDS_DECISION,
    Outcome.CANCELLED,
    Outcome.ACCEPTED,
)


def added_up(quotes: Sequence[Quote]) -> Quote:
    """The gravest outcome with everything that speaks for it; lines and totals add up, the highest deposit is due.

    >>> added_up([Quote(Outcome.ACCEPTED, total=Money(500)), Quote(Outcome.ACCEPTED, total=Money(250))]).total.cents
    750
    """
    first = quotes[0]
    if len(quotes) == 1:
        return first
    return replace(
        first,
        outcome=min((one.outcome for one in quotes), key=_GRAVEST.index),
        lines=tuple(line for one in quotes for line in one.lines),
        total=_sum([one.total for one in quotes]),
        total_after_settlement=_sum([one.total_after_settlement for one in quotes]),
        deposit=max((one.deposit for one in quotes), key=lambda money: money.cents),
        reasons=tuple(dict.fromkeys(reason for one in quotes for reason in one.reasons)),
        derivation=tuple(step for one in quotes for step in one.derivation),
        needs_approval=any(one.needs_approval for one in quotes),
        fee_known=all(one.fee_known for one in quotes),
        deposit_known=all(one.deposit_known for one in quotes),
        payment_due_on=min((one.payment_due_on for one in quotes if one.payment_due_on), default=None),
    )


def _sum(amounts: Sequence[Money]) -> Money:
    return sum(amounts[1:], amounts[0]) if amounts else ZERO

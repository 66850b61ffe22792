"""Find the order a movement on the account shows: by its end-to-end id and amount; carried out, or come back.

Not here: booking it (``services.bank_matches``), invoices that movements pay (``matching``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from booking_core.finance.bank.lines import BankLine

_SHORTEST_ID = 6
MOST_CHARGES_CENTS = 2000  # what banks add to a debit that comes back


@dataclass(frozen=True, slots=True)
class OrderItem:
    """An order in a file. ``cents`` as the statement shows it when carried out: a debit comes in, a transfer goes out.

    ``is_booked``: the ledger has it; ``is_seen``: a movement already showed it.
    """

    order: UUID
    end_to_end: str
    cents: int
    kind_label: str
    number: str
    is_booked: bool = False
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class OrderMatch:
    """The order a movement shows. ``event``: executed, or returned; ``charges_cents``: what the bank added to a return.

    ``is_sure``: the id stands where the bank writes it, and the amount is exactly the order's.
    """

    item: OrderItem
    event: str
    is_sure: bool
    charges_cents: int = 0


def match_order(line: BankLine, items: Sequence[OrderItem]) -> OrderMatch | None:
    """The order this movement shows, or None. Among equal ones the first that was not seen yet."""
    named = [item for item in items if _is_named(line, item)]
    for item in named:
        if item.cents == line.cents and not item.is_seen:
            return OrderMatch(item, "executed", is_sure=_is_exact(line, item))
    for item in named:
        charges = -line.cents - item.cents
        came_back = item.is_booked and charges == 0
        with_charges = item.is_booked and item.cents > 0 and 0 < charges <= MOST_CHARGES_CENTS
        if came_back or with_charges:
            is_sure = came_back and _is_exact(line, item)
            return OrderMatch(item, "returned", is_sure=is_sure, charges_cents=charges)
    return None


def _is_exact(line: BankLine, item: OrderItem) -> bool:
    return _squeezed(line.reference) == _squeezed(item.end_to_end)


def _is_named(line: BankLine, item: OrderItem) -> bool:
    wanted = _squeezed(item.end_to_end)
    in_text = len(wanted) >= _SHORTEST_ID and wanted in _squeezed(f"{line.reference} {line.purpose}")
    return _is_exact(line, item) or in_text


def _squeezed(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())

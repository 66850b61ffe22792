"""What a booking costs as it stands: one rule for one booking, for many and for the database's numbers.

Not here: the price (``engines.ordinance``), who has paid (``finance``).
"""


def cents_owed(state: str, *, price_cents: int, given_up_cents: int) -> int:
    """Cents without deposit. ``price_cents``: settled last, or else agreed; ``given_up_cents``: for cancelling.

    While a series is confirmed, what single dates cost that were given up is owed beside its price.
    """
    if state == "cancelled":
        return given_up_cents
    return price_cents + given_up_cents if state == "confirmed" else 0

"""Book every movement whose meaning is sure: it shows an order of ours, or agrees with an open invoice.

Not here: what makes it sure (``bank.matching``), booking one (``statements``, ``bank_matches``).
"""

from contextlib import suppress
from datetime import datetime

from booking_core.finance.queries.order_items import order_matches
from booking_core.finance.queries.statements import sure_matches
from booking_core.finance.services.bank_matches import settle_order
from booking_core.finance.services.statements import assign
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError


def book_sure_movements(*, actor: Actor, now: datetime) -> int:
    """How many were booked, each in a transaction of its own; one that somebody else booked meanwhile is left out."""
    done = 0
    for line, match in order_matches():
        with suppress(BookingError):
            settle_order(line, match.item.order, actor=actor, now=now)
            done += 1
    for line, invoice in sure_matches():
        with suppress(BookingError):
            assign(line, invoice, actor=actor, now=now)
            done += 1
    return done

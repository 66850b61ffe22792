"""Offer freed time to who is next by the ordinance, by mail with a deadline; let offers lapse.

Not here: locks and states (``reservations.services.waiting``). Making the booking is ``place_booking``: an accepted
offer is a hold like any other.
"""

from datetime import datetime
from uuid import UUID

from booking_core.engines.availability import contains
from booking_core.kernel.spans import Span
from booking_core.messaging import composing_waiting
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.queries import free_times
from booking_core.reservations.queries.waiting import candidates
from booking_core.reservations.services import waiting
from booking_core.reservations.services.transactions import with_retries
from booking_core.reservations.waiting_contracts import WaitingView
from tenants.context import current_tenant


def serve_waiting_list(*, now: datetime) -> int:
    """Let offers lapse whose deadline is over, then offer what is free to who is next; the number of offers.

    Safe to run at any time by any number of workers: each offer and each lapse is won by exactly one.
    """
    _lapse(now=now)
    hours = int(current_tenant().waiting_offer_hours)
    offered = 0
    for entry in _free_candidates(now=now):
        offered += _offer(entry.uuid, hours=hours, now=now)
    return offered


@with_retries
def _lapse(*, now: datetime) -> None:
    for entry in waiting.lapse_offers(now=now):
        queue_mail(composing_waiting.waiting_lapsed(entry))


@with_retries
def _offer(uuid: UUID, *, hours: int, now: datetime) -> int:
    """Offer and mail in one transaction: no mail without a kept time, no kept time without its mail."""
    entry = waiting.offer_next(uuid, hours=hours, now=now)
    if entry is None:
        return 0
    queue_mail(composing_waiting.waiting_offered(entry))
    return 1


def _free_candidates(*, now: datetime) -> tuple[WaitingView, ...]:
    """Who waits for a time that looks free, in the order of the list. Four statements beside the list."""
    waiting_now = candidates(now=now)
    if not waiting_now:
        return ()
    window = Span(min(one.span.start for one in waiting_now), max(one.span.end for one in waiting_now))
    free = free_times({one.resource_id for one in waiting_now}, window, now=now)
    return tuple(one for one in waiting_now if contains(free.get(one.resource_id, ()), one.span))

"""The waiting list: put someone on it, take them off, offer freed time to the next, let offers lapse.

Not here: what the ordinance thinks of a wish (``workflows.waiting_list``), mails.

An offer is a hold that lasts longer. Two workers never offer one time twice: the entries in question are locked in
the order of the list before anyone tries to hold, so the second worker waits and then finds the time taken.
Locks: waiting entries in list order → hold → resources → units (``occupy``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.spans import Span
from booking_core.reservations.drafts import ItemData
from booking_core.reservations.errors import AlreadyWaiting, Taken
from booking_core.reservations.models import WaitingEntry, WaitingState
from booking_core.reservations.queries.free_time import is_free
from booking_core.reservations.queries.waiting import entry_by_uuid, waiting_view
from booking_core.reservations.services.holds import hold, release_hold
from booking_core.reservations.services.transactions import with_retries
from booking_core.reservations.waiting_contracts import WaitingView

ACTIVE = (WaitingState.WAITING, WaitingState.OFFERED)
MOST_PER_PERSON = 20


@dataclass(frozen=True, slots=True)
class WaitingData:
    """Someone who would like a time. ``wish`` is plain JSON; ``priority`` is the ordinance's, lower first."""

    resource_id: int
    span: Span
    wish: Mapping[str, object]
    name: str
    email: str
    user_id: int | None = None
    language: str = "de"
    priority: int = 0


@with_retries
def join(data: WaitingData, *, now: datetime) -> WaitingView:
    """Put someone on the list. Raises AlreadyWaiting, InvalidInput (past, or on too many lists)."""
    if data.span.start <= now:
        raise InvalidInput(_("Diese Zeit hat schon begonnen."))
    email = data.email.strip().lower()
    mine = WaitingEntry.objects.filter(email=email, state__in=ACTIVE)
    if mine.filter(resource_id=data.resource_id, starts_at=data.span.start, ends_at=data.span.end).exists():
        raise AlreadyWaiting(already_sentence())
    if mine.count() >= MOST_PER_PERSON:
        raise InvalidInput(_("Sie stehen schon auf 20 Wartelisten. Tragen Sie sich zuerst irgendwo aus."))
    try:
        with transaction.atomic():
            entry = WaitingEntry.objects.create(
                resource_id=data.resource_id,
                starts_at=data.span.start,
                ends_at=data.span.end,
                wish=dict(data.wish),
                name=data.name.strip(),
                email=email,
                user_id=data.user_id,
                language=data.language,
                priority=data.priority,
                asked_at=now,
            )
    except IntegrityError as fault:  # two taps at once: the constraint lets one through
        raise AlreadyWaiting(already_sentence()) from fault
    return entry_by_uuid(entry.uuid)


def already_sentence() -> str:
    """What people read who are on this list already."""
    return _("Sie stehen für diese Zeit schon auf der Warteliste.")


@with_retries
def leave(uuid: UUID) -> WaitingView:
    """Take someone off the list, and give back what was kept for them. Leaving twice changes nothing."""
    entry = WaitingEntry.objects.select_for_update().filter(uuid=uuid).first()
    if entry is None:
        raise NotFound(_("Diesen Eintrag gibt es nicht."))
    if entry.state in ACTIVE:
        kept = entry.hold_uuid
        entry.state, entry.hold_uuid, entry.offered_until = WaitingState.LEFT, None, None
        entry.save(update_fields=["state", "hold_uuid", "offered_until"])
        if kept is not None:
            release_hold(kept)
    return entry_by_uuid(uuid)


@with_retries
def offer_next(entry_uuid: UUID, *, hours: int, now: datetime) -> WaitingView | None:
    """Keep the entry's time for its person, if it is free and nobody before them waits for any of it; else None.

    The deadline is ``hours`` from now, or the beginning of the time, whatever comes first.
    """
    wanted = WaitingEntry.objects.filter(uuid=entry_uuid).first()
    if wanted is None:
        return None
    rivals = WaitingEntry.objects.select_for_update().filter(
        resource_id=wanted.resource_id,
        state=WaitingState.WAITING,
        starts_at__lt=wanted.ends_at,
        ends_at__gt=wanted.starts_at,
        starts_at__gt=now,
    )
    for entry in rivals.order_by("priority", "asked_at", "id"):
        span = Span(entry.starts_at, entry.ends_at)
        quantity = int(str(entry.wish.get("quantity", 1)))
        if not is_free([entry.resource_id], span, now=now, quantity=quantity):
            continue
        offered = _offered(entry, span, quantity, hours=hours, now=now)
        if offered is not None:
            return offered
    return None


def _offered(
    entry: WaitingEntry, span: Span, quantity: int, *, hours: int, now: datetime
) -> WaitingView | None:
    minutes = max(1, min(hours * 60, int((span.start - now) / timedelta(minutes=1))))
    until = now + timedelta(minutes=minutes)
    try:
        with transaction.atomic():
            kept = hold([ItemData(entry.resource_id, span, quantity)], request=entry.wish, minutes=minutes)
    except Taken:
        return None
    entry.state, entry.hold_uuid, entry.offered_until = WaitingState.OFFERED, kept.uuid, until
    entry.save(update_fields=["state", "hold_uuid", "offered_until"])
    return waiting_view(entry)


@with_retries
def lapse_offers(*, now: datetime) -> tuple[WaitingView, ...]:
    """Close offers nobody took up and entries whose time has come; returns the lapsed offers, each exactly once."""
    WaitingEntry.objects.filter(state=WaitingState.WAITING, starts_at__lte=now).update(
        state=WaitingState.OVER
    )
    late = WaitingEntry.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "resource__location"
    )
    lapsed = list(late.filter(state=WaitingState.OFFERED, offered_until__lte=now).order_by("pk"))
    holds = [entry.hold_uuid for entry in lapsed]
    for entry in lapsed:
        entry.state, entry.hold_uuid = WaitingState.LAPSED, None
        entry.save(update_fields=["state", "hold_uuid"])
    for uuid in holds:
        if uuid is not None:
            release_hold(uuid)
    return tuple(waiting_view(entry) for entry in lapsed)


def take_up(hold_uuid: UUID) -> bool:
    """The held time became a booking: the entry it was kept for is done. False where no list was behind it."""
    found = WaitingEntry.objects.filter(hold_uuid=hold_uuid, state=WaitingState.OFFERED)
    return bool(found.update(state=WaitingState.BOOKED, hold_uuid=None))

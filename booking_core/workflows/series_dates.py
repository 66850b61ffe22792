"""Later changes to a series: cancel, release, restore or move one date, from here on, a range, or all that come.

Not here: asking for a series (``series_plan``), cancelling the whole booking (``cancel_booking``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.parties import lock_party
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import ZERO, Money
from booking_core.kernel.spans import Span
from booking_core.messaging import composing_series
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.contracts import AwayDate, BookingView, ItemView, Repeat
from booking_core.reservations.drafts import DatesChange, ItemData
from booking_core.reservations.errors import NoDateLeft, WrongState
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.series import change_dates
from booking_core.reservations.services.settlements import refuse_settled
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.billing import keep_bill_right
from booking_core.workflows.cancellation_costs import NO_ANSWERS, Answers
from booking_core.workflows.contracts import CancellationPreview
from booking_core.workflows.errors import AlreadyOver
from booking_core.workflows.owner_rules import refuse_for_owner
from booking_core.workflows.series_prices import (
    dropping_cost,
    fee_words,
    items_data,
    priced_with,
    priced_without,
    same_price,
)
from booking_core.workflows.tasks import look_for_waiting


@dataclass(frozen=True, slots=True)
class DatesPreview:
    """What a change of dates costs: the price before and after, and what is owed for what is given up."""

    count: int
    old_total: Money
    new_total: Money
    cost: CancellationPreview

    @property
    def difference(self) -> Money:
        return self.new_total - self.old_total


def preview_dropping(
    uuid: UUID,
    slots: Collection[str],
    *,
    now: datetime,
    by_staff: bool = False,
    answers: Answers = NO_ANSWERS,
) -> DatesPreview:
    """What giving up these dates changes, by the booking's own version; staff see what the person would owe.

    Raises what ``drop_dates`` raises.
    """
    booking = booking_by_uuid(uuid, with_events=False)
    dropped = _dates_to_drop(booking, slots, now=now, by_staff=by_staff)
    after = priced_without(booking, dropped)
    cost = dropping_cost(booking, dropped, now=now, answers=answers, by_staff=by_staff)
    return DatesPreview(len(dropped), booking.total, after.total, cost)


@with_retries
def drop_dates(
    uuid: UUID,
    slots: Collection[str],
    *,
    actor: Actor,
    now: datetime,
    expected_version: int,
    reason: str = "",
    answers: Answers = NO_ANSWERS,
    at_wish_of_party: bool | None = None,
) -> BookingView:
    """Cancel some dates of a series; the others stay. Their time is free at once, and the waiting list is asked.

    ``answers`` and ``at_wish_of_party`` as in ``cancel_booking``. What each date costs is kept with it, so that a date
    that is taken up again and given up once more is owed once.

    The invoice is replaced by one over the dates that stay and what is owed for those given up.

    Raises NotFound, WrongState, AlreadySettled, AlreadyOver (a date that has begun, for citizens), NoDateLeft, Stale.
    """
    booking = booking_by_uuid(uuid, with_events=False)
    dropped = _dates_to_drop(booking, slots, now=now, by_staff=actor.by_staff)
    refuse_settled(booking.id)
    is_wished = not actor.by_staff if at_wish_of_party is None else at_wish_of_party
    cost = dropping_cost(booking, dropped, now=now, answers=answers, by_staff=actor.by_staff)
    cost = cost if is_wished else CancellationPreview(ZERO, "")
    change = DatesChange(
        uuid=uuid,
        expected_version=expected_version,
        kind="dates_cancelled",
        price=priced_without(booking, dropped),
        drop=frozenset(dropped),
        text=reason.strip(),
        fees={one.slot: one.fee for one in cost.dates if one.fee} or _on_first(dropped, cost),
        answers=answers,
    )
    changed = change_dates(change, actor=actor, now=now)
    audit("booking.dates_cancelled", actor=actor, subject_type="booking", subject_id=uuid)
    keep_bill_right(changed, actor=actor, now=now)
    spans = _spans_of(booking, dropped)
    queue_mail(
        composing_series.dates_cancelled(
            changed,
            spans=spans,
            by_staff=not is_wished,
            reason=reason.strip(),
            fee_words=fee_words(changed, cost),
        )
    )
    if not actor.by_staff:
        queue_mail(
            composing_series.dates_notice(changed, kind="dates_cancelled", spans=spans, reason=reason.strip())
        )
    look_for_waiting()
    return changed


@with_retries
def release_date(uuid: UUID, slot: str, *, actor: Actor, now: datetime) -> BookingView:
    """ "Our training is off": give one date back without a word about money. A second tap changes nothing.

    The price stays as agreed: whether a released date is paid for, the administration decides. Raises NotFound,
    WrongState, AlreadyOver, NoDateLeft.
    """
    booking = booking_by_uuid(uuid, with_events=False)
    if any(one.key == slot and one.why == "released" for one in _series(booking).away):
        return booking
    dropped = _dates_to_drop(booking, [slot], now=now, by_staff=False)
    change = DatesChange(
        uuid=uuid,
        expected_version=booking.version,
        kind="released",
        price=same_price(booking),
        drop=frozenset(dropped),
        why="released",
    )
    changed = change_dates(change, actor=actor, now=now)
    audit("booking.released", actor=actor, subject_type="booking", subject_id=uuid)
    queue_mail(composing_series.dates_notice(changed, kind="released", spans=_spans_of(booking, dropped)))
    look_for_waiting()
    return changed


@with_retries
def restore_dates(
    uuid: UUID, slots: Collection[str], *, actor: Actor, now: datetime, expected_version: int
) -> BookingView:
    """Let dates take place after all, where their time is free: skipped, cancelled or released ones.

    Raises NotFound, WrongState, InThePast, OutsideOpeningHours, Taken, Stale.
    """
    booking = booking_by_uuid(uuid, with_events=False)
    lock_party(booking.party_id)
    _refuse_closed(booking)
    refuse_settled(booking.id)
    away = {one.key: one for one in _series(booking).away}
    put = [item for slot in sorted(set(slots)) for item in _items_of_away(away.get(slot))]
    items = (*items_data(booking), *put)
    if not actor.by_staff:
        refuse_for_owner(booking, put, now=now)
    change = DatesChange(
        uuid=uuid,
        expected_version=expected_version,
        kind="restored",
        price=priced_with(booking, items, by_staff=actor.by_staff),
        put=tuple(put),
    )
    changed = change_dates(change, actor=actor, now=now)
    audit("booking.dates_restored", actor=actor, subject_type="booking", subject_id=uuid)
    keep_bill_right(changed, actor=actor, now=now)
    queue_mail(composing_series.dates_restored(changed, spans=tuple(sorted({item.span for item in put}))))
    return changed


@with_retries
def move_dates(
    uuid: UUID, put: Collection[ItemData], *, actor: Actor, now: datetime, expected_version: int
) -> BookingView:
    """Let some dates take place at another time or in another room; each item carries its slot.

    The series stays confirmed: one date that the rules allow is not worth a new decision about all of them. The
    administration is told. Raises NotFound, WrongState, AlreadyOver, Taken,
    Stale, and what speaks against the new time.
    """
    booking = booking_by_uuid(uuid, with_events=False)
    lock_party(booking.party_id)
    moved = frozenset(item.slot for item in put)
    _dates_to_drop(booking, moved, now=now, by_staff=actor.by_staff)
    refuse_settled(booking.id)
    items = (*(item for item in items_data(booking) if item.slot not in moved), *put)
    if not actor.by_staff:
        refuse_for_owner(booking, tuple(put), now=now)
    change = DatesChange(
        uuid=uuid,
        expected_version=expected_version,
        kind="dates_changed",
        price=priced_with(booking, items, by_staff=actor.by_staff),
        put=tuple(put),
    )
    changed = change_dates(change, actor=actor, now=now)
    audit("booking.dates_changed", actor=actor, subject_type="booking", subject_id=uuid)
    keep_bill_right(changed, actor=actor, now=now)
    before, after = _spans_of(booking, moved), _spans_of(changed, moved)
    queue_mail(composing_series.dates_changed(changed, before=before, after=after))
    if not actor.by_staff:
        queue_mail(composing_series.dates_notice(changed, kind="dates_changed", spans=after, before=before))
    look_for_waiting()
    return changed


def preview_moving(booking: BookingView, put: Collection[ItemData], *, by_staff: bool = False) -> Money:
    """The price with these dates as they shall be, by the booking's own version. Raises RefusedByOrdinance."""
    moved = {item.slot for item in put}
    return priced_with(
        booking, (*(item for item in items_data(booking) if item.slot not in moved), *put), by_staff=by_staff
    ).total


def slots_meant(
    booking: BookingView, slot: str, reach: str, *, last: str = "", now: datetime
) -> tuple[str, ...]:
    """The dates a person means: ``one``, ``onward`` (from here on), ``range`` (up to ``last``) or ``all`` to come."""
    coming = sorted({item.slot for item in booking.items if item.slot and item.span.start > now})
    if reach == "one":
        return (slot,)
    if reach == "onward":
        return tuple(one for one in coming if one >= slot)
    if reach == "range":
        return tuple(one for one in coming if slot <= one <= last)
    return tuple(coming)


def _series(booking: BookingView) -> Repeat:
    if booking.series is None:
        raise WrongState(_("Diese Buchung ist keine Serie."))
    return booking.series


def _refuse_closed(booking: BookingView) -> None:
    _series(booking)
    if not booking.is_open:
        raise WrongState(_("Diese Buchung ist abgeschlossen und ändert sich nicht mehr."))


def _dates_to_drop(
    booking: BookingView, slots: Collection[str], *, now: datetime, by_staff: bool
) -> frozenset[str]:
    _refuse_closed(booking)
    wanted = frozenset(slots)
    if not wanted:
        raise InvalidInput(_("Wählen Sie mindestens einen Termin."))
    by_slot: dict[str, list[ItemView]] = {}
    for item in booking.items:
        by_slot.setdefault(item.slot, []).append(item)
    for slot in wanted:
        if not slot or slot not in by_slot:
            raise NotFound(_("Diesen Termin gibt es nicht mehr."))
        if by_slot[slot][0].span.start <= now and not by_staff:
            raise AlreadyOver(_("Dieser Termin hat schon begonnen. Bitte wenden Sie sich an die Verwaltung."))
    if wanted >= {slot for slot in by_slot if slot}:
        raise NoDateLeft(_("Das wären alle Termine. Stornieren Sie dann die ganze Buchung."))
    return wanted


def _on_first(dropped: Collection[str], cost: CancellationPreview) -> dict[str, Money]:
    return {min(dropped): cost.fee} if cost.fee else {}


def _items_of_away(away: AwayDate | None) -> list[ItemData]:
    if away is None:
        raise NotFound(_("Diesen Termin gibt es nicht mehr."))
    if away.span is None or not away.resource_ids:
        raise InvalidInput(_("Diese Uhrzeit gibt es an dem Tag nicht."))
    return [ItemData(room, away.span, pieces, away.key) for room, pieces in away.wanted.items()]


def _spans_of(booking: BookingView, slots: Collection[str]) -> tuple[Span, ...]:
    return tuple(sorted({item.span for item in booking.items if item.slot in slots}))

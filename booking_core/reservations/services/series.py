"""Single dates of a series: cancelled, released, restored, moved; and what is noted about them.

Not here: making a series (``new_bookings``), price and rules (``workflows.series_dates``).
Call everything inside ``with_retries``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import ZERO, Money
from booking_core.reservations.contracts import AwayDate, BookingView
from booking_core.reservations.drafts import DatesChange
from booking_core.reservations.errors import NoDateLeft, Stale, WrongState
from booking_core.reservations.models import Attendance, Booking, BookingEvent, BookingItem, Occupancy, Series
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.reservations.ranges import to_span
from booking_core.reservations.series_data import away_from_data, away_to_data
from booking_core.reservations.services.bookings import (
    OPEN_STATES,
    add_items,
    locked_booking,
    log_event,
    stale_sentence,
    wrong_state_sentence,
)
from booking_core.reservations.services.claims import claims_for
from booking_core.reservations.services.columns import owed_with, price_columns
from booking_core.reservations.services.occupy import occupy


@transaction.atomic
def change_dates(change: DatesChange, *, actor: Actor, now: datetime) -> BookingView:
    """Drop, restore and move dates of one series in one go: all of it, or nothing.

    Freed and new time are exchanged by one ``occupy()``. What is dropped stays in ``Series.away`` and can come back.
    Raises NotFound, WrongState (not a series, not open), Stale, Taken, NoDateLeft, InvalidInput.
    """
    booking = locked_booking(change.uuid)
    series = Series.objects.filter(booking=booking).first()
    _refuse(change, booking, series)
    assert series is not None  # noqa: S101 — refused above
    put_slots = {item.slot for item in change.put}
    old = list(BookingItem.objects.filter(booking=booking, slot__in=change.drop | put_slots))
    known = away_from_data(series.away)
    away = _away_after(change, known, old)
    old_ids = [item.pk for item in old]
    BookingItem.objects.filter(pk__in=old_ids).update(slot="")
    rows = add_items(booking.pk, change.put)
    if not BookingItem.objects.filter(booking=booking).exclude(slot="").exists():
        raise NoDateLeft(_("Das wären alle Termine. Stornieren Sie dann die ganze Buchung."))
    occupy(
        claims_for(change.put, rows=rows) if change.put else [],
        freeing=Occupancy.objects.filter(item_id__in=old_ids),
    )
    BookingItem.objects.filter(pk__in=old_ids).delete()
    Series.objects.filter(pk=series.pk).update(away=away_to_data(away))
    columns: dict[str, object] = {"state": change.state or booking.state, **price_columns(change.price)}
    fee = sum((one.cents for one in change.fees.values()), 0)
    fee -= sum(one.fee.cents for one in known if one.key in put_slots)
    if fee:
        columns["cancellation_cents"] = owed_with(Money(fee))
    Booking.objects.filter(pk=booking.pk).update(
        version=F("version") + 1, sequence=F("sequence") + 1, **columns
    )
    data: dict[str, object] = {
        "dropped": sorted(change.drop),
        "put": sorted(put_slots),
        "fee_cents": fee,
    }
    if change.answers:
        data["answers"] = dict(change.answers)
    log_event(booking.pk, change.kind, actor=actor, now=now, text=change.text, data=data)
    return booking_by_uuid(change.uuid)


def _refuse(change: DatesChange, booking: Booking, series: Series | None) -> None:
    if booking.version != change.expected_version:
        raise Stale(stale_sentence())
    if series is None or booking.state not in OPEN_STATES:
        raise WrongState(wrong_state_sentence())
    if not change.drop and not change.put:
        raise InvalidInput(_("Wählen Sie mindestens einen Termin."))
    if set(change.fees) - change.drop:
        raise InvalidInput(_("Ein Entgelt gehört zu einem Termin, der abgesagt wird."))
    if any(not item.slot for item in change.put) or change.drop & {item.slot for item in change.put}:
        raise InvalidInput(_("Wählen Sie für jeden Termin genau eine Änderung."))


def _away_after(change: DatesChange, known: Iterable[AwayDate], old: Iterable[BookingItem]) -> list[AwayDate]:
    """The dates away once the change is done. Raises NotFound for a date that is not there to drop or put."""
    away = {one.key: one for one in known}
    by_slot: dict[str, list[BookingItem]] = defaultdict(list)
    for item in old:
        by_slot[item.slot].append(item)
    for slot in change.drop:
        if slot not in by_slot:
            raise NotFound(_("Diesen Termin gibt es nicht mehr."))
        items = by_slot[slot]
        away[slot] = AwayDate(
            key=slot,
            why=change.why,
            span=to_span(items[0].span),
            resource_ids=tuple(item.resource_id for item in items),
            quantity=items[0].quantity,
            note=change.text,
            fee=change.fees.get(slot, ZERO),
            pieces={one.resource_id: one.quantity for one in items if one.quantity != items[0].quantity},
        )
    for put_item in change.put:
        if put_item.slot not in by_slot and put_item.slot not in away:
            raise NotFound(_("Diesen Termin gibt es nicht mehr."))
    put = {item.slot for item in change.put}
    return [one for one in away.values() if one.key not in put]


@transaction.atomic
def note_attendance(
    uuid: UUID, slots: Mapping[str, str], *, actor: Actor, now: datetime, text: str = ""
) -> BookingView:
    """Keep what the caretaker saw of some dates: slot → used, unused or nothing. Raises NotFound, InvalidInput."""
    booking = locked_booking(uuid)
    for slot, attendance in slots.items():
        if attendance not in Attendance.values:
            raise InvalidInput(_("Diese Auswahl gibt es nicht."))
        items = BookingItem.objects.filter(booking=booking, slot=slot, span__startswith__lte=now)
        if not items.update(attendance=attendance):
            raise NotFound(_("Diesen Termin gibt es nicht, oder er hat noch nicht begonnen."))
    log_event(booking.pk, "attendance", actor=actor, now=now, text=text, data={"slots": dict(slots)})
    return booking_by_uuid(uuid)


@transaction.atomic
def note_on_series(
    uuid: UUID,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    text: str = "",
    confirm_by: date | None = None,
) -> BookingView:
    """Note that the club was asked to confirm, has confirmed, or was asked about unused dates. Raises NotFound."""
    booking = locked_booking(uuid)
    changes: dict[str, dict[str, object]] = {
        "confirmation_asked": {"confirm_by": confirm_by, "confirmed_at": None},
        "continued": {"confirm_by": None, "confirmed_at": now},
        "unused_asked": {"unused_asked_at": now},
    }
    if not Series.objects.filter(booking=booking).update(**changes[kind]):
        raise NotFound(_("Diese Buchung ist keine Serie."))
    log_event(booking.pk, kind, actor=actor, now=now, text=text)
    return booking_by_uuid(uuid)


@transaction.atomic
def claim_follow_up(uuid: UUID, kind: str, *, actor: Actor, now: datetime, asked_before: datetime) -> bool:
    """Note one step of an open question to the club: True for exactly one caller since it was asked.

    Not before ``asked_before`` lies behind the question, and not where the club has answered. Raises NotFound.
    """
    booking = locked_booking(uuid)
    if not Series.objects.filter(booking=booking, confirm_by__isnull=False).exists():
        return False
    events = BookingEvent.objects.filter(booking=booking)
    asked = events.filter(kind="confirmation_asked").order_by("-pk").first()
    if asked is None or asked.at > asked_before or events.filter(kind=kind, pk__gt=asked.pk).exists():
        return False
    log_event(booking.pk, kind, actor=actor, now=now)
    return True


def want_reminders(uuid: UUID, *, wanted: bool) -> None:
    """Whether the club gets a mail before each date."""
    Series.objects.filter(booking__uuid=uuid).update(wants_reminders=wanted)


def claim_reminder(booking_id: int, day: date) -> bool:
    """Take on the reminder for the dates of ``day``: True for exactly one caller, however many workers ask."""
    waiting = Series.objects.filter(booking_id=booking_id).exclude(reminded_through__gte=day)
    return bool(waiting.update(reminded_through=day))

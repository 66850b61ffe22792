"""Bookings: make one with its time, decide, cancel, ask and answer, change details.

Not here: moving (``moves``), people and extras (``scope``), prices and rules, mail (``workflows``). Call everything
inside ``with_retries``.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import BookingData, DetailsData, ItemData
from booking_core.reservations.errors import Stale, WrongState
from booking_core.reservations.models import (
    Booking,
    BookingEvent,
    BookingItem,
    BookingState,
    Occupancy,
    Series,
)
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.reservations.ranges import to_range, to_span
from booking_core.reservations.series_data import series_columns
from booking_core.reservations.services.claims import check_items, claims_for
from booking_core.reservations.services.columns import contact_columns, owed_with, price_columns
from booking_core.reservations.services.holds import locked_hold
from booking_core.reservations.services.occupy import occupy, vacate

_MAY_BECOME: Mapping[str, frozenset[str]] = {
    BookingState.REQUESTED: frozenset(
        {BookingState.CONFIRMED, BookingState.DECLINED, BookingState.CANCELLED}
    ),
    BookingState.CONFIRMED: frozenset({BookingState.CANCELLED}),
}
OPEN_STATES = frozenset(_MAY_BECOME)


@transaction.atomic
def create_booking(
    data: BookingData, *, actor: Actor, now: datetime, hold_uuid: UUID | None = None
) -> BookingView:
    """Make a booking and take its time, or make nothing.

    With ``hold_uuid`` the held time becomes the booking's. Raises HoldExpired (catch it, then try without the hold
    in a new transaction), Taken, TooMany, InvalidInput, NotFound.
    """
    if data.state not in OPEN_STATES:
        raise InvalidInput(_("Eine neue Buchung ist angefragt oder bestätigt."), field="state")
    check_items(data.items)
    held = locked_hold(hold_uuid) if hold_uuid is not None else None
    booking = _insert(data, now=now)
    rows = add_items(booking.pk, data.items)
    if data.repeat is not None:
        Series.objects.create(booking=booking, **series_columns(data.repeat))
    freeing = Occupancy.objects.filter(hold=held) if held is not None else None
    occupy(claims_for(data.items, rows=rows), freeing=freeing)
    if held is not None:
        held.delete()
    log_event(booking.pk, BookingState.REQUESTED, actor=actor, now=now, text=data.message)
    if data.state == BookingState.CONFIRMED:
        log_event(booking.pk, BookingState.CONFIRMED, actor=actor, now=now)
    return booking_by_uuid(booking.uuid)


def _insert(data: BookingData, *, now: datetime) -> Booking:
    booking_id = _next_id()
    confirmed = data.state == BookingState.CONFIRMED
    booking = Booking(
        pk=booking_id,
        number=f"{timezone.localtime(now).year}-{booking_id:06d}",
        party_id=data.party_id,
        booked_by_id=data.booked_by_id,
        state=data.state,
        source=data.source,
        title=data.title.strip(),
        purpose=data.purpose,
        customer_group=data.customer_group,
        persons=data.persons,
        extras=dict(data.extras),
        facts=dict(data.facts),
        message=data.message,
        language=data.language,
        requested_at=now,
        decided_at=now if confirmed else None,
        house_rules_accepted_at=data.house_rules_accepted_at,
        pay_by=data.pay_by,
        **contact_columns(data.contact),
        **price_columns(data.price),
    )
    booking.save(force_insert=True)
    return booking


def _next_id() -> int:
    """The next identity of a booking: its number is made from it. Gaps are allowed, doubles impossible."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('reservations_booking', 'id'))")
        row: tuple[int] = cursor.fetchone()
    return row[0]


def add_items(booking_id: int, items: tuple[ItemData, ...]) -> list[BookingItem]:
    """Write the items of a booking; returns their rows in order."""
    return BookingItem.objects.bulk_create(
        BookingItem(
            booking_id=booking_id,
            resource_id=item.resource_id,
            span=to_range(item.span),
            quantity=item.quantity,
            slot=item.slot,
        )
        for item in items
    )


@transaction.atomic
def transition(
    uuid: UUID,
    to: str,
    *,
    actor: Actor,
    expected_version: int,
    now: datetime,
    text: str = "",
    fee: Money | None = None,
    facts: dict[str, object] | None = None,
) -> BookingView:
    """Confirm, decline or cancel a booking: ``to`` is confirmed, declined or cancelled.

    ``text`` is the reason or the words that go with it; ``fee`` is owed after cancelling, ``facts`` are the answers
    with those given now. Declined and cancelled
    bookings give their time back and stay as history. A confirmed one is made sure of its time. Raises NotFound,
    WrongState, Stale (someone was faster, or the booking changed since ``expected_version``), Taken.
    """
    sources = [state for state, targets in _MAY_BECOME.items() if to in targets]
    changes: dict[str, object] = {
        "state": to,
        "question_at": None,
        "pay_by": None,
        "sequence": F("sequence") + 1,
    }
    if to == BookingState.CANCELLED:
        changes |= {"cancelled_at": now, "cancellation_cents": None if fee is None else owed_with(fee)}
        changes |= {} if facts is None else {"facts": facts}
    else:
        changes |= {"decided_at": now, "decided_by_id": actor.user_id, "decision_reason": text}
    booking_id = compare_and_swap(uuid, sources, expected_version, changes)
    if to == BookingState.CONFIRMED:
        make_sure_of_time(booking_id)
    else:
        vacate(Occupancy.objects.filter(item__booking_id=booking_id))
    log_event(booking_id, to, actor=actor, now=now, text=text)
    return booking_by_uuid(uuid)


def compare_and_swap(
    uuid: UUID, sources: list[str] | frozenset[str], expected_version: int, changes: Mapping[str, object]
) -> int:
    """Compare-and-swap: write only if state and version are still what the caller saw. Returns the booking's id."""
    found = Booking.objects.filter(uuid=uuid)
    done = found.filter(state__in=sources, version=expected_version).update(
        version=F("version") + 1, **changes
    )
    known = found.values_list("pk", "version").first()
    if known is None:
        raise NotFound(_("Diese Buchung gibt es nicht."))
    if done:
        return known[0]
    if known[1] != expected_version:
        raise Stale(stale_sentence())
    raise WrongState(wrong_state_sentence())


def stale_sentence() -> str:
    """What people read when someone else changed the booking in the meantime."""
    return _("Diese Buchung wurde inzwischen geändert. Sehen Sie sich den neuen Stand an.")


def wrong_state_sentence() -> str:
    """What people read when a booking is past the point where this could be done."""
    return _("Das ist bei dieser Buchung nicht mehr möglich.")


def make_sure_of_time(booking_id: int) -> None:
    """A request holds its time already; one that lost it (an import, a repair by hand) must win it again."""
    if Occupancy.objects.filter(item__booking_id=booking_id).exists():
        return
    rows = list(BookingItem.objects.filter(booking_id=booking_id))
    items = [ItemData(row.resource_id, to_span(row.span), row.quantity) for row in rows]
    occupy(claims_for(items, rows=rows))


@transaction.atomic
def ask(uuid: UUID, text: str, *, actor: Actor, now: datetime) -> BookingView:
    """Note a clerk's question; the request waits until it is answered. Raises InvalidInput, NotFound, WrongState."""
    return _converse(uuid, "asked", text, actor=actor, now=now)


@transaction.atomic
def answer(uuid: UUID, text: str, *, actor: Actor, now: datetime) -> BookingView:
    """Note the answer; the request goes back to the clerks. Raises InvalidInput, NotFound, WrongState."""
    return _converse(uuid, "answered", text, actor=actor, now=now)


def _converse(uuid: UUID, kind: str, text: str, *, actor: Actor, now: datetime) -> BookingView:
    _need_text(text)
    booking = locked_booking(uuid)
    if booking.state not in OPEN_STATES:
        raise WrongState(wrong_state_sentence())
    # The version counts: whoever decides must have seen the question and the answer.
    Booking.objects.filter(pk=booking.pk).update(
        question_at=now if kind == "asked" else None, version=F("version") + 1
    )
    log_event(booking.pk, kind, actor=actor, now=now, text=text)
    return booking_by_uuid(uuid)


@transaction.atomic
def note(uuid: UUID, text: str, *, actor: Actor, now: datetime) -> BookingView:
    """Keep a note among the staff, whatever the state. Raises InvalidInput, NotFound."""
    _need_text(text)
    booking = locked_booking(uuid)
    Booking.objects.filter(pk=booking.pk).update(staff_note=text.strip())
    log_event(booking.pk, "noted", actor=actor, now=now, text=text)
    return booking_by_uuid(uuid)


@transaction.atomic
def change_details(
    uuid: UUID, details: DetailsData, *, actor: Actor, expected_version: int, now: datetime
) -> BookingView:
    """Change title, contact or message; time and price stay.

    Raises InvalidInput, NotFound, WrongState, Stale.
    """
    if not details.title.strip():
        raise InvalidInput(_("Geben Sie an, worum es geht."), field="title")
    changes: dict[str, object] = {
        "title": details.title.strip(),
        "message": details.message,
        "sequence": F("sequence") + 1,
        **contact_columns(details.contact),
    }
    if details.title_is_public is not None:
        changes["title_is_public"] = details.title_is_public
    booking_id = compare_and_swap(uuid, OPEN_STATES, expected_version, changes)
    log_event(booking_id, "changed", actor=actor, now=now)
    return booking_by_uuid(uuid)


def locked_booking(uuid: UUID) -> Booking:
    """The booking, locked until the transaction ends. Raises NotFound."""
    booking = Booking.objects.select_for_update(no_key=True).filter(uuid=uuid).first()
    if booking is None:
        raise NotFound(_("Diese Buchung gibt es nicht."))
    return booking


def locked_booking_by_id(booking_id: int) -> Booking:
    """The booking, locked until the transaction ends. Raises NotFound."""
    booking = Booking.objects.select_for_update(no_key=True).filter(pk=booking_id).first()
    if booking is None:
        raise NotFound(_("Diese Buchung gibt es nicht."))
    return booking


def log_event(
    booking_id: int,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    text: str = "",
    data: Mapping[str, object] | None = None,
) -> None:
    """Append one line to the history of a booking."""
    BookingEvent.objects.create(
        booking_id=booking_id,
        at=now,
        kind=kind,
        actor_id=actor.user_id,
        actor_label=actor.label,
        by_staff=actor.by_staff,
        text=text.strip(),
        data=dict(data or {}),
    )


def _need_text(text: str) -> None:
    if not text.strip():
        raise InvalidInput(_("Schreiben Sie ein paar Worte."), field="text")

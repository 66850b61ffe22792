"""Bookings: decide, cancel, ask and answer, change details.

Not here: making one (``new_bookings``), moving (``moves``), people and extras (``scope``), prices and rules, mail
(``workflows``). Call everything inside ``with_retries``.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import DetailsData, ItemData
from booking_core.reservations.errors import Stale, WrongState
from booking_core.reservations.models import (
    Booking,
    BookingEvent,
    BookingItem,
    BookingState,
    Occupancy,
)
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.reservations.ranges import to_range, to_span
from booking_core.reservations.services.claims import claims_for
from booking_core.reservations.services.columns import contact_columns, owed_with
from booking_core.reservations.services.occupy import occupy, vacate

_MAY_BECOME: Mapping[str, frozenset[str]] = {
    BookingState.REQUESTED: frozenset(
        {BookingState.CONFIRMED, BookingState.DECLINED, BookingState.CANCELLED}
    ),
    BookingState.CONFIRMED: frozenset({BookingState.CANCELLED}),
}
OPEN_STATES = frozenset(_MAY_BECOME)


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
        changes["cancelled_at"] = now
        if fee is not None:  # nobody knows it yet: what is owed for dates given up before stays owed
            changes["cancellation_cents"] = owed_with(fee)
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

"""Cancel a booking, and say beforehand what that costs.

Not here: declining a request (``decide_booking``).
"""

from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.money import ZERO
from booking_core.messaging import composing
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import WrongState
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.settlements import refuse_settled
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.billing import keep_bill_right
from booking_core.workflows.cancellation_costs import (
    NO_ANSWERS,
    Answers,
    answered_wish,
    cost_of_cancelling,
    cost_of_dates,
)
from booking_core.workflows.conditions import language
from booking_core.workflows.contracts import CancellationPreview, Wish
from booking_core.workflows.errors import AlreadyOver
from booking_core.workflows.payments.deposits import release_holds
from booking_core.workflows.tasks import look_for_waiting
from booking_core.workflows.wishes import wish_to_data
from design_system.formats import euro


def preview_cancellation(
    uuid: UUID, *, now: datetime, by_staff: bool = False, answers: Answers = NO_ANSWERS
) -> CancellationPreview:
    """What cancelling now would cost the person who booked, by the version the booking was quoted with.

    ``answers``: to what the rules of cancelling ask (``questions_when_cancelling``). Where the administration cancels
    of its own accord, nothing is owed; it still sees what the person would have paid. Raises NotFound, WrongState,
    AlreadyOver (not for staff), InvalidInput (an answer nobody asked for).
    """
    booking = booking_by_uuid(uuid, with_events=False)
    _refuse_closed(booking, now=now, by_staff=by_staff)
    return _cost(booking, answered_wish(booking, answers, by_staff=by_staff), now=now)


@with_retries
def cancel_booking(
    uuid: UUID,
    *,
    actor: Actor,
    reason: str = "",
    now: datetime,
    answers: Answers = NO_ANSWERS,
    at_wish_of_party: bool | None = None,
) -> BookingView:
    """Cancel a request or booking and give its time back.

    Where the administration cancels of its own accord, nothing is owed; with ``at_wish_of_party`` it writes down what
    the person wants, who then owes what the rules say. Citizens and other software always cancel at their own wish.
    The ``answers`` are kept with the booking. Raises NotFound, WrongState, AlreadyOver (for citizens, once the use has
    begun), Stale, InvalidInput.
    """
    booking = booking_by_uuid(uuid, with_events=False)
    _refuse_closed(booking, now=now, by_staff=actor.by_staff)
    is_wished = not actor.by_staff if at_wish_of_party is None else at_wish_of_party
    wish = answered_wish(booking, answers, by_staff=actor.by_staff)
    cost = _cost(booking, wish, now=now) if is_wished else CancellationPreview(ZERO, "")
    cancelled = transition(
        uuid,
        "cancelled",
        actor=actor,
        expected_version=booking.version,
        now=now,
        text=reason.strip(),
        fee=cost.fee if cost.is_known or cost.fee else None,
        facts=_facts_data(wish) if answers else None,
    )
    audit("booking.cancelled", actor=actor, subject_type="booking", subject_id=uuid)
    look_for_waiting()
    queue_mail(
        composing.booking_cancelled(
            cancelled, by_staff=not is_wished, reason=reason.strip(), fee_words=_fee_words(cancelled, cost)
        )
    )
    keep_bill_right(cancelled, actor=actor, now=now)
    release_holds(uuid, actor=actor, now=now)
    return cancelled


def _cost(booking: BookingView, wish: Wish, *, now: datetime) -> CancellationPreview:
    """Of a series each date counts by its own notice, of everything else the first."""
    if booking.series is None:
        return cost_of_cancelling(booking, wish, now=now)
    slots = {item.slot for item in booking.items if item.slot}
    return cost_of_dates(booking, slots, now=now, facts=wish.facts)


def _facts_data(wish: Wish) -> dict[str, object]:
    stored = wish_to_data(wish)["facts"]
    assert isinstance(stored, dict)  # noqa: S101 — wish_to_data writes one
    return stored


def _refuse_closed(booking: BookingView, *, now: datetime, by_staff: bool) -> None:
    if not booking.is_open:
        raise WrongState(_("Diese Buchung ist schon abgeschlossen und kann nicht storniert werden."))
    if booking.start <= now and not by_staff:
        if booking.series is not None and booking.end > now:
            raise AlreadyOver(_("Die Serie läuft schon. Sagen Sie die Termine ab, die noch kommen."))
        raise AlreadyOver(_("Die Buchung hat schon begonnen. Bitte wenden Sie sich an die Verwaltung."))
    refuse_settled(booking.id)


def _fee_words(booking: BookingView, cost: CancellationPreview) -> str:
    """What is owed, in the booking's language."""
    with translation.override(booking.language):
        if not cost.is_known:
            open_words = _("Ob für das Stornieren ein Entgelt anfällt, entscheidet die Verwaltung.")
            if not booking.cancellation_fee:
                return open_words
            owed = _("Zu zahlen sind schon %(fee)s, unter anderem für früher abgesagte Termine.")
            return f"{open_words} {owed % {'fee': euro(booking.cancellation_fee, language())}}"
        if booking.cancellation_fee:
            return _("Für das Stornieren fällt ein Entgelt von %(fee)s an.") % {
                "fee": euro(booking.cancellation_fee, language())
            }
        return _("Für das Stornieren entstehen keine Kosten.")

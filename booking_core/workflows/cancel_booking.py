"""Cancel a booking, and say beforehand what that costs.

Not here: declining a request (``decide_booking``).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import LineKind, Outcome, Quote
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import ZERO
from booking_core.messaging import composing
from booking_core.messaging.outbox import queue_mail
from booking_core.ordinances.queries import document_of_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import WrongState
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.settlements import refuse_settled
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.billing import keep_bill_right
from booking_core.workflows.conditions import language
from booking_core.workflows.contracts import CancellationPreview, Wish
from booking_core.workflows.earlier_bookings import kept_past
from booking_core.workflows.errors import AlreadyOver
from booking_core.workflows.payments.deposits import release_holds
from booking_core.workflows.quoting import price_wish_by_version, questions_when_cancelling
from booking_core.workflows.tasks import look_for_waiting
from booking_core.workflows.wishes import wish_of_booking, wish_to_data
from design_system.formats import euro

Answers = Mapping[str, object]
NO_ANSWERS: Answers = {}


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
    return cost_of_cancelling(booking, _answered(booking, answers, by_staff=by_staff), now=now)


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
    wish = _answered(booking, answers, by_staff=actor.by_staff)
    cost = cost_of_cancelling(booking, wish, now=now) if is_wished else CancellationPreview(ZERO, "")
    cancelled = transition(
        uuid,
        "cancelled",
        actor=actor,
        expected_version=booking.version,
        now=now,
        text=reason.strip(),
        fee=cost.fee if cost.is_known else None,
        facts=_facts_data(wish) if answers else None,
    )
    audit("booking.cancelled", actor=actor, subject_type="booking", subject_id=uuid)
    look_for_waiting()
    queue_mail(
        composing.booking_cancelled(
            cancelled, by_staff=not is_wished, reason=reason.strip(), fee_words=_fee_words(cancelled)
        )
    )
    keep_bill_right(cancelled, actor=actor, now=now)
    release_holds(uuid, actor=actor, now=now)
    return cancelled


def _answered(booking: BookingView, answers: Answers, *, by_staff: bool) -> Wish:
    """The booking with what was answered now. Raises InvalidInput for answers nobody asked for."""
    wish = wish_of_booking(booking)
    asked = {one.id: one for one in questions_when_cancelling(booking, by_staff=by_staff)} if answers else {}
    for name in answers:
        if name not in asked:
            raise InvalidInput(
                _("Danach fragt die Satzung beim Stornieren nicht: %(name)s.") % {"name": name}, field="facts"
            )
    return replace(wish, facts={**wish.facts, **answers})


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


def cost_of_cancelling(booking: BookingView, wish: Wish, *, now: datetime) -> CancellationPreview:
    """What giving up ``wish`` costs now: the whole booking, or some of its dates."""
    if booking.state == "requested":
        return CancellationPreview(ZERO, _("Sie ziehen eine Anfrage zurück. Das kostet nichts."))
    quote = _quote_for_cancelling(booking, wish, now=now)
    if quote is None:
        return CancellationPreview(ZERO, _("Für das Stornieren nennt die Satzung kein Entgelt."))
    if quote.outcome != Outcome.CANCELLED:
        sentence = " ".join(reason.text.in_language(language()) for reason in quote.reasons)
        return CancellationPreview(ZERO, sentence, is_known=False)
    line = next((one for one in quote.lines if one.kind == LineKind.CANCELLATION), None)
    if line is None:
        return CancellationPreview(quote.total, _("Nach der Satzung kostet das Stornieren jetzt nichts."))
    label, explanation = (text.in_language(language()) for text in (line.label, line.explanation))
    words = label if explanation in {"", label} else f"{label}: {explanation}"
    return CancellationPreview(quote.total, words, line.paragraph)


def _quote_for_cancelling(booking: BookingView, wish: Wish, *, now: datetime) -> Quote | None:
    """The engine's answer to a cancelled booking; None where no ordinance speaks of cancelling."""
    version_id = booking.ordinance_version_id
    if version_id is None:
        return None
    document = document_of_version(version_id)
    if not any(rule.topic == "cancellation" for rule in document.rules_in_words):
        return None
    price = price_wish_by_version(
        wish,
        version_id,
        requested_at=booking.requested_at,
        cancelled_at=now,
        past=kept_past(booking),
    )
    return price.quote if price else None


def _fee_words(booking: BookingView) -> str:
    """What is owed, in the booking's language."""
    with translation.override(booking.language):
        if booking.cancellation_fee is None:
            return _("Ob für das Stornieren ein Entgelt anfällt, entscheidet die Verwaltung.")
        if booking.cancellation_fee:
            return _("Für das Stornieren fällt ein Entgelt von %(fee)s an.") % {
                "fee": euro(booking.cancellation_fee, language())
            }
        return _("Für das Stornieren entstehen keine Kosten.")

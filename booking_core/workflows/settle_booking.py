"""Settle a booking after its use: what was read and found, priced by the booking's own version.

Not here: what a version asks for (``after_use``), recording (``reservations.services.settlements``), the invoice
that follows (``billing``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import (
    Document,
    FactValue,
    Outcome,
    Quote,
    QuoteRequest,
    added_up,
    quote,
    quote_from_data,
    quote_to_data,
)
from booking_core.engines.settlement import FinalBill, final_bill
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money, total
from booking_core.messaging.composing_settlement import booking_settled
from booking_core.messaging.outbox import queue_mail
from booking_core.ordinances.queries import document_of_version
from booking_core.ordinances.quoting import answers
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale, WrongState
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.settlements import settlements_of
from booking_core.reservations.services.bookings import stale_sentence
from booking_core.reservations.services.settlements import record_settlement
from booking_core.reservations.services.transactions import with_retries
from booking_core.reservations.settling import Figures, SettlementData, SettlementView
from booking_core.workflows.after_use import figures_asked_for
from booking_core.workflows.billing import keep_bill_right, set_off_deposit
from booking_core.workflows.payments.deposits import settle_deposit_online
from booking_core.workflows.requoting import requests_of_booking

_MOST_CENTS = 10**11  # a billion euros: more is a slip of the finger


@dataclass(frozen=True, slots=True)
class SettlementWish:
    """What somebody enters. ``fee`` counts only where the ordinance leaves the price open.

    ``keep``: how much of the deposit is kept; None leaves that to the rules. ``note`` goes to the party.
    """

    figures: Figures = field(default_factory=Figures)
    fee: Money | None = None
    keep: Money | None = None
    deposit_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SettlementPreview:
    """What settling would come to. ``quote`` None: no ordinance; not ``is_fee_known``: the administration names it."""

    booking: BookingView
    quote: Quote | None
    is_fee_known: bool
    bill: FinalBill
    earlier: tuple[SettlementView, ...] = ()


def preview_settlement(uuid: UUID, wish: SettlementWish) -> SettlementPreview:
    """Work out the final price and what becomes of the deposit; writes nothing.

    Raises NotFound, WrongState (not confirmed), InvalidInput (figures the version does not know, amounts too large,
    a part of the deposit kept without a reason).
    """
    booking = booking_by_uuid(uuid, with_events=False)
    if booking.state != "confirmed":
        raise WrongState(_("Nur bestätigte Buchungen werden abgerechnet."))
    _refuse_odd_amounts(wish)
    earlier = settlements_of(booking.id)
    answer = _quote_after_use(booking, wish.figures)
    previous = earlier[-1] if earlier else None
    known = is_fee_known(answer)
    fee = answer.total_after_settlement if known and answer else _named_fee(booking, previous, wish)
    damages = total([Money(0, booking.total.currency), *(one.amount for one in wish.figures.damages)])
    if fee.cents < 0:
        raise InvalidInput(_("Das Entgelt kann nicht unter null liegen."))
    is_set_off = answer is not None and answer.deposit_set_off
    if wish.keep is not None and not 0 <= wish.keep.cents <= booking.deposit.cents:
        raise InvalidInput(_("Einbehalten lässt sich höchstens die Kaution."), field="keep")
    if wish.keep and not wish.deposit_reason.strip():
        raise InvalidInput(_("Nennen Sie den Grund. Er steht in der E-Mail."), field="deposit_reason")
    bill = final_bill(
        fee=fee,
        damages=damages,
        previous=previous.total if previous else booking.total,
        deposit=booking.deposit,
        is_set_off=is_set_off,
        keep=wish.keep,
    )
    return SettlementPreview(booking, answer, known, bill, earlier)


@with_retries
def settle_booking(
    uuid: UUID,
    wish: SettlementWish,
    *,
    actor: Actor,
    expected_version: int,
    expected_total: Money | None = None,
) -> SettlementView:
    """Record what the use came to and tell the party. A later call is a correction: a difference, no rewriting.

    ``expected_total`` is what the person saw; Stale where it is no longer so. Raises everything the preview raises,
    Stale, NotYetUsed.
    """
    found = preview_settlement(uuid, wish)
    if expected_total is not None and expected_total != found.bill.total:
        raise Stale(stale_sentence())
    bill = found.bill
    data = SettlementData(
        figures=wish.figures,
        quote=quote_to_data(found.quote) if found.quote else {},
        fee=bill.fee,
        damages=bill.damages,
        deposit_kept=bill.deposit.kept,
        deposit_returned=bill.deposit.returned,
        balance=bill.balance,
        deposit_reason=wish.deposit_reason.strip(),
        note=wish.note.strip(),
    )
    settlement = record_settlement(uuid, data, actor=actor, expected_version=expected_version)
    audit("booking.settled", actor=actor, subject_type="booking", subject_id=uuid,
          data={"number": settlement.number, "difference_cents": settlement.difference.cents})  # fmt: skip
    queue_mail(booking_settled(found.booking, settlement))
    settled = booking_by_uuid(uuid, with_events=False)
    keep_bill_right(settled, actor=actor, now=settlement.settled_at)
    set_off_deposit(settled, settlement, actor=actor, now=settlement.settled_at)
    settle_deposit_online(
        uuid,
        kept=settlement.deposit_kept,
        reason=settlement.deposit_reason,
        actor=actor,
        now=settlement.settled_at,
    )
    return settlement


def is_fee_known(answer: Quote | None) -> bool:
    """True where the ordinance names the final price.

    Where it left the price open when the booking was made, or now refuses (more people than allowed), a person
    names it: the use has happened.
    """
    return answer is not None and answer.fee_known and answer.outcome == Outcome.ACCEPTED


def is_price_open(booking: BookingView) -> bool:
    """True where no ordinance named the price of this booking, so that a person has to."""
    return not booking.quote or not is_fee_known(quote_from_data(booking.quote))


def requests_after_use(
    document: Document, requests: Sequence[QuoteRequest], figures: Figures
) -> tuple[QuoteRequest, ...]:
    """The booking's requests with what was read, counted and answered after the use.

    A figure counts once: in the first request it concerns. Raises InvalidInput for figures the document does not ask
    this booking for.
    """
    left = {**figures.measured, **figures.facts}
    filled = []
    for request in requests:
        asked = {fact.id for fact in figures_asked_for(document, request)}
        measured = {
            name: amount for name, amount in figures.measured.items() if name in asked and name in left
        }
        facts = {name: value for name, value in figures.facts.items() if name in asked and name in left}
        for name in (*measured, *facts):
            del left[name]
        given: dict[str, FactValue] = dict(answers(document, facts))
        given |= measured
        filled.append(
            replace(
                request,
                measured={**request.measured, **measured},
                facts={**request.facts, **given},
                persons=figures.persons if figures.persons is not None else request.persons,
            )
        )
    if left:
        raise InvalidInput(
            _("Danach fragt die Satzung bei dieser Buchung nicht: %(name)s.") % {"name": ", ".join(left)}
        )
    return tuple(filled)


def _quote_after_use(booking: BookingView, figures: Figures) -> Quote | None:
    requests = requests_of_booking(booking)
    if booking.ordinance_version_id is None or not requests:
        if figures.measured or figures.facts:
            raise InvalidInput(_("Für diese Buchung galt keine Satzung, die nach Messwerten fragt."))
        return None
    document = document_of_version(booking.ordinance_version_id)
    return added_up([quote(document, one) for one in requests_after_use(document, requests, figures)])


def _named_fee(booking: BookingView, previous: SettlementView | None, wish: SettlementWish) -> Money:
    """The fee a person names; else the one that stood before."""
    if wish.fee is not None:
        return wish.fee
    return previous.fee if previous else booking.total


def _refuse_odd_amounts(wish: SettlementWish) -> None:
    _refuse_odd_numbers(wish.figures.measured)
    for name, meter in wish.figures.meters.items():
        if meter.after < meter.before:
            raise InvalidInput(_("Der Zählerstand nachher ist kleiner als vorher."), field=f"figure_{name}")
    for damage in wish.figures.damages:
        if not damage.text.strip():
            raise InvalidInput(_("Beschreiben Sie den Schaden in ein paar Worten."), field="damages")
        if not 0 <= damage.amount.cents < _MOST_CENTS:
            raise InvalidInput(_("Der Betrag eines Schadens liegt bei null oder darüber."), field="damages")
    if wish.fee is not None and not 0 <= wish.fee.cents < _MOST_CENTS:
        raise InvalidInput(_("Das Entgelt kann nicht unter null liegen."), field="fee")


def _refuse_odd_numbers(measured: Mapping[str, Decimal]) -> None:
    for name, amount in measured.items():
        if not amount.is_finite() or not 0 <= amount < 10**9:
            raise InvalidInput(_("Bitte geben Sie eine Zahl ab null ein."), field=f"figure_{name}")

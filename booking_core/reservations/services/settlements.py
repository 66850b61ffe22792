"""Record a settlement: appended under the booking's lock, as a difference to what stood before.

Not here: prices (``workflows.settle_booking``). Nothing changes or deletes a settlement. Call inside ``with_retries``.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Min
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput
from booking_core.reservations.errors import AlreadySettled, NotYetUsed, Stale, WrongState
from booking_core.reservations.models import Booking, BookingItem, BookingState, Settlement
from booking_core.reservations.queries.settlements import settlement_view
from booking_core.reservations.services.bookings import locked_booking, log_event, stale_sentence
from booking_core.reservations.services.occupy import database_time
from booking_core.reservations.settling import Figures, SettlementData, SettlementView


@transaction.atomic
def record_settlement(
    uuid: UUID, data: SettlementData, *, actor: Actor, expected_version: int
) -> SettlementView:
    """Append a settlement to a confirmed booking whose use has begun, by the database's clock.

    Raises NotFound, Stale (the booking changed, or somebody else settled it), WrongState, NotYetUsed, InvalidInput.
    """
    booking = locked_booking(uuid)
    if booking.version != expected_version:
        raise Stale(stale_sentence())
    if booking.state != BookingState.CONFIRMED:
        raise WrongState(_("Nur bestätigte Buchungen werden abgerechnet."))
    _refuse_other_deposit(booking, data)
    now = database_time()
    begins = BookingItem.objects.filter(booking_id=booking.pk).aggregate(at=Min("span__startswith"))["at"]
    if begins is None or begins > now:
        raise NotYetUsed(_("Die Nutzung hat noch nicht begonnen. Abgerechnet wird danach."))
    last = Settlement.objects.filter(booking_id=booking.pk).order_by("-number").first()
    previous_cents = last.total_cents if last else booking.total_cents
    total = data.fee + data.damages
    settlement = Settlement.objects.create(
        booking_id=booking.pk,
        number=last.number + 1 if last else 1,
        **_figure_columns(data.figures),
        quote=dict(data.quote),
        fee_cents=data.fee.cents,
        damages_cents=data.damages.cents,
        total_cents=total.cents,
        previous_cents=previous_cents,
        difference_cents=total.cents - previous_cents,
        deposit_kept_cents=data.deposit_kept.cents,
        deposit_returned_cents=data.deposit_returned.cents,
        balance_cents=data.balance.cents,
        deposit_reason=data.deposit_reason.strip(),
        currency=booking.currency,
        note=data.note.strip(),
        settled_at=now,
        settled_by_id=actor.user_id,
        settled_by_label=actor.label,
    )
    Booking.objects.filter(pk=booking.pk).update(version=F("version") + 1)
    log_event(booking.pk, "settled", actor=actor, now=now, text=data.note,
              data={"number": settlement.number, "difference_cents": settlement.difference_cents})  # fmt: skip
    return settlement_view(settlement)


def refuse_settled(booking_id: int) -> None:
    """Raise AlreadySettled for a booking that is settled: what it came to is no longer moved or cancelled.

    Safe without a lock of its own: a settlement counts the booking's version up, so whoever changes the booking
    afterwards with the version read before is Stale.
    """
    if Settlement.objects.filter(booking_id=booking_id).exists():
        raise AlreadySettled(
            _("Diese Buchung ist abgerechnet. Korrigieren Sie die Abrechnung, statt die Buchung zu ändern.")
        )


def _refuse_other_deposit(booking: Booking, data: SettlementData) -> None:
    if data.deposit_kept.cents + data.deposit_returned.cents != booking.deposit_cents:
        raise InvalidInput(
            _("Einbehalten und Zurückgegebenes müssen zusammen die Kaution ergeben."), field="keep"
        )
    if sum(damage.amount.cents for damage in data.figures.damages) != data.damages.cents:
        raise InvalidInput(_("Die Schäden ergeben nicht die Summe."), field="damages")


def _figure_columns(figures: Figures) -> dict[str, object]:
    return {
        "measured": {name: str(amount) for name, amount in figures.measured.items()},
        "meters": {name: [str(one.before), str(one.after)] for name, one in figures.meters.items()},
        "facts": dict(figures.facts),
        "persons": figures.persons,
        "damages": [{"text": one.text, "cents": one.amount.cents} for one in figures.damages],
    }

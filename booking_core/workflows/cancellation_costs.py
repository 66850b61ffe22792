"""What giving up a booking or some dates of a series costs, by the version the booking was quoted with. Reads only.

Not here: cancelling (``cancel_booking``, ``series_dates``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import LineKind, Outcome, Quote
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import ZERO, Money
from booking_core.ordinances.contracts import Tariff
from booking_core.ordinances.queries import document_of_version
from booking_core.ordinances.quoting import tariffs_by_version
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.conditions import language
from booking_core.workflows.contracts import CancellationPreview, DateCost, Wish
from booking_core.workflows.earlier_bookings import kept_past
from booking_core.workflows.quoting import price_wish_by_version, questions_when_cancelling
from booking_core.workflows.wishes import wish_of_booking

Answers = Mapping[str, object]
Tariffs = Mapping[int, Tariff]
NO_ANSWERS: Answers = {}


def answered_wish(booking: BookingView, answers: Answers, *, by_staff: bool) -> Wish:
    """The booking with what was answered now. Raises InvalidInput for answers nobody asked for."""
    wish = wish_of_booking(booking)
    asked = {one.id: one for one in questions_when_cancelling(booking, by_staff=by_staff)} if answers else {}
    for name in answers:
        if name not in asked:
            raise InvalidInput(
                _("Danach fragt die Satzung beim Stornieren nicht: %(name)s.") % {"name": name}, field="facts"
            )
    return replace(wish, facts={**wish.facts, **answers})


def cost_of_cancelling(
    booking: BookingView, wish: Wish, *, now: datetime, tariffs: Tariffs | None = None
) -> CancellationPreview:
    """What giving up ``wish`` costs now: the whole booking, or dates that fall under one rule."""
    if booking.state == "requested":
        return CancellationPreview(ZERO, _("Sie ziehen eine Anfrage zurück. Das kostet nichts."))
    quote = _quote_for_cancelling(booking, wish, now=now, tariffs=tariffs)
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
    return CancellationPreview(quote.total, words, line.paragraph, rule=line.rule)


def _quote_for_cancelling(
    booking: BookingView, wish: Wish, *, now: datetime, tariffs: Tariffs | None
) -> Quote | None:
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
        tariffs=tariffs,
    )
    return price.quote if price else None


def cost_of_dates(
    booking: BookingView, slots: Collection[str], *, now: datetime, facts: Answers
) -> CancellationPreview:
    """What giving up these dates of a series costs now, each by its own notice.

    Dates under the same rule count as one cancellation, so that a fee per cancellation is owed once; ``dates`` tells
    the share of each. ``facts`` are the booking's with those answered now.
    """
    version_id = booking.ordinance_version_id
    rooms = {item.resource_id for item in booking.items}
    tariffs = tariffs_by_version(rooms, version_id) if version_id is not None else None

    def cost(of: Collection[str]) -> CancellationPreview:
        items = tuple(item for item in booking.items if item.slot in of)
        wish = replace(wish_of_booking(replace(booking, items=items)), facts=dict(facts))
        return cost_of_cancelling(booking, wish, now=now, tariffs=tariffs)

    alone = {slot: cost([slot]) for slot in sorted(slots)}
    by_rule: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for slot, one in alone.items():
        by_rule[one.rule, one.is_known].append(slot)
    groups = [(of, alone[of[0]] if len(of) == 1 else cost(of)) for of in by_rule.values()]
    shares = {slot: share for of, one in groups for slot, share in _shares(one.fee, of, alone).items()}
    spans = {item.slot: item.span for item in booking.items}
    costly = [one for _of, one in groups if one.fee or not one.is_known] or [one for _of, one in groups]
    return CancellationPreview(
        sum((one.fee for _of, one in groups), ZERO),
        " ".join(dict.fromkeys(one.explanation for one in costly if one.explanation)),
        "; ".join(dict.fromkeys(one.paragraph for one in costly if one.paragraph)),
        is_known=all(one.is_known for _of, one in groups),
        dates=tuple(
            DateCost(slot, spans[slot], shares[slot], one.explanation, one.is_known)
            for slot, one in alone.items()
        ),
    )


def _shares(fee: Money, slots: Iterable[str], alone: Mapping[str, CancellationPreview]) -> dict[str, Money]:
    """The fee of one cancellation shared out by what each date would cost alone; no cent is lost."""
    wanted = {slot: alone[slot].fee.cents for slot in slots}
    whole, given, shares = sum(wanted.values()), 0, dict[str, Money]()
    seen = 0
    for slot, cents in wanted.items():
        seen += cents
        upto = fee.cents * seen // whole if whole else 0
        shares[slot] = Money(upto - given)
        given = upto
    return shares

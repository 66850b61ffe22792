"""Price a wish, and say what a form has to ask for. Reads only.

Not here: whether the time is free, who may book (``holding``, ``place_booking`` refuse).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.engines.ordinance import Document, FactInfo, NamedValue, Outcome, Quote, added_up
from booking_core.kernel.errors import InvalidInput
from booking_core.ordinances.contracts import Past, Pricing, StoredVersion, Tariff
from booking_core.ordinances.queries import document_of_version, stored_version, tariffs_for, version_for
from booking_core.ordinances.quoting import price_by_version, price_for, price_with, tariffs_by_version
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.conditions import language
from booking_core.workflows.contracts import (
    BookingChoices,
    Choice,
    ExtraChoice,
    PricedWish,
    Question,
    Viewer,
    Wish,
)
from booking_core.workflows.earlier_bookings import EarlierBookings
from booking_core.workflows.errors import RefusedByOrdinance
from booking_core.workflows.wishes import parts_of_wish, price_question, wished_resources
from tenants.context import tenant_zone


def price_wish(wish: Wish, *, viewer: Viewer, now: datetime) -> PricedWish:
    """The wish with its price and the paragraphs behind it, also where the ordinance refuses (see the outcome).

    Raises NotFound (unknown or unpublished resources), InvalidInput (a group, extra or answer that does not exist).
    """
    resources = wished_resources(wish, viewer=viewer)
    priced = priced_wish(wish, resources, price_in_force(wish, viewer=viewer, now=now))
    refuse_answers_of_staff(priced, viewer=viewer)
    return priced


def refuse_answers_of_staff(priced: PricedWish, *, viewer: Viewer) -> None:
    """Raise InvalidInput where a citizen answers what only the administration can answer.

    What staff wrote into a booking stays there when its owner changes something else.
    """
    if viewer.is_staff or viewer.changes is not None or priced.ordinance_version_id is None:
        return
    document = document_of_version(priced.ordinance_version_id)
    for fact in document.facts:
        if fact.id in priced.wish.facts and (fact.internal or fact.after_use):
            raise InvalidInput(
                _("Das beantwortet die Verwaltung: %(question)s")
                % {"question": fact.label.in_language(language())},
                field="facts",
                context={"fact": fact.id},
            )


def priced_wish(wish: Wish, resources: tuple[ResourceView, ...], price: Pricing | None) -> PricedWish:
    """The wish with the ordinance's answer; without one a clerk names the price."""
    if price is None:
        return PricedWish(wish, resources, None, None)
    return PricedWish(wish, resources, price.quote, price.version_id, price.requests)


def price_in_force(wish: Wish, *, viewer: Viewer, now: datetime) -> Pricing | None:
    """Price every part of the wish by the ordinance in force; None where one has none, or they differ."""
    past = EarlierBookings(viewer, wish.all_spans)
    return _added_up(
        [price_for(price_question(part, viewer=viewer, now=now), past=past) for part in parts_of_wish(wish)]
    )


def price_wish_by_version(
    wish: Wish,
    version_id: int,
    *,
    requested_at: datetime,
    cancelled_at: datetime | None = None,
    viewer: Viewer = Viewer(),  # noqa: B008 — frozen, without state
    past: Past | None = None,
    tariffs: Mapping[int, Tariff] | None = None,
) -> Pricing | None:
    """Price every part of a stored booking's wish by one version, whatever is in force now.

    ``past``: what the party used before (``earlier_bookings``). ``tariffs`` of that version where they have been read.
    """
    asked = [price_question(part, viewer=viewer, now=requested_at) for part in parts_of_wish(wish)]
    questions = [replace(one, cancelled_at=cancelled_at) for one in asked]
    if tariffs is None:
        return _added_up([price_by_version(one, version_id, past=past) for one in questions])
    return _added_up([price_with(one, tariffs, zone=tenant_zone(), past=past) for one in questions])


def _added_up(prices: list[Pricing | None]) -> Pricing | None:
    """The parts as one price; None where one part has none, or they come from different versions."""
    known = [price for price in prices if price is not None]
    if not known or len(known) < len(prices) or len({price.version_id for price in known}) > 1:
        return None
    return Pricing(
        added_up([price.quote for price in known]),
        known[0].version_id,
        tuple(request for price in known for request in price.requests),
    )


def choices_for(resource_ids: Iterable[int], on: date, *, by_staff: bool = False) -> BookingChoices:
    """Groups, purposes, extras and questions of the ordinance in force on day ``on``, in the active language.

    ``by_staff``: also the questions only the administration can answer.
    """
    wanted = tuple(resource_ids)
    version = version_for(wanted, on)
    if version is None:
        return BookingChoices()
    return _choices(version, tariffs_for(wanted, on).values(), by_staff=by_staff)


def choices_of_booking(booking: BookingView, *, by_staff: bool = False) -> BookingChoices:
    """The same for a booking, by the version it was quoted with, whatever is in force now."""
    if booking.ordinance_version_id is None:
        return BookingChoices()
    version = stored_version(booking.ordinance_version_id)
    tariffs = tariffs_by_version({item.resource_id for item in booking.items}, version.id)
    return _choices(version, tariffs.values(), by_staff=by_staff)


def questions_when_cancelling(booking: BookingView, *, by_staff: bool) -> tuple[Question, ...]:
    """What the rules of cancelling ask, e.g. whether it rains; citizens are not asked what staff answer."""
    if booking.ordinance_version_id is None or booking.state != "confirmed":
        return ()
    version = stored_version(booking.ordinance_version_id)
    tariffs = tariffs_by_version({item.resource_id for item in booking.items}, version.id)
    codes = {code for tariff in tariffs.values() for code in tariff.codes}
    return tuple(
        _question(fact)
        for fact in version.document.facts
        if fact.when_cancelling
        and (by_staff or not fact.internal)
        and _concerns(fact.resources, codes)
        and (not fact.groups or booking.customer_group in fact.groups)
        and (not fact.purposes or booking.purpose in fact.purposes)
    )


def _choices(version: StoredVersion, tariffs: Iterable[Tariff], *, by_staff: bool) -> BookingChoices:
    document = version.document
    codes = {code for tariff in tariffs for code in tariff.codes}
    return BookingChoices(
        groups=tuple(_choice(one) for one in document.groups),
        purposes=tuple(_choice(one) for one in document.purposes),
        extras=_extras(document, codes),
        questions=tuple(
            _question(fact)
            for fact in document.facts
            if not fact.after_use
            and not fact.when_cancelling
            and (by_staff or not fact.internal)
            and _concerns(fact.resources, codes)
        ),
        ordinance_name=document.name.in_language(language()),
        asks_for_further_groups=document.info.asks_for_further_groups and len(document.groups) > 1,
    )


def refusal_of(quote: Quote | None) -> RefusedByOrdinance | None:
    """The ordinance's refusal as one error with its sentences and paragraphs; None where a request is possible."""
    if quote is None or quote.outcome in {Outcome.ACCEPTED, Outcome.NEEDS_DECISION}:
        return None
    reasons = [
        {
            "rule": reason.rule,
            "code": reason.code,
            "text": reason.text.in_language(language()),
            "paragraph": reason.paragraph,
        }
        for reason in quote.reasons
    ]
    sentences = [
        f"{one['text']} ({one['paragraph']})" if one["paragraph"] else one["text"] for one in reasons
    ]
    field = next((reason.field for reason in quote.reasons if reason.field), "")
    return RefusedByOrdinance(" ".join(sentences), field=field, context={"reasons": reasons})


def is_price_known(quote: Quote | None) -> bool:
    """False where the administration names the price: no ordinance, no fee in it, or it is silent on this case."""
    return quote is not None and quote.outcome == Outcome.ACCEPTED and quote.fee_known


def _choice(value: NamedValue) -> Choice:
    return Choice(value.id, value.label.in_language(language()), value.description.in_language(language()))


def _extras(document: Document, codes: set[str]) -> tuple[ExtraChoice, ...]:
    return tuple(
        ExtraChoice(
            extra.id,
            extra.label.in_language(language()),
            extra.unit_label.in_language(language()),
            extra.max_quantity,
        )
        for extra in document.extras
        if _concerns(extra.resources, codes)
    )


def _question(fact: FactInfo) -> Question:
    return Question(
        id=fact.id,
        label=fact.label.in_language(language()),
        type=fact.kind,
        required=fact.default is None and fact.kind in {"choice", "number"},
        options=tuple(_choice(option) for option in fact.options),
        default=fact.default,
        unit=fact.unit,
        groups=fact.groups,
        purposes=fact.purposes,
    )


def _concerns(resources: tuple[str, ...], codes: set[str]) -> bool:
    return not resources or bool(codes & set(resources))

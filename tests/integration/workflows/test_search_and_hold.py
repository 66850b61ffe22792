"""Searching, pricing, choosing and holding."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from booking_core.catalog.services import make_parts
from booking_core.identity.contracts import SYSTEM
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.errors import HoldExpired, Taken
from booking_core.reservations.models import Hold, Occupancy
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.holding import give_up_hold, hold_wish, resume_hold
from booking_core.workflows.quoting import choices_for, price_wish
from booking_core.workflows.search import find_offers
from booking_core.workflows.search_contracts import SearchResult, SearchWish, at_span
from booking_core.workflows.wishes import wish_from_data, wish_of_booking, wish_to_data
from tests.integration.workflows.conftest import DAY, GUEST, NOW, PERIOD, House, at, hours, make_room, place


def search(span: Span | None = PERIOD, **wanted: object) -> SearchResult:
    wish = SearchWish(**wanted) if span is None else at_span(span, **wanted)  # type: ignore[arg-type]
    return find_offers(wish, viewer=Viewer(), now=NOW)


def names(result: SearchResult) -> list[str]:
    return [offer.resource.name for offer in result.fitting]


def test_each_hit_has_its_price_for_exactly_this_time(house: House) -> None:
    result = search(group="private", purpose="private_event")
    prices = {offer.resource.name: offer.quote.total if offer.quote else None for offer in result.fitting}

    assert prices == {
        "Großer Saal": Money(9000),
        "Kleiner Saal": Money(4500),
        "Teeküche": Money(2500),
        "Dachboden": None,
    }
    hall = next(offer for offer in result.fitting if offer.resource.name == "Großer Saal")
    assert hall.quote is not None
    assert (hall.quote.deposit, hall.group_label, hall.span) == (Money(18000), "Private", PERIOD)
    assert hall.free_that_day == (Span(at(0), at(0, days=2)),)


def test_without_a_group_the_price_is_the_dearest(house: House) -> None:
    hall = next(offer for offer in search(text="großer").fitting)

    assert hall.quote is not None
    assert (hall.quote.total, hall.group) == (Money(9000), "private")


def test_the_proven_group_counts(house: House) -> None:
    result = find_offers(at_span(PERIOD, text="großer"), viewer=Viewer(group="local_org"), now=NOW)

    assert result.fitting[0].quote is not None
    assert result.fitting[0].quote.total == Money(0)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"text": "kleiner saal"}, ["Kleiner Saal"]),
        ({"text": "borgstedt küche"}, ["Großer Saal", "Teeküche"]),
        ({"persons": 30}, ["Großer Saal", "Teeküche"]),
        ({"kinds": frozenset({"hall"})}, []),
        ({"amenities": frozenset({"kitchen"})}, ["Großer Saal"]),
        ({"accessibility": frozenset({"step_free"})}, ["Großer Saal"]),
        ({"location_ids": frozenset({0})}, []),
    ],
    ids=["words", "words of place and equipment", "people", "kind", "equipment", "accessibility", "place"],
)
def test_the_search_means_what_it_names(house: House, wanted: dict[str, object], expected: list[str]) -> None:
    assert names(search(**wanted)) == expected
    assert names(search(**wanted, span=None)) == expected


def test_reasons_say_why_it_fits(house: House) -> None:
    hall = search(persons=40, amenities=frozenset({"kitchen"})).fitting[0]

    assert hall.reasons == ("Platz für 40 Personen".replace("40", "60"), "Küche", "Stufenlos erreichbar")


def test_a_taken_hall_is_offered_at_another_time(house: House) -> None:
    place(house.wish(spans=(hours(12, 20),)))
    result = search(text="großer", span=hours(14, 18))

    assert result.fitting == ()
    other = result.alternatives[0]
    assert (other.resource.name, other.is_free) == ("Großer Saal", True)
    assert other.span is not None
    assert (other.span.start, other.span.duration) == (at(20), hours(14, 18).duration)
    assert other.quote is not None and other.quote.total == Money(2000)
    assert "20–24 Uhr" in other.reasons[0]
    assert {offer.resource.name for offer in result.alternatives[1:]} == {
        "Kleiner Saal",
        "Teeküche",
        "Dachboden",
    }


def test_too_many_people_are_offered_a_larger_room(house: House) -> None:
    result = search(text="kleiner", persons=50)

    assert result.fitting == ()
    assert "Großer Saal" in [offer.resource.name for offer in result.alternatives]
    assert "Dachboden" not in [offer.resource.name for offer in result.alternatives]


def test_a_taken_third_leaves_the_others(house: House) -> None:
    thirds = make_parts(house.hall.id, ["Teil A", "Teil B", "Teil C"], actor=SYSTEM)
    place(house.wish(resource_ids=(thirds[0].id,), group="", purpose="", persons=5, spans=(hours(14, 18),)))
    result = search(text="großer saal", span=hours(14, 18))

    assert "Großer Saal" not in names(result)
    parts = [offer for offer in result.alternatives if offer.resource.name in {"Teil B", "Teil C"}]
    assert [offer.reasons for offer in parts] == [("Ein Teil von Großer Saal",)] * 2


def test_the_past_is_not_offered(house: House) -> None:
    yesterday = Span(NOW.replace(hour=8), NOW.replace(hour=10))
    result = search(span=yesterday, text="großer")

    assert result.fitting == ()
    assert all(
        offer.span is not None and offer.span.start > NOW for offer in result.alternatives if offer.is_free
    )


def test_the_number_of_statements_does_not_grow_with_the_rooms(house: House) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            search(group="private")
        return len([query for query in captured if "search_path" not in query["sql"]])

    few = statements()
    for number in range(16):
        make_room(house.hall.location.id, f"Zimmer {number}")
    assert statements() == few
    assert few <= 20


def test_a_price_also_tells_what_is_refused(house: House) -> None:
    priced = price_wish(house.wish(spans=(Span(at(8), at(11, days=1)),)), viewer=GUEST, now=NOW)

    assert priced.quote is not None
    assert priced.quote.outcome == "needs_decision"
    assert priced.quote.reasons[0].paragraph


def test_choices_are_those_of_the_ordinance_in_the_readers_language(house: House) -> None:
    choices = choices_for([house.hall.id], DAY)
    assert [choice.id for choice in choices.groups] == ["local_org", "private", "commercial"]
    assert choices.group_label("private") == "Private"
    assert [extra.id for extra in choices.extras] == ["kitchen_hourly"]
    with translation.override("en"):
        assert choices_for([house.hall.id], DAY).group_label("private") == "Private persons"
    assert choices_for([house.attic.id], DAY).groups == ()
    assert choices_for([house.hall.id, house.attic.id], DAY).groups == ()


def test_a_held_time_is_kept_from_others_and_can_be_resumed(house: House) -> None:
    held = hold_wish(house.wish(), viewer=GUEST, now=NOW)

    with pytest.raises(Taken):
        hold_wish(house.wish(), viewer=Viewer(), now=NOW)
    resumed = resume_hold(held.hold_uuid, viewer=GUEST, now=NOW)
    assert resumed.priced.wish == house.wish()
    assert resumed.expires_at == held.expires_at > timezone.now()


def test_a_new_hold_replaces_the_own_one(house: House) -> None:
    first = hold_wish(house.wish(), viewer=GUEST, now=NOW)
    second = hold_wish(house.wish(spans=(hours(12, 14),)), viewer=GUEST, now=NOW, hold_uuid=first.hold_uuid)

    assert Hold.objects.count() == 1
    assert Occupancy.objects.get().span.lower == at(12)
    assert resume_hold(second.hold_uuid, viewer=GUEST, now=NOW).priced.wish.spans == (hours(12, 14),)


def test_given_up_and_expired_holds_are_gone(house: House) -> None:
    held = hold_wish(house.wish(), viewer=GUEST, now=NOW)
    give_up_hold(held.hold_uuid)
    give_up_hold(held.hold_uuid)

    with pytest.raises(HoldExpired):
        resume_hold(held.hold_uuid, viewer=GUEST, now=NOW)
    assert not Occupancy.objects.exists()


def test_a_wish_survives_as_json(house: House) -> None:
    wish = house.wish(extras={"kitchen_hourly": Decimal("1")}, facts={"a": ("x", "y"), "b": True, "c": 3})

    assert wish_from_data(wish_to_data(wish)) == wish
    booking = place(house.wish())
    assert wish_of_booking(booking) == replace(house.wish(), group="private")

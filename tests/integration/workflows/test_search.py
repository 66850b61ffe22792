"""The search a citizen really has: choices of times, limits, pieces, rooms; every offer can be booked as shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking_core.catalog.contracts import HoursView, ResourceData
from booking_core.catalog.services import make_parts, save_resource, set_opening_hours
from booking_core.engines.windows import windows_on
from booking_core.identity.contracts import SYSTEM
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.queries import is_free
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.holding import give_up_hold, hold_wish
from booking_core.workflows.search import find_offers
from booking_core.workflows.search_contracts import Offer, SearchResult, SearchWish, at_span
from tests.integration.workflows.conftest import DAY, NOW, ZONE, House, at, hours, make_room, place

SATURDAY = 5


def evenings(
    first: date, last: date, *, length: int, weekdays: tuple[int, ...] = (SATURDAY,), **wanted: object
) -> SearchWish:
    windows = windows_on(first, last, weekdays=weekdays, opens=time(17), closes=time(22), zone=ZONE)
    return SearchWish(windows=windows, duration=timedelta(hours=length), **wanted)  # type: ignore[arg-type]


def find(search: SearchWish, **options: object) -> SearchResult:
    return find_offers(search, viewer=Viewer(), now=NOW, **options)  # type: ignore[arg-type]


def names(result: SearchResult) -> list[str]:
    return [offer.resource.name for offer in result.fitting]


def stretch(hour: int, length: int, *, days: int = 0) -> Span:
    """So many hours from that hour on, also over midnight."""
    return Span(at(hour, days=days), at(hour, days=days) + timedelta(hours=length))


def wish_of(offer: Offer, search: SearchWish, span: Span) -> Wish:
    """What the link beside an offer books."""
    ids = tuple(one.id for one in (offer.resource, *offer.beside))
    return Wish(
        ids,
        (span,),
        quantity=search.quantity,
        group=offer.group,
        purpose=offer.purpose,
        persons=search.persons,
    )


def test_the_sentence_of_the_citizen(house: House) -> None:
    """A room with a kitchen for 40, any Saturday evening of the month, up to 30 euros, step-free."""
    place(house.wish(spans=(hours(17, 22),)))  # the first Saturday is gone
    search = evenings(
        DAY, DAY + timedelta(days=30), length=5, persons=40, amenities=frozenset({"kitchen"}),
        accessibility=frozenset({"step_free"}), most=Money(3000), group="private", purpose="private_event",
    )  # fmt: skip
    result = find(search)

    (offer,) = result.fitting
    week = timedelta(days=7)
    assert (offer.resource.name, offer.span) == ("Großer Saal", Span(at(17) + week, at(22) + week))
    assert [span.start for span in offer.other_times] == [
        at(17) + 2 * week,
        at(17) + 3 * week,
        at(17) + 4 * week,
    ]
    assert offer.quote is not None and offer.quote.total <= Money(3000)
    assert (
        hold_wish(wish_of(offer, search, offer.span), viewer=Viewer(), now=NOW).priced.total
        == offer.quote.total
    )


def test_a_shorter_use_finds_its_place_in_the_evening(house: House) -> None:
    place(house.wish(spans=(hours(18, 20),)))
    offer = find(evenings(DAY, DAY, length=2, text="Großer Saal")).fitting[0]
    assert offer.span == hours(20, 22)
    assert find(evenings(DAY, DAY, length=3, text="Großer Saal")).fitting == ()


def test_starts_keep_to_opening_hours_grid_and_buffers(house: House) -> None:
    room = make_room(
        house.hall.location.id, "Werkraum", grid_minutes=60, buffer_before_minutes=30, max_minutes=240
    )
    set_opening_hours([HoursView(SATURDAY, 18 * 60 + 30, 21 * 60)], resource_id=room.id, actor=SYSTEM)
    assert find(evenings(DAY, DAY, length=2, text="Werkraum")).fitting[0].span == hours(19, 21)
    place(Wish((room.id,), (hours(19, 20),)))
    assert find(evenings(DAY, DAY, length=1, text="Werkraum")).fitting == (), (
        "half an hour is needed before 20 o'clock"
    )


def test_the_limit_leaves_out_what_is_dearer_or_has_no_price(house: House) -> None:
    wanted = {"group": "private", "purpose": "private_event"}
    period = Span(at(11), at(11, days=1))
    assert names(find(at_span(period, most=Money(5000), **wanted))) == ["Kleiner Saal", "Teeküche"]
    nothing = find(at_span(period, most=Money(100), **wanted))
    assert nothing.fitting == ()
    assert {offer.reasons for offer in nothing.alternatives} >= {
        ("Teurer als gewünscht oder ohne festen Preis",)
    }


def test_pieces_are_counted(house: House) -> None:
    chairs = save_resource(
        ResourceData(location_id=house.hall.location.id, name="Stapelstühle", kind="device", pieces=120),
        actor=SYSTEM,
    )
    place(Wish((chairs.id,), (hours(10, 20),), quantity=50))
    assert names(find(at_span(hours(12, 14), text="Stuhl", quantity=70))) == ["Stapelstühle"]
    assert find(at_span(hours(12, 14), text="Stuhl", quantity=71)).fitting == ()
    assert find(at_span(hours(12, 14), text="Stuhl", quantity=121)).fitting == ()
    later = find(at_span(hours(12, 14), text="Stuhl", quantity=80)).alternatives[0]
    assert later.span == hours(8, 10)


def test_two_rooms_next_to_each_other(house: House) -> None:
    for room in (house.hall, house.small, house.kitchen):
        place(house.wish(resource_ids=(room.id,), persons=5, spans=(hours(9, 23),)))
    gym = make_room(house.hall.location.id, "Turnhalle", capacity=90)
    thirds = make_parts(gym.id, ["Teil A", "Teil B", "Teil C"], actor=SYSTEM)
    place(Wish((thirds[0].id,), (hours(12, 14),)))
    search = at_span(hours(12, 14), rooms=2, persons=10)
    (offer,) = find(search).fitting

    assert [one.name for one in (offer.resource, *offer.beside)] == ["Teil B", "Teil C"]
    assert offer.reasons == ("Nebeneinander: Teile von Turnhalle",)
    place(wish_of(offer, search, hours(12, 14)))
    assert find(at_span(hours(12, 14), text="Teil", rooms=2)).fitting == (), "they are taken together"


def test_rooms_of_a_set_never_share_a_unit(house: House) -> None:
    gym = make_room(house.hall.location.id, "Turnhalle")
    make_parts(gym.id, ["Teil A", "Teil B"], actor=SYSTEM)
    for count in (2, 3):
        for offer in find(at_span(hours(12, 14), text="Turnhalle Teil", rooms=count)).fitting:
            units = [claim.unit_id for one in (offer.resource, *offer.beside) for claim in one.claims]
            assert len(units) == len(set(units))


def test_a_set_that_is_taken_is_offered_at_another_time(house: House) -> None:
    place(house.wish(spans=(hours(12, 14),)))
    search = at_span(hours(12, 14), text="saal", rooms=2)
    result = find(search)
    assert result.fitting == ()
    offer = result.alternatives[0]
    assert offer.span is not None and offer.span.start - at(12) in {timedelta(days=-1), timedelta(days=1)}
    hold_wish(wish_of(offer, search, offer.span), viewer=Viewer(), now=NOW)


def test_typing_errors_are_forgiven(house: House) -> None:
    for text in ("Grosser Sal", "grosser saal", "GROẞER SAAL", "Goßer Saal"):
        assert names(find(at_span(hours(12, 14), text=text))) == ["Großer Saal"], text


def test_pages_are_parts_of_one_whole(house: House) -> None:
    for number in range(25):
        make_room(house.hall.location.id, f"Zimmer {number:02}")
    search = at_span(hours(12, 14))
    whole = find(search)
    assert whole.total == len(whole.fitting) == 29
    pages = [find(search, first=first, most=10) for first in (0, 10, 20, 30)]
    assert [name for page in pages for name in names(page)] == names(whole)
    assert {page.total for page in pages} == {29}


SEARCHES = st.builds(
    lambda first, length, persons, most, text, group: evenings(
        DAY + timedelta(days=first - 1), DAY + timedelta(days=first + 2), length=length, weekdays=tuple(range(7)),
        persons=persons, most=most, text=text, group=group,
    ),
    first=st.integers(0, 3), length=st.integers(1, 5), persons=st.sampled_from([None, 10, 30, 100]),
    most=st.sampled_from([None, Money(2000), Money(9000)]), text=st.sampled_from(["", "saal", "kuche"]),
    group=st.sampled_from(["", "private", "local_org"]),
)  # fmt: skip


@given(
    searches=st.lists(
        st.one_of(
            SEARCHES,
            st.builds(
                lambda hour, length: at_span(stretch(hour, length)), st.integers(8, 18), st.integers(1, 5)
            ),
        ),
        min_size=2,
        max_size=4,
    ),
    taken=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(8, 20), st.integers(1, 4)), max_size=8
    ),
)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_offer_can_be_held_at_its_price(
    house: House, searches: list[SearchWish], taken: list[tuple[int, int, int, int]]
) -> None:
    """One click away and really bookable: hits, their other times and alternatives alike."""
    rooms = [house.hall, house.small, house.kitchen, house.attic]
    with transaction.atomic():
        for room, day, hour, length in taken:
            wish = Wish(
                (rooms[room].id,),
                (stretch(hour, length, days=day),),
                group="private",
                purpose="private_event",
            )
            if is_free(wish.resource_ids, wish.spans[0], now=NOW):
                place(replace(wish, group="", purpose="") if room == len(rooms) - 1 else wish)
        for search in searches:
            result = find(search)
            for offer in (*result.fitting, *result.alternatives):
                _hold_each_time(offer, search)
        transaction.set_rollback(True)


def _hold_each_time(offer: Offer, search: SearchWish) -> None:
    assert offer.span is not None and not offer.refusal
    for span in (offer.span, *offer.other_times):
        kept = hold_wish(wish_of(offer, search, span), viewer=Viewer(), now=NOW)
        if span == offer.span and offer.quote is not None and kept.priced.quote is not None:
            assert kept.priced.quote.total == offer.quote.total
        give_up_hold(kept.hold_uuid)


def _named(search: SearchWish) -> list[str]:
    """The statements of a search by what they read."""
    with CaptureQueriesContext(connection) as taken:
        find(search)
    said = [one["sql"] for one in taken if not one["sql"].startswith("SET ")]
    return [
        "days shown" if "claim.resource_id" in sql else "taken units" if "array_agg" in sql else sql
        for sql in said
    ]


@pytest.mark.parametrize(
    ("search", "statements"),
    [
        pytest.param(at_span(hours(12, 14)), ["taken units", "days shown"], id="fixed"),
        pytest.param(
            evenings(DAY, DAY + timedelta(days=20), length=2), ["taken units", "days shown"], id="choice"
        ),
        pytest.param(at_span(hours(12, 14), text="saal", persons=500), ["days shown"], id="nothing fits"),
        pytest.param(at_span(hours(12, 14), rooms=2), ["taken units", "days shown"], id="rooms"),
        pytest.param(SearchWish(text="saal"), [], id="no time"),
    ],
)
def test_a_search_is_two_statements_however_many_rooms(
    house: House, search: SearchWish, statements: list[str], settle: Callable[[], None]
) -> None:
    settle()
    find(search)  # reads the catalogue and the tariffs into memory
    assert _named(search) in (statements, statements[:1]), "one where nothing comes of it"
    for number in range(20):
        make_room(house.hall.location.id, f"Zimmer {number}")
    settle()
    find(search)
    assert _named(search) in (statements, statements[:1])


def test_the_past_is_no_choice(house: House) -> None:
    start = NOW - timedelta(hours=3)
    search = SearchWish(windows=(Span(start, start + timedelta(hours=5)),), duration=timedelta(hours=1))
    for offer in find(search).fitting:
        assert offer.span is not None and offer.span.start > NOW


def test_over_the_clock_change_the_evening_stays_the_evening(house: House) -> None:
    (offer,) = find(evenings(date(2031, 10, 24), date(2031, 10, 31), length=5, text="großer")).fitting
    times = [span.start.astimezone(ZONE) for span in (offer.span, *offer.other_times) if span is not None]
    assert all(isinstance(one, datetime) and one.hour == 17 for one in times)


def test_what_cannot_be_booked_is_refused_elsewhere_too(house: House) -> None:
    """The other direction: a hit that is no hit would be refused when it is held."""
    assert "Dachboden" not in names(find(at_span(hours(12, 14), persons=50)))
    with pytest.raises(BookingError):
        hold_wish(Wish((house.attic.id,), (hours(12, 14),), persons=50), viewer=Viewer(), now=NOW)

"""Placing a booking: what is stored, who is told, and every refusal without a trace."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from booking_core.catalog.contracts import HoursView, ResourceData
from booking_core.catalog.services import save_resource, set_opening_hours
from booking_core.engines.ordinance import quote_from_data
from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import Party
from booking_core.kernel.errors import BookingError, InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.errors import Taken
from booking_core.reservations.models import Booking, Hold, Occupancy
from booking_core.workflows import errors
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.holding import hold_wish
from tenants.context import current_tenant
from tests.factories.mails import letters
from tests.integration.workflows.conftest import ERIKA, GUEST, NOW, PERIOD, House, at, hours, mails, place


def left_behind() -> tuple[int, int, int, int]:
    return (
        Booking.objects.count(),
        Occupancy.objects.count(),
        OutboxMessage.objects.count(),
        Party.objects.count(),
    )


def test_a_request_keeps_its_price_with_the_derivation_and_tells_both_sides(house: House) -> None:
    booking = place(house.wish(), message="Wir bringen Musik mit.")

    assert (booking.state, booking.total, booking.deposit) == ("requested", Money(9000), Money(18000))
    quote = quote_from_data(booking.quote)
    assert [line.amount for line in quote.lines] == [Money(9000)]
    assert quote.lines[0].paragraph
    assert booking.ordinance_version_id is not None
    assert booking.items[0].span == PERIOD
    assert [event.kind for event in booking.events] == ["requested"]
    assert mails() == [
        ("booking_requested", "erika@example.org"),
        ("new_request", "rathaus@musterstadt.example"),
    ]
    assert Party.objects.get().email == "erika@example.org"


def test_two_rooms_are_one_booking_at_one_price(house: House) -> None:
    booking = place(house.wish(resource_ids=(house.hall.id, house.kitchen.id)))

    assert booking.total == Money(11500)
    assert [item.resource_name for item in booking.items] == ["Großer Saal", "Teeküche"]


def test_a_room_without_an_ordinance_is_asked_for_at_an_open_price(house: House) -> None:
    current_tenant().auto_confirm = True
    booking = place(house.wish(resource_ids=(house.attic.id,), persons=8, group="", purpose=""))

    assert (booking.state, booking.total, booking.quote) == ("requested", Money(0), {})
    assert "Das Entgelt legt die Verwaltung fest." in letters()[0].text


def test_where_the_ordinance_is_silent_a_clerk_decides(house: House) -> None:
    current_tenant().auto_confirm = True
    booking = place(house.wish(spans=(Span(at(8), at(11, days=1)),)))

    assert (booking.state, booking.total) == ("requested", Money(0))
    assert booking.quote["outcome"] == "needs_decision"


@pytest.mark.parametrize(
    ("group", "proven", "state"),
    [
        ("private", "", "confirmed"),
        ("local_org", "", "requested"),
        ("local_org", "local_org", "confirmed"),
    ],
    ids=["the dearest group", "a cheaper group by mere claim", "a cheaper group with proof"],
)
def test_requests_confirm_themselves_where_the_town_wants_it(
    house: House, group: str, proven: str, state: str
) -> None:
    current_tenant().auto_confirm = True
    booking = place(house.wish(group=group), viewer=replace(GUEST, group=proven))

    assert booking.state == state
    assert mails()[0][0] == f"booking_{state}"
    assert len(mails()) == (1 if state == "confirmed" else 2)


def test_a_held_time_becomes_the_booking(house: House) -> None:
    held = hold_wish(house.wish(), viewer=GUEST, now=NOW)
    with pytest.raises(Taken):
        place(house.wish())

    booking = place(house.wish(), hold_uuid=held.hold_uuid)

    assert booking.items[0].span == PERIOD
    assert not Hold.objects.exists()


def test_an_expired_hold_does_not_matter_while_the_time_is_free(house: House) -> None:
    held = hold_wish(house.wish(), viewer=GUEST, now=NOW)
    Hold.objects.update(expires_at=NOW - timedelta(days=3650))

    assert place(house.wish(), hold_uuid=held.hold_uuid).state == "requested"


def test_an_expired_hold_loses_to_who_was_faster(house: House) -> None:
    held = hold_wish(house.wish(), viewer=GUEST, now=NOW)
    Hold.objects.update(expires_at=NOW - timedelta(days=3650))
    place(house.wish())

    with pytest.raises(Taken):
        place(house.wish(), hold_uuid=held.hold_uuid)


def test_a_taken_time_is_refused_with_a_clear_sentence_and_nothing_stays(house: House) -> None:
    place(house.wish())
    before = left_behind()

    with pytest.raises(Taken) as refusal:
        place(house.wish(spans=(hours(20, 22),)), contact=replace(ERIKA, email="max@example.org"),
              viewer=Viewer(email="max@example.org"))  # fmt: skip

    assert str(refusal.value) == "Diese Zeit ist inzwischen vergeben. Bitte wählen Sie eine andere."
    assert left_behind() == before


REFUSALS = {
    "past": (
        lambda house: {"spans": (Span(NOW - timedelta(hours=1), NOW + timedelta(hours=1)),)},
        errors.InThePast,
    ),
    "off the grid": (lambda house: {"spans": (Span(at(18, 7), at(20)),)}, errors.OffGrid),
    "too short": (lambda house: {"spans": (Span(at(18), at(18, 10)),)}, errors.WrongDuration),
    "too long": (lambda house: {"spans": (Span(at(11), at(11, days=40)),)}, errors.WrongDuration),
    "too many people": (lambda house: {"persons": 61}, errors.TooManyPersons),
    "too many pieces": (lambda house: {"quantity": 2}, errors.TooManyPieces),
    "no pieces": (lambda house: {"quantity": 0}, errors.TooManyPieces),
    "spans overlap": (lambda house: {"spans": (hours(18, 20), hours(19, 21))}, errors.SpansOverlap),
    "unknown group": (lambda house: {"group": "royalty"}, InvalidInput),
    "unknown purpose": (lambda house: {"purpose": "duel"}, InvalidInput),
    "unknown extra": (lambda house: {"extras": {"fireworks": 1}}, InvalidInput),
    "too much of an extra": (
        lambda house: {"extras": {"kitchen_hourly": 2}, "spans": (hours(14, 18),)},
        InvalidInput,
    ),
    "unknown room": (lambda house: {"resource_ids": (0,)}, NotFound),
    "nothing at all": (lambda house: {"resource_ids": ()}, InvalidInput),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refusals_leave_no_trace(house: House, case: str) -> None:
    changes, error = REFUSALS[case]
    with pytest.raises(error) as refusal:
        place(house.wish(**changes(house)))

    assert str(refusal.value)
    assert left_behind() == (0, 0, 0, 0)


PEOPLE = {
    "no title": ({"title": " "}, "title"),
    "a very long title": ({"title": "x" * 121}, "title"),
    "no name": ({"contact": replace(ERIKA, name="")}, "name"),
    "no address": ({"contact": replace(ERIKA, email="erika")}, "email"),
    "an address not proven": ({"viewer": Viewer()}, "email"),
    "somebody else's address": ({"viewer": Viewer(email="max@example.org")}, "email"),
}


@pytest.mark.parametrize("case", PEOPLE)
def test_what_is_missing_is_named_by_its_field(house: House, case: str) -> None:
    changes, field = PEOPLE[case]
    with pytest.raises(BookingError) as refusal:
        place(house.wish(), **changes)

    assert refusal.value.field == field
    assert left_behind() == (0, 0, 0, 0)


def test_guests_are_turned_away_where_the_town_wants_accounts(house: House) -> None:
    current_tenant().guests_allowed = False

    with pytest.raises(errors.GuestsNotAllowed):
        place(house.wish())
    assert place(house.wish(), source="api", viewer=Viewer()).source == "api"


@pytest.mark.parametrize(
    ("audience", "facts"), [("residents", {"is_resident": True}), ("organisations", {"is_registered": True})]
)
def test_only_the_audience_may_book(house: House, audience: str, facts: dict[str, bool]) -> None:
    room = ResourceData(
        location_id=house.hall.location.id, name="Großer Saal", kind="hall", audience=audience
    )
    save_resource(room, resource_id=house.hall.id, actor=SYSTEM)

    with pytest.raises(errors.NotInAudience) as refusal:
        place(house.wish())
    assert "Großer Saal" in str(refusal.value)
    assert place(house.wish(), viewer=replace(GUEST, **facts)).state == "requested"  # type: ignore[arg-type]


def test_what_is_for_the_staff_is_booked_by_the_staff(house: House) -> None:
    room = ResourceData(location_id=house.hall.location.id, name="Großer Saal", kind="hall", audience="staff")
    save_resource(room, resource_id=house.hall.id, actor=SYSTEM)

    with pytest.raises(errors.NotInAudience):
        place(house.wish(), viewer=replace(GUEST, is_resident=True, is_registered=True))
    booking = place(house.wish(), source="staff", viewer=Viewer(user_id=None, is_staff=True))
    assert mails() == [("booking_requested", "erika@example.org")]
    assert booking.booked_by_id is None


def test_house_rules_must_be_accepted_where_there_are_any(house: House) -> None:
    room = ResourceData(
        location_id=house.hall.location.id, name="Großer Saal", kind="hall", house_rules="Kein Konfetti."
    )
    save_resource(room, resource_id=house.hall.id, actor=SYSTEM)

    with pytest.raises(errors.HouseRulesNotAccepted):
        place(house.wish())
    place(house.wish(), house_rules_accepted=True)
    assert Booking.objects.get().house_rules_accepted_at == NOW


def test_closed_hours_are_refused_with_the_hours_that_are_open(house: House) -> None:
    set_opening_hours(
        [HoursView(weekday, 8 * 60, 22 * 60) for weekday in range(6)], resource_id=house.hall.id, actor=SYSTEM
    )

    with pytest.raises(errors.OutsideOpeningHours) as refusal:
        place(house.wish(spans=(hours(20, 23),)))
    assert "Sa, 13. September 2031, 8–22 Uhr" in str(refusal.value)
    with pytest.raises(errors.OutsideOpeningHours) as refusal:
        place(house.wish(spans=(hours(10, 12, days=1),)))
    assert "geschlossen" in str(refusal.value)
    assert place(house.wish(spans=(hours(18, 22),))).total == Money(2000)


def test_unpublished_rooms_do_not_exist_for_citizens(house: House) -> None:
    room = ResourceData(
        location_id=house.hall.location.id, name="Großer Saal", kind="hall", is_published=False
    )
    save_resource(room, resource_id=house.hall.id, actor=SYSTEM)

    with pytest.raises(NotFound):
        place(house.wish())


def test_who_books_must_say_for_whom_where_the_price_depends_on_it(house: House) -> None:
    with pytest.raises(InvalidInput) as refusal:
        place(house.wish(group=""))
    assert refusal.value.field == "group"
    assert left_behind() == (0, 0, 0, 0)

    assert place(house.wish(group=""), viewer=replace(GUEST, group="private")).customer_group == "private"
    assert place(house.wish(purpose="", resource_ids=(house.small.id,), persons=9)).total == Money(4500)


def test_nothing_is_queued_when_the_transaction_around_it_fails(house: House) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        place(house.wish())
        raise RuntimeError("the caller failed")

    assert left_behind() == (0, 0, 0, 0)


def test_the_language_of_the_booking_is_the_language_of_its_mails(house: House) -> None:
    place(house.wish(), language="en-gb")

    first = letters()[0]
    assert (first.language, first.subject.startswith("We have received your request")) == ("en", True)

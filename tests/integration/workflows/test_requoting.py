"""A stored booking, quoted again: the same figures years later, whatever was published or rebound since."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from booking_core.engines.ordinance import (
    load_document,
    quote_from_data,
    request_from_stored,
    request_to_data,
)
from booking_core.engines.ordinance.requests import request_of
from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.library import library_entries, library_text
from booking_core.ordinances.models import TariffBinding
from booking_core.ordinances.services import adopt_document, bind_resource, publish_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.change_booking import change_scope, preview_scope, scope_of
from booking_core.workflows.requoting import requests_of_booking, requote_booking
from tenants.models import Tenant
from tests.factories.examples import CARLA, LONG_BEFORE, ZONE, ExampleHouse, example_house, without_examples

NUSSBAUM = "nussbaum-halle"


@pytest.fixture
def house(town: Tenant) -> ExampleHouse:
    return example_house(library_text(NUSSBAUM))


def reread(booking: BookingView) -> BookingView:
    return booking_by_uuid(booking.uuid)


def test_every_example_of_the_library_survives_storing() -> None:
    for entry in library_entries():
        for example in load_document(library_text(entry.slug)).content.examples:
            request = request_of(example, ZONE, {"a": "b"})
            assert request_from_stored(request_to_data(request)) == request, (entry.slug, example.id)


def test_a_request_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        request_from_stored({"format": 99})


def test_the_same_quote_comes_out_again(house: ExampleHouse) -> None:
    for name in ("local_family_summer", "outside_family_winter", "club_festival_three_days"):
        booking = house.book(name, is_confirmed=False)
        assert requote_booking(reread(booking)) == quote_from_data(booking.quote), name


def test_years_later_with_new_versions_and_new_bindings(house: ExampleHouse) -> None:
    booking = house.book("local_family_summer")
    dearer = without_examples(NUSSBAUM).replace("price: 95.00", "price: 999.00")
    new = adopt_document(dearer, code="ordnung", actor=SYSTEM)
    publish_version(new.id, valid_from=date(2026, 2, 1), actor=SYSTEM)
    bind_resource(house.rooms["hall"], house.ordinance_id, ["meeting_room"], actor=SYSTEM)
    with time_machine.travel(date(2039, 5, 1), tick=False):
        assert requote_booking(reread(booking)) == quote_from_data(booking.quote)


def test_bookings_from_before_requests_were_kept(house: ExampleHouse) -> None:
    booking = house.book("outside_family_winter")
    Booking.objects.filter(pk=booking.id).update(priced_requests=None)
    old = reread(booking)
    assert requote_booking(old) == quote_from_data(booking.quote)
    TariffBinding.objects.all().delete()
    assert requests_of_booking(old) == ()
    assert requote_booking(old) is None


def test_without_an_ordinance_there_is_nothing_to_quote(house: ExampleHouse) -> None:
    booking = house.book("outside_family_winter")
    Booking.objects.filter(pk=booking.id).update(ordinance_version=None)
    assert requote_booking(reread(booking)) is None


def test_a_changed_booking_keeps_what_it_was_priced_for_last(town: Tenant) -> None:
    house = example_house(library_text("klein-wittensee-spruettenhus"))
    booking = house.book("twenty_persons_cleaned_by_house")
    scope = replace(scope_of(booking), persons=35)
    agreed = preview_scope(booking.uuid, scope, now=LONG_BEFORE, by_staff=True).terms
    changed = change_scope(
        booking.uuid, scope, agreed=agreed, actor=CARLA, expected_version=booking.version, now=LONG_BEFORE
    )
    assert changed.total != booking.total
    (request,) = requests_of_booking(reread(changed))
    assert request.persons == 35
    assert requote_booking(reread(changed)) == quote_from_data(changed.quote)

"""Settling in the back office: who may, what the one screen asks and shows, the list of what is still to do."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.services import create_account, set_roles
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.library import library_text
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking, Settlement
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.settlements import settlements_of
from tenants.models import Tenant
from tests.factories.catalogue import make_location
from tests.factories.examples import ExampleHouse, example_house
from tests.statements import asked
from tests.web.backoffice.conftest import InTown


@pytest.fixture
def house(town: Tenant) -> ExampleHouse:
    boss = create_account(email="chefin@example.org", name="Chris Chefin", verified=True)
    set_roles(boss.pk, ["administrator"], actor=SYSTEM)
    return example_house(library_text("nussbaum-halle"))


def somebody(town: Tenant, role: str, *location_ids: int) -> Client:
    user = create_account(email=f"{role}{len(location_ids)}@example.org", name="Kim Muster", verified=True)
    set_roles(user.pk, [role], location_ids=location_ids, actor=SYSTEM)
    client = InTown(town)
    client.force_login(user)
    return client


@pytest.fixture
def caretaker(town: Tenant, house: ExampleHouse) -> Client:
    return somebody(town, "caretaker")


@pytest.fixture
def used(house: ExampleHouse) -> BookingView:
    return house.book("local_family_summer")


def settle_url(booking: BookingView) -> str:
    return reverse("backoffice_settle", args=[booking.uuid])


def answers(booking: BookingView, **changes: str) -> dict[str, str]:
    usual = {
        "expected_version": str(booking.version), "before_electricity": "1204", "figure_electricity": "1216",
        "figure_water": "1,5", "note": "Danke fürs Fegen.", "step": "preview",
    }  # fmt: skip
    return {**usual, **changes}


def test_preview_then_settle(caretaker: Client, used: BookingView) -> None:
    page = caretaker.post(settle_url(used), answers(used))
    assert page.status_code == 200
    assert page.context["result"].price.total == "183,80 €"
    assert [row.value for row in page.context["result"].rows] == ["170,00 €", "+13,80 €"]
    assert not Settlement.objects.exists()

    shown = page.context["form"]["shown_cents"].value()
    done = caretaker.post(settle_url(used), answers(used, step="settle", shown_cents=shown))
    assert done.status_code == 302
    (settlement,) = settlements_of(used.id)
    assert (settlement.total.cents, settlement.settled_by) == (18380, "Kim Muster")
    assert settlement.figures.meters["electricity"].before == 1204
    assert OutboxMessage.objects.filter(kind="booking_settled").count() == 1
    booking_page = caretaker.get(reverse("backoffice_booking", args=[used.uuid])).content.decode()
    assert "183,80 €" in booking_page


def test_what_changed_since_the_preview_is_shown_first(caretaker: Client, used: BookingView) -> None:
    page = caretaker.post(
        settle_url(used), answers(used, step="settle", shown_cents="18380", figure_water="9")
    )
    assert page.status_code == 409
    assert not Settlement.objects.exists()
    assert page.context["result"].price.total == "228,80 €"


def test_a_correction_starts_from_what_was_entered(caretaker: Client, used: BookingView) -> None:
    caretaker.post(settle_url(used), answers(used, step="settle", shown_cents="18380"))
    again = booking_by_uuid(used.uuid)
    form = caretaker.get(settle_url(again)).context["form"]
    assert [form[name].value() for name in ("before_electricity", "figure_electricity", "figure_water")] == [
        "1204", "1216", "1,5",
    ]  # fmt: skip
    stale = caretaker.post(settle_url(used), answers(used, step="settle", shown_cents="18380"))
    assert stale.status_code == 409
    assert "abgerechnet" in stale.content.decode().lower()
    caretaker.post(settle_url(again), answers(again, step="settle", shown_cents="17480", figure_water="0"))
    assert [one.difference.cents for one in settlements_of(used.id)] == [1380, -900]


def test_the_last_reading_stands_beside(caretaker: Client, house: ExampleHouse, used: BookingView) -> None:
    caretaker.post(settle_url(used), answers(used, step="settle", shown_cents="18380"))
    later = house.book("outside_family_winter")
    Booking.objects.get(pk=later.id).items.update(
        span=(timezone.now() - timezone.timedelta(days=2), timezone.now())
    )
    page = caretaker.get(settle_url(later))
    assert "Zuletzt 12 kWh, Zähler 1216" in page.content.decode()
    assert page.context["form"]["before_electricity"].value() == "1216"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"figure_water": "viel"}, "figure_water"), ({"figure_water": "1.234"}, "figure_water"),
        ({"figure_water": "-1"}, "figure_water"), ({"before_electricity": "2000"}, "figure_electricity"),
        ({"damage_0": "Stuhl"}, "amount_0"), ({"amount_1": "12"}, "damage_1"), ({"persons": "-3"}, "persons"),
    ],
)  # fmt: skip
def test_bad_input_is_named_at_its_field(
    caretaker: Client, used: BookingView, change: dict[str, str], field: str
) -> None:
    page = caretaker.post(settle_url(used), answers(used, **change))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "Danke fürs Fegen." in page.content.decode(), "nothing typed is lost"


def test_the_use_must_have_begun(caretaker: Client, house: ExampleHouse) -> None:
    coming = house.book("outside_family_winter")
    Booking.objects.get(pk=coming.id).items.update(span=("2090-01-01T10:00+00:00", "2090-01-01T12:00+00:00"))
    page = caretaker.get(settle_url(coming))
    assert page.status_code == 200
    assert "Noch nicht abzurechnen" in page.content.decode()
    assert (
        caretaker.post(settle_url(coming), answers(coming, step="settle", shown_cents="19880")).status_code
        == 422
    )
    assert not Settlement.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 200), ("clerk", 200), ("treasurer", 403), ("reader", 403)]
)
def test_who_may_settle(town: Tenant, used: BookingView, role: str, status: int) -> None:
    assert somebody(town, role).get(settle_url(used)).status_code == status


def test_only_within_their_locations(town: Tenant, used: BookingView) -> None:
    elsewhere = make_location(name="Alte Scheune")
    limited = somebody(town, "caretaker", elsewhere.id)
    assert limited.get(settle_url(used)).status_code == 404
    assert (
        limited.post(settle_url(used), answers(used, step="settle", shown_cents="18380")).status_code == 404
    )
    assert limited.get(reverse("backoffice_settlements")).context["total"] == 0
    here = somebody(town, "caretaker", used.items[0].location_id)
    assert here.get(reverse("backoffice_settlements")).context["total"] == 1


def listed(client: Client, **query: str) -> list[Any]:
    return [row[0].text for row in client.get(reverse("backoffice_settlements"), query).context["table"].rows]


def test_the_list_of_what_is_still_to_settle(
    caretaker: Client, house: ExampleHouse, used: BookingView
) -> None:
    house.book("club_festival_three_days", is_confirmed=False)
    assert listed(caretaker) == ["local_family_summer"]
    assert listed(caretaker, q="family") == ["local_family_summer"]
    assert listed(caretaker, q="Zebra") == []
    assert listed(caretaker, show="settled") == []
    assert "1 Nutzung abzurechnen" in caretaker.get(reverse("backoffice_today")).content.decode()

    caretaker.post(settle_url(used), answers(used, step="settle", shown_cents="18380"))
    assert listed(caretaker) == []
    assert listed(caretaker, show="settled") == listed(caretaker, show="all") == ["local_family_summer"]
    assert "Alles abgerechnet" in caretaker.get(reverse("backoffice_settlements")).content.decode()
    assert "abzurechnen" not in caretaker.get(reverse("backoffice_today")).content.decode()


def test_what_asks_for_nothing_is_not_due(caretaker: Client, used: BookingView) -> None:
    Booking.objects.filter(pk=used.id).update(ordinance_version=None)
    assert listed(caretaker) == []
    Booking.objects.filter(pk=used.id).update(deposit_cents=100)
    assert listed(caretaker) == ["local_family_summer"]


def test_the_list_needs_as_many_statements_for_twenty_rows_as_for_one(
    caretaker: Client, used: BookingView
) -> None:
    url = reverse("backoffice_settlements")
    caretaker.get(url)
    with CaptureQueriesContext(connection) as one:
        caretaker.get(url)
    row, item = Booking.objects.get(pk=used.id), used.items[0]
    from uuid import uuid4

    for number in range(19):
        row.pk, row.uuid, row.number = None, uuid4(), f"2026-9{number}"
        row._state.adding = True
        row.save()
        row.items.create(resource_id=item.resource_id, span=(item.span.start, item.span.end))
    with CaptureQueriesContext(connection) as twenty:
        assert caretaker.get(url).context["total"] == 20
    assert asked(one) == asked(twenty)


def test_a_clerk_names_the_fee_where_no_ordinance_does(town: Tenant, used: BookingView) -> None:
    Booking.objects.filter(pk=used.id).update(
        ordinance_version=None, quote={}, priced_requests=None, total_cents=0
    )
    clerk = somebody(town, "clerk")
    assert clerk.get(settle_url(used)).context["names_fee"]
    page = clerk.post(settle_url(used), {"expected_version": used.version, "fee": "75,50", "step": "preview"})
    assert page.context["result"].price.total == "75,50 €"
    assert (
        not somebody(town, "caretaker", used.items[0].location_id).get(settle_url(used)).context["names_fee"]
    )


def test_in_english(caretaker: Client, used: BookingView) -> None:
    page = caretaker.post(settle_url(used), answers(used), headers={"accept-language": "en"}).content.decode()
    for words in ("This is what it comes to", "Settle for good", "€183.80", "recorded after the use"):
        assert words in page, words

"""The office books a hall, chairs and tables for a caller, once or weekly, and changes the numbers when moving."""

from uuid import UUID

from django.urls import reverse

from booking_core.reservations.models import Booking
from tests.factories.furniture import make_furnished_hall
from tests.web.backoffice.conftest import Office

CALLER = {
    "group": "everyone", "purpose": "party", "title": "Anruf", "name": "Max Mustermann",
    "email": "max@example.org", "language": "de", "is_confirmed": "on",
}  # fmt: skip
WHEN = "&start_on_0=2027-01-09&start_time_0=11:00&end_on_0=2027-01-09&end_time_0=15:00"


def numbers(booking: Booking) -> dict[str, int]:
    return dict(booking.items.values_list("resource__name", "quantity"))


def test_a_number_for_each_thing_on_entering_and_moving(office: Office) -> None:
    house, clerk = make_furnished_hall(), office.client("clerk")
    ids = [one.id for one in (house.hall, house.chairs, house.tables)]
    query = "?" + "&".join(f"resource_ids={one}" for one in ids) + WHEN
    url = reverse("backoffice_booking_new") + query
    asked = {**CALLER, "menge_stuehle": "80", "menge_tische": "10"}
    assert "Stühle: wie viele Stück?" in clerk.get(url).content.decode()
    assert "210,00" in clerk.post(url, {**asked, "step": "price"}).content.decode()
    too_many = clerk.post(url, {**asked, "menge_tische": "21", "step": "enter"})
    assert "menge_tische" in too_many.context["form"].errors
    uuid = UUID(clerk.post(url, {**asked, "step": "enter"}).headers["Location"].split("/")[-2])
    booking = Booking.objects.get(uuid=uuid)
    assert (numbers(booking), booking.total_cents) == ({"Saal": 1, "Stühle": 80, "Tische": 10}, 21000)
    assert "80 Stück" in clerk.get(reverse("backoffice_booking", args=[uuid])).content.decode()
    move = reverse("backoffice_booking_move", args=[uuid])
    dragged = clerk.get(f"{move}?beginn=2027-01-09T17:00:00%2B01:00&ort={office.barn.id}")
    assert dragged.context["form"].cleaned_data["resource_ids"] == (office.barn.id, *ids[1:])
    form = {
        "expected_version": booking.version, "resource_ids": ids, "menge_stuehle": "100", "menge_tische": "10",
        "start_on_0": "2027-01-09", "start_time_0": "16:00", "end_on_0": "2027-01-09", "end_time_0": "20:00",
    }  # fmt: skip
    assert "230,00" in clerk.post(move, {**form, "step": "preview"}).content.decode()
    assert clerk.post(move, {**form, "step": "move"}).status_code == 302
    assert numbers(Booking.objects.get(uuid=uuid)) == {"Saal": 1, "Stühle": 100, "Tische": 10}


def test_a_series_takes_the_same_numbers_each_week(office: Office) -> None:
    house, clerk = make_furnished_hall(), office.client("clerk")
    query = f"?resource_ids={house.hall.id}&resource_ids={house.chairs.id}{WHEN}"
    url = reverse("backoffice_series_new") + query
    assert "menge_stuehle" in clerk.get(url).content.decode()
    weekly = f"{url}&menge_stuehle=30&rhythmus=w1&anzahl=2"
    page = clerk.get(weekly)
    agreed = {field.html_name: "yes" for field in page.context["dates_form"]}
    who = clerk.post(weekly, agreed).headers["Location"]
    assert "30 × Stühle" in clerk.get(who).content.decode()
    done = clerk.post(who, {**CALLER, "step": "enter"})
    booking = Booking.objects.get(uuid=UUID(done.headers["Location"].split("/")[-2]))
    assert sorted(booking.items.values_list("quantity", flat=True)) == [1, 1, 30, 30]

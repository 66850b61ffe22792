"""The list of bookings, its filters, its pages, and its file for the spreadsheet."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking_core.reservations.contracts import Contact
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.decide_booking import confirm_booking
from tests.web.backoffice.conftest import CONNY, Office


def _titles(answer: object) -> list[str]:
    return [row[1] for row in answer.context["table"].rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Geburtstag", "Taufe", "Konzert"}),
        ("?state=confirmed", {"Taufe"}),
        ("?q=tau", {"Taufe"}),
        ("?q=erika", {"Geburtstag", "Taufe", "Konzert"}),
        ("?first_on=2027-01-18&last_on=2027-01-20", {"Taufe"}),
        ("?first_on=2027-01-20&last_on=2027-01-18", {"Taufe", "Konzert"}),
        ("?state=declined", set()),
        ("?page=77", set()),
        ("?page=x&state=nonsense", {"Geburtstag", "Taufe", "Konzert"}),
    ],
    ids=["all", "state", "title", "name", "period", "period reversed", "none", "past the end", "nonsense"],
)
def test_filters_live_in_the_address(office: Office, clerk: Client, query: str, expected: set[str]) -> None:
    office.book()
    christening = office.book(days=10, title="Taufe")
    confirm_booking(christening.uuid, actor=CONNY, expected_version=christening.version)
    office.book(office.barn, days=20, title="Konzert")
    answer = clerk.get(reverse("backoffice_bookings") + query)
    assert answer.status_code == 200
    assert set(_titles(answer)) == expected


def test_filter_by_resource_and_location(office: Office, clerk: Client) -> None:
    office.book()
    office.book(office.barn, days=20, title="Konzert")
    url = reverse("backoffice_bookings")
    assert _titles(clerk.get(f"{url}?resource={office.barn.id}")) == ["Konzert"]
    assert _titles(clerk.get(f"{url}?location={office.saal.location.id}")) == ["Geburtstag"]


def test_pages_hold_fifty(office: Office, clerk: Client) -> None:
    for number in range(51):
        office.book(days=number, now=datetime.now(UTC) + timedelta(seconds=number))
    first = clerk.get(reverse("backoffice_bookings"))
    second = clerk.get(reverse("backoffice_bookings") + "?page=2")
    assert (len(_titles(first)), len(_titles(second))) == (50, 1)
    assert clerk.get(reverse("backoffice_bookings_csv")).content.decode().count("\r\n") == 52


def test_the_list_takes_as_many_statements_for_twenty_rows_as_for_one(office: Office, clerk: Client) -> None:
    clerk.get(reverse("backoffice_bookings"))  # fills what is cached per town
    counts = []
    for number in range(20):
        office.book(days=2 * number)
        if number in {0, 19}:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert len(_titles(clerk.get(reverse("backoffice_bookings")))) == number + 1
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(office: Office) -> None:
    office.book(
        title='=HYPERLINK("http://example.org")',
        contact=Contact(name='@Erika; "M"', email="e@example.org"),
        viewer=Viewer(email="e@example.org"),
    )
    answer = office.client("treasurer").get(reverse("backoffice_bookings_csv"))
    text = answer.content.decode("utf-8")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert text.startswith("\ufeffNummer;Zustand;")
    line = text.splitlines()[1]
    assert '"\'=HYPERLINK(""http://example.org"")"' in line
    assert '"\'@Erika; ""M"""' in line
    assert ";90,00;" in line


def test_the_file_holds_what_the_filter_shows(office: Office, clerk: Client) -> None:
    office.book()
    office.book(office.barn, days=20, title="Konzert")
    text = clerk.get(reverse("backoffice_bookings_csv") + f"?resource={office.barn.id}").content.decode()
    assert "Konzert" in text
    assert "Geburtstag" not in text


def test_a_limited_clerk_finds_no_booking_of_another_location(office: Office) -> None:
    office.book(office.barn)
    limited = office.client("clerk", location_ids=(office.saal.location.id,))
    assert _titles(limited.get(reverse("backoffice_bookings"))) == []
    assert "Geburtstag" not in limited.get(reverse("backoffice_bookings_csv")).content.decode()
    url = reverse("backoffice_bookings") + f"?location={office.barn.location.id}"
    assert _titles(limited.get(url)) == []

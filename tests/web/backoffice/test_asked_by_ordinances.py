"""What an ordinance asks, asked where it belongs: of the citizen, of staff only, or when somebody cancels."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.contracts import SYSTEM
from booking_core.identity.services import create_account
from booking_core.kernel.money import Money
from booking_core.ordinances.services import adopt_document, bind_resource, publish_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.decide_booking import confirm_booking
from tests.api.conftest import Program, refused
from tests.web.backoffice.conftest import CONNY, ERIKA, InTown, Office, day_span
from tests.web.citizen.conftest import eleven_to_eleven

RULES = """\
format: 1
name: {de: Ordnung, en: Rules}
municipality: Musterstadt
state: SH
resources: [{id: hall, label: {de: Halle, en: Hall}, kind: hall}]
groups:
  - {id: club, label: {de: Ortsverein, en: Local club}}
  - {id: firm, label: {de: Firma, en: Firm}}
facts:
  - {id: guests_pay, label: {de: Zahlen die Gäste Eintritt?, en: Do guests pay?}}
  - {id: honorary, label: {de: Ehrenamtskarte geprüft, en: Volunteer card seen}, internal: true}
  - {id: ill, label: {de: Sind Sie krank geworden?, en: Have you fallen ill?}}
  - {id: storm, label: {de: Unwetterwarnung, en: Severe weather}, internal: true}
rates:
  - {id: clubs, when: {group: club}, price: 100}
  - {id: firms, when: {group: firm}, price: 300}
adjustments:
  - {id: paid, label: {de: Eintritt, en: Entry}, when: {facts: {guests_pay: true}}, percent: 50}
  - {id: volunteers, label: {de: Ehrenamt, en: Volunteers}, when: {facts: {honorary: true}}, percent: -50}
limits:
  - {id: twice, require: {quota: {count: bookings, per: year, max: 2}}, topic: quota, field: start,
     text: {de: Höchstens zwei Buchungen im Jahr., en: At most two bookings a year.}, paragraph: § 4}
cancellation:
  - {id: half, label: {de: Halbe Miete, en: Half}, price: {of: rates, percent: 50}, paragraph: § 7}
  - {id: excused, label: {de: Krankheit, en: Illness}, priority: 2, when: {facts: {ill: true}}, price: 0}
  - {id: weather, label: {de: Unwetter, en: Weather}, priority: 1, when: {facts: {storm: true}}, price: 10}
mixed_groups: highest
"""


@pytest.fixture
def hall(office: Office) -> ResourceView:
    """The office's second hall, under these rules."""
    version = adopt_document(RULES, code="regeln", actor=SYSTEM)
    publish_version(version.id, valid_from=date(2026, 1, 1), actor=SYSTEM)
    bind_resource(office.barn.id, version.ordinance_id, ["hall"], actor=SYSTEM)
    return office.barn


@pytest.fixture
def citizen(office: Office) -> Client:
    """A visitor of the town's site."""
    return InTown(office.town)


def booked(office: Office, hall: ResourceView, *, days: int = 0) -> BookingView:
    """A club's booking, confirmed."""
    wish = Wish((hall.id,), (day_span(days),), group="club")
    booking = office.book(wish=wish, viewer=Viewer(email=ERIKA.email))
    return confirm_booking(booking.uuid, actor=CONNY, expected_version=booking.version)


def answers(office: Office, hall: ResourceView, **more: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=40)
    return {
        "tag": day.isoformat(),
        "von": "11:00",
        "bis": "11:00",
        "gruppe": "club",
        "frage_guests_pay": "on",
        **more,
    }


def test_citizens_are_asked_what_citizens_can_answer(
    office: Office, hall: ResourceView, citizen: Client
) -> None:
    page = citizen.get(f"/buchen/{hall.slug}/").content.decode()
    assert "Zahlen die Gäste Eintritt?" in page
    assert "Wer nimmt noch teil?" in page
    for hidden in ("Ehrenamtskarte", "Sind Sie krank", "Unwetterwarnung"):
        assert hidden not in page


def test_a_further_group_is_priced_and_kept(office: Office, hall: ResourceView, citizen: Client) -> None:
    url = f"/buchen/{hall.slug}/"
    alone = citizen.post(url, answers(office, hall)).content.decode()
    mixed = citizen.post(url, answers(office, hall, weitere="firm")).content.decode()
    assert "150,00" in alone
    assert "450,00" in mixed
    wish = Wish((hall.id,), (day_span(),), group="club", further_groups=("firm",))
    booking = office.book(wish=wish)
    assert booking_by_uuid(booking.uuid).further_groups == ("firm",)
    page = office.client("clerk").get(reverse("backoffice_booking", args=[booking.uuid])).content.decode()
    assert "Außerdem dabei" in page
    assert booking.total == Money(30_000)


def test_what_staff_answer_is_refused_from_citizens(
    office: Office, hall: ResourceView, citizen: Client
) -> None:
    free = citizen.post(f"/buchen/{hall.slug}/", answers(office, hall, frage_honorary="on")).content.decode()
    assert "150,00" in free
    span = eleven_to_eleven(timezone.localdate() + timedelta(days=40))
    wish = {
        "resources": [str(hall.uuid)], "group": "club", "facts": {"honorary": True},
        "spans": [{"start": span.start.isoformat(), "end": span.end.isoformat()}],
    }  # fmt: skip
    program = Program(office.town)
    refused(program.send("quotes/", wish), 422, "invalid-input")
    dearer = program.send("quotes/", {**wish, "facts": {}, "further_groups": ["firm"]})
    assert dearer.json()["total"] == "300.00"
    refused(program.send("quotes/", {**wish, "facts": {}, "further_groups": ["army"]}), 422, "invalid-input")


def test_clerks_answer_for_the_administration(office: Office, hall: ResourceView, clerk: Client) -> None:
    booking = booked(office, hall)
    url = reverse("backoffice_booking_scope", args=[booking.uuid])
    page = clerk.get(url).content.decode()
    assert "Ehrenamtskarte geprüft" in page
    assert "Unwetterwarnung" not in page
    typed = {"expected_version": booking.version, "group": "club", "fact_honorary": "on"}
    clerk.post(url, typed)
    clerk.post(url, {**typed, "terms": "5000-0-confirmed"})
    changed = booking_by_uuid(booking.uuid)
    assert (changed.total, changed.facts.get("honorary")) == (Money(5_000), True)


def test_a_third_booking_of_the_year_is_refused_with_its_paragraph(
    office: Office, hall: ResourceView
) -> None:
    booked(office, hall)
    booked(office, hall, days=2)
    caller = {
        "group": "club", "title": "Fest", "name": ERIKA.name, "email": ERIKA.email, "phone": "", "street": "",
        "postal_code": "", "city": "", "organisation_name": "", "message": "", "language": "de", "step": "price",
    }  # fmt: skip
    span = day_span(4)
    query = {"resource_ids": hall.id, "quantity": 1, "start_on_0": "2027-01-13", "start_time_0": "11:00",
             "end_on_0": "2027-01-14", "end_time_0": "11:00"}  # fmt: skip
    assert span.start.date() == date(2027, 1, 13)
    page = office.client("clerk").post(f"{reverse('backoffice_booking_new')}?{_query(query)}", caller)
    assert "Nicht eingehalten: Höchstens zwei Buchungen im Jahr." in page.content.decode()
    other = office.client("administrator").post(
        f"{reverse('backoffice_booking_new')}?{_query(query)}", {**caller, "email": "max@example.org"}
    )
    assert "Eingehalten: Höchstens zwei Buchungen im Jahr." in other.content.decode()


def _query(values: dict[str, object]) -> str:
    return "&".join(f"{name}={value}" for name, value in values.items())


def test_a_citizen_who_fell_ill_sees_the_other_fee_before_it_counts(
    office: Office, hall: ResourceView, citizen: Client
) -> None:
    booking = booked(office, hall)
    _open(citizen, booking)
    url = f"/meine-buchungen/{booking.uuid}/stornieren/"
    page = citizen.get(url).content.decode()
    assert "50,00" in page
    assert "Sind Sie krank geworden?" in page
    assert "Unwetterwarnung" not in page
    again = citizen.post(url, {"agreed": "5000", "answer_ill": "on"})
    assert "gilt ein anderer Preis" in again.content.decode()
    assert booking_by_uuid(booking.uuid).state == "confirmed"
    assert citizen.post(url, {"agreed": "0", "answer_ill": "on"}).status_code == 302
    cancelled = booking_by_uuid(booking.uuid)
    assert (cancelled.state, cancelled.cancellation_fee, cancelled.facts["ill"]) == (
        "cancelled",
        Money(0),
        True,
    )


def _open(client: Client, booking: BookingView) -> None:
    """Sign in as the one who booked."""
    user = create_account(email=ERIKA.email, name=ERIKA.name, verified=True)
    Booking.objects.filter(uuid=booking.uuid).update(booked_by_id=user.pk)
    client.force_login(user)


@pytest.mark.parametrize(
    ("typed", "fee"),
    [({}, 0), ({"at_wish_of": "party"}, 5_000), ({"at_wish_of": "party", "answer_storm": "on"}, 1_000)],
)
def test_a_clerk_cancels_for_the_town_or_for_the_person(
    office: Office, hall: ResourceView, clerk: Client, typed: dict[str, str], fee: int
) -> None:
    booking = booked(office, hall)
    url = reverse("backoffice_booking_cancel", args=[booking.uuid])
    assert "Unwetterwarnung" in clerk.get(url).content.decode()
    if fee:
        shown = clerk.post(url, typed)
        assert f"{fee // 100},00" in shown.content.decode()
        assert booking_by_uuid(booking.uuid).state == "confirmed"
    assert clerk.post(url, {**typed, "agreed": str(fee)}).status_code == 302
    cancelled = booking_by_uuid(booking.uuid)
    assert (cancelled.state, cancelled.cancellation_fee) == ("cancelled", Money(fee))

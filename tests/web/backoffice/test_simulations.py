"""Simulations in the back office: who may, from the question to the result, empty periods, progress, files."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.services import create_account, set_roles
from booking_core.ordinances.library import library_text
from booking_core.ordinances.models import OrdinanceVersion
from booking_core.ordinances.services import adopt_document
from booking_core.ordinances.simulations.queries import known_simulation, simulation_of
from booking_core.reservations.models import Booking
from booking_core.workflows.simulate import run_simulation
from config.celery_app import app
from tenants.models import Tenant
from tests.factories.copies import copy_booking
from tests.factories.examples import ExampleHouse, example_house, without_examples
from tests.web.backoffice.test_settlements import somebody

NUSSBAUM = "nussbaum-halle"
PERIOD = {"first_on": "2026-01-01", "last_on": "2026-12-31"}
PAGES = ("version_simulation", "simulation_start")
DEARER = ("purpose: family_party, price: 95.00", "purpose: family_party, price: 145.00")


@pytest.fixture
def house(town: Tenant) -> ExampleHouse:
    boss = create_account(email="chefin@example.org", name="Chris Chefin", verified=True)
    set_roles(boss.pk, ["administrator"], actor=SYSTEM)
    house = example_house(library_text(NUSSBAUM))
    for name in ("local_family_summer", "club_festival_three_days"):
        house.book(name)
    return house


@pytest.fixture
def draft_id(house: ExampleHouse) -> int:
    return adopt_document(without_examples(NUSSBAUM).replace(*DEARER), code="ordnung", actor=SYSTEM).id


@pytest.fixture
def clerk(town: Tenant, house: ExampleHouse) -> Client:
    return somebody(town, "clerk")


def url(page: str, version_id: int) -> str:
    return reverse(f"backoffice_{page}", args=[version_id])


def test_from_the_question_to_the_result(
    clerk: Client,
    draft_id: int,
    town: Tenant,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with app.connection_for_read() as broker:
        broker.default_channel.queue_purge("celery")
    assert clerk.get(url("version_simulation", draft_id)).context["empty"] is not None
    with django_capture_on_commit_callbacks(execute=True):
        answer = clerk.post(url("simulation_start", draft_id), PERIOD)
    assert answer["Location"] == url("version_simulation", draft_id)
    waiting = clerk.get(answer["Location"])
    assert (waiting.context["page"].state, waiting.context["page"].result) == ("queued", None)
    assert "0 von 2 Buchungen" in waiting.content.decode()

    with app.connection_for_read() as broker:
        message = broker.SimpleQueue("celery").get(timeout=2)
        message.ack()
    assert message.headers["task"] == "booking_core.workflows.tasks.simulate"
    assert message.headers["_schema_name"] == town.schema_name
    app.tasks[message.headers["task"]](*message.payload[0])

    result = clerk.get(answer["Location"]).context["page"].result
    assert "50,00 € mehr" in result.sentence.replace("\xa0", " ")
    assert [row.difference.replace("\xa0", " ") for row in result.by_group.rows] == ["+50,00 €", "0,00 €"]
    assert [row.label for row in result.by_month.rows] == ["Juli 2026", "August 2026"]
    assert len(result.losers.rows) == 1
    assert not result.winners.rows


def test_the_sums_and_the_bookings_as_files(clerk: Client, draft_id: int) -> None:
    assert clerk.get(url("simulation_bookings", draft_id)).status_code == 404
    clerk.post(url("simulation_start", draft_id), PERIOD)
    assert clerk.get(url("simulation_sums", draft_id)).status_code == 404
    Booking.objects.filter(title="local_family_summer").update(number="=1+1")
    run_simulation(draft_id)
    bookings = clerk.get(url("simulation_bookings", draft_id)).content.decode("utf-8-sig").split("\r\n")
    assert bookings[0].startswith("Nummer;Monat;Gruppe;")
    assert bookings[1].startswith("'=1+1;2026-07;")
    assert ";50,00;" in bookings[1]
    sums = clerk.get(url("simulation_sums", draft_id))
    assert sums["Content-Disposition"].endswith('simulation-ordnung-2-2026-01-01-2026-12-31-summen.csv"')
    assert "Zusammen;;2;" in sums.content.decode()


@pytest.mark.parametrize(
    ("role", "may_see", "may_start"),
    [("administrator", True, True), ("clerk", True, True), ("treasurer", True, True), ("reader", True, False),
     ("caretaker", False, False)],
)  # fmt: skip
def test_who_may(town: Tenant, draft_id: int, role: str, may_see: bool, may_start: bool) -> None:
    person = somebody(town, role)
    seen = person.get(url("version_simulation", draft_id))
    assert seen.status_code == (200 if may_see else 403)
    if may_see:
        offered = url("simulation_start", draft_id) in seen.content.decode()
        assert offered is may_start
    assert person.get(url("simulation_start", draft_id)).status_code == (200 if may_start else 403)
    person.post(url("simulation_start", draft_id), PERIOD)
    assert (simulation_of(draft_id) is not None) is may_start
    for page in ("simulation_stop", "simulation_restart"):
        assert person.post(url(page, draft_id)).status_code == (302 if may_start else 403)
    files = [
        person.get(url(page, draft_id)).status_code for page in ("simulation_bookings", "simulation_sums")
    ]
    assert files == [404 if may_see else 403] * 2


def test_members_limited_to_a_place_have_none(town: Tenant, draft_id: int) -> None:
    somewhere = Booking.objects.first()
    assert somewhere is not None
    limited = somebody(town, "clerk", somewhere.items.all()[0].resource.location_id)
    for page in PAGES:
        assert limited.get(url(page, draft_id)).status_code == 403


def test_an_empty_period_offers_the_one_with_bookings(clerk: Client, draft_id: int) -> None:
    answer = clerk.post(
        url("simulation_start", draft_id), {"first_on": "2019-01-01", "last_on": "2019-12-31"}
    )
    assert answer.status_code == 409
    assert answer.context["form"]["first_on"].value() == "2019-01-01"
    offered = answer.context["empty"].action.url
    assert "first_on=2026-07-" in offered
    assert clerk.get(offered).context["form"]["last_on"].value().isoformat() > "2026-08-01"


def test_an_ordinance_nothing_was_booked_by(clerk: Client) -> None:
    version_id = adopt_document(library_text("borgstedt-doerpshus"), code="neu", actor=SYSTEM).id
    answer = clerk.post(url("simulation_start", version_id), PERIOD)
    assert answer.status_code == 409
    assert answer.context["empty"].action.url == url("version_calculator", version_id)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_on": "2026-12-31", "last_on": "2026-01-01"}, "last_on"),
        ({"first_on": "1066-01-01", "last_on": "2026-01-01"}, "last_on"),
        ({"first_on": "gestern", "last_on": "2026-01-01"}, "first_on"),
        ({"first_on": "", "last_on": ""}, "first_on"),
    ],
    ids=["backwards", "too long", "no date", "nothing"],
)
def test_odd_periods_are_refused_at_the_field(
    clerk: Client, draft_id: int, typed: dict[str, str], field: str
) -> None:
    answer = clerk.post(url("simulation_start", draft_id), typed)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"]["first_on"].value() == typed["first_on"]


def test_what_was_renamed_is_asked_for(clerk: Client, house: ExampleHouse) -> None:
    renamed = without_examples(NUSSBAUM).replace("local_club", "verein")
    version_id = adopt_document(renamed, code="ordnung", actor=SYSTEM).id
    asked = clerk.post(url("simulation_start", version_id), PERIOD)
    assert asked.status_code == 200
    assert list(asked.context["form"].unknown) == ["groups"]
    refused = clerk.post(url("simulation_start", version_id), {**PERIOD, "map_groups_local_club": ""})
    assert refused.status_code == 422
    clerk.post(url("simulation_start", version_id), {**PERIOD, "map_groups_local_club": "verein"})
    run_simulation(version_id)
    assert known_simulation(version_id).findings.comparison.total.bookings == 2
    again = clerk.post(url("simulation_start", version_id), PERIOD)
    assert again.context["form"]["map_groups_local_club"].value() == "verein"


def test_two_clerks_start_one_draft_once(clerk: Client, town: Tenant, draft_id: int) -> None:
    clerk.post(url("simulation_start", draft_id), PERIOD)
    answer = somebody(town, "administrator").post(url("simulation_start", draft_id), PERIOD)
    assert answer.status_code == 422
    assert "gerade schon durchgerechnet" in answer.content.decode()
    assert known_simulation(draft_id).started_by == "Kim Muster"


def stand(person: Client, version_id: int) -> Any:
    """What the page asks for while it waits, as its own address says."""
    page = person.get(url("version_simulation", version_id)).context["page"]
    return f"{url('version_simulation', version_id)}?stand={page.mark}"


def test_progress_is_asked_for_until_something_else_is_to_be_seen(clerk: Client, draft_id: int) -> None:
    clerk.post(url("simulation_start", draft_id), PERIOD)
    asking = stand(clerk, draft_id)
    part = clerk.get(asking, headers={"hx-request": "true"})
    assert "HX-Refresh" not in part
    assert part.content.decode().count("hx-get") == 1
    assert "<html" not in part.content.decode()
    run_simulation(draft_id)
    assert clerk.get(asking, headers={"hx-request": "true"})["HX-Refresh"] == "true"
    assert "hx-get" not in clerk.get(url("version_simulation", draft_id)).content.decode()


def test_a_run_that_stands_still_can_go_on(clerk: Client, draft_id: int) -> None:
    clerk.post(url("simulation_start", draft_id), PERIOD)
    asking = stand(clerk, draft_id)
    long_ago = (timezone.now() - timedelta(minutes=2)).isoformat()
    row = OrdinanceVersion.objects.get(pk=draft_id)
    row.simulation = {**(row.simulation or {}), "progress_at": long_ago}
    row.save(update_fields=["simulation"])
    assert clerk.get(asking, headers={"hx-request": "true"})["HX-Refresh"] == "true"
    shown = clerk.get(url("version_simulation", draft_id))
    assert shown.context["page"].is_still
    typed = {"attempt": str(shown.context["page"].attempt)}
    clerk.post(url("simulation_restart", draft_id), typed)
    clerk.post(url("simulation_restart", draft_id), typed)  # a second click changes nothing
    assert known_simulation(draft_id).attempt == shown.context["page"].attempt + 1
    assert not clerk.get(url("version_simulation", draft_id)).context["page"].is_still
    assert clerk.post(url("simulation_restart", draft_id), {"attempt": "viele"}).status_code == 302


def test_stopped_it_says_so_and_can_begin_anew(clerk: Client, draft_id: int) -> None:
    clerk.post(url("simulation_start", draft_id), PERIOD)
    clerk.post(url("simulation_stop", draft_id))
    shown = clerk.get(url("version_simulation", draft_id))
    assert "abgebrochen" in shown.content.decode()
    clerk.post(url("simulation_restart", draft_id), {"attempt": str(shown.context["page"].attempt)})
    assert run_simulation(draft_id)


def test_a_changed_draft_marks_the_result(clerk: Client, draft_id: int) -> None:
    clerk.post(url("simulation_start", draft_id), PERIOD)
    run_simulation(draft_id)
    assert "seither geändert" not in clerk.get(url("version_simulation", draft_id)).content.decode()
    OrdinanceVersion.objects.filter(pk=draft_id).update(revision=1)
    shown = clerk.get(url("version_simulation", draft_id))
    assert "seither geändert" in shown.content.decode()
    assert shown.context["page"].may_restart


def test_five_hundred_bookings_cost_no_more_statements(
    clerk: Client, draft_id: int, house: ExampleHouse
) -> None:
    def statements() -> tuple[int, int]:
        clerk.post(url("simulation_start", draft_id), PERIOD)
        with CaptureQueriesContext(connection) as run:
            assert run_simulation(draft_id, batch=600)
        with CaptureQueriesContext(connection) as shown:
            page = clerk.get(url("version_simulation", draft_id))
        assert page.context["page"].result
        clerk.get(url("simulation_bookings", draft_id))
        return len(run), len(shown)

    few = statements()
    booking = Booking.objects.get(title="local_family_summer")
    copy_booking(booking.pk, 500)
    assert statements() == few
    assert known_simulation(draft_id).findings.comparison.total.bookings == 502
    assert len(clerk.get(url("version_simulation", draft_id)).context["page"].result.losers.rows) == 20
    assert clerk.get(url("simulation_bookings", draft_id)).content.decode().count("\r\n") == 503


def test_another_town_has_nothing_of_it(clerk: Client, draft_id: int) -> None:
    """An address that leads nowhere is told as such."""
    for page in (*PAGES, "simulation_bookings", "simulation_sums"):
        assert clerk.get(url(page, draft_id + 999)).status_code == 404
    assert clerk.post(url("simulation_stop", draft_id + 999)).status_code == 404
    assert clerk.post(url("simulation_restart", draft_id + 999), {"attempt": "1"}).status_code == 404

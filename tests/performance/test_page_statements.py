"""The statements of pages a signed-in citizen sees, each by name, and of the step that sends a booking.

Not here: the interface's (``test_booking_statements``), plans of the single statements (``test_search_plans``).
"""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.models import User
from booking_core.identity.parties import party_for
from tests.factories.catalogue import make_room
from tests.performance.statements import named
from tests.web.citizen.conftest import (  # noqa: F401 — fixtures
    Answers,
    contact_answers,
    day,
    erika,
    last_code,
    saal,
    time_answers,
    town_client,
)

SESSION, ACCOUNT = "session", "account with its facts"
TAKEN, DAYS = "taken units", "days shown"
HOLD, HOLD_LOCKED = "the hold, to price it", "the hold, locked"
PARTY, OWN_PARTY = "party at the address", "party of the account"
KNOWN = {
    "session kept": 'UPDATE "django_session"',
    SESSION: 'FROM "django_session"',
    "whose address it is": 'SELECT 1 AS "a" FROM "identity_user"',
    ACCOUNT: 'FROM "identity_user"',
    PARTY: "FROM identity_party",
    OWN_PARTY: 'FROM "identity_party"',
    "claims": "place.id, place.name FROM catalog_resourceunit claim",
    TAKEN: "FROM ( SELECT",
    DAYS: "FROM catalog_resourceunit claim",
    "resources held still": "FOR KEY SHARE OF resource",
    "units locked": "FOR NO KEY UPDATE",
    "time given up": 'DELETE FROM "reservations_occupancy"',
    "what is taken": "clock_timestamp()",
    "booking and letters written": 'INSERT INTO "reservations_booking"',
    "held time": 'FROM "reservations_occupancy" WHERE "reservations_occupancy"."hold_id"',
    "closures over it": 'FROM "catalog_closure"',
    "hold deleted": 'DELETE FROM "reservations_hold"',
    HOLD_LOCKED: "FOR UPDATE",
    HOLD: 'FROM "reservations_hold"',
    "waiting list": 'UPDATE "reservations_waitingentry"',
    "begin": "SAVEPOINT",
}


def _said(taken: CaptureQueriesContext) -> list[str]:
    """By name; the test runs in a transaction of its own, so BEGIN and COMMIT are savepoints here."""
    plain = [{"sql": " ".join(one["sql"].split())} for one in taken]
    names, _paths = named(plain, {"commit": "RELEASE SAVEPOINT", **KNOWN})
    return names


@pytest.mark.parametrize("rooms", [1, 20])
def test_a_signed_in_search_takes_four(
    town_client: Client,  # noqa: F811
    saal: ResourceView,  # noqa: F811
    erika: User,  # noqa: F811
    day: date,  # noqa: F811
    settle: Callable[[], None],
    rooms: int,
) -> None:
    for _number in range(rooms - 1):
        make_room(saal.location, capacity=60)
    town_client.force_login(erika)
    settle()
    query = {"tag": day.isoformat(), "von": "11:00", "bis": "14:00", "personen": "30"}
    town_client.get("/suche/", query)
    with CaptureQueriesContext(connection) as taken:
        assert town_client.get("/suche/", query).status_code == 200
    assert _said(taken) == [SESSION, ACCOUNT, TAKEN, DAYS]


@pytest.mark.parametrize("view", ["monat", "tag"])
def test_the_times_of_one_place_take_one(
    town_client: Client,  # noqa: F811
    saal: ResourceView,  # noqa: F811
    day: date,  # noqa: F811
    settle: Callable[[], None],
    view: str,
) -> None:
    """Opening hours and tariffs are in memory; a stranger has no session to read."""
    settle()
    query = {"ansicht": view, "datum": day.isoformat()}
    town_client.get(f"/raum/{saal.slug}/", query)
    with CaptureQueriesContext(connection) as taken:
        assert town_client.get(f"/raum/{saal.slug}/", query).status_code == 200
    assert _said(taken) == [DAYS]


def test_sending_a_booking_as_a_guest(
    town_client: Client,  # noqa: F811
    saal: ResourceView,  # noqa: F811
    time_answers: Answers,  # noqa: F811
    contact_answers: Answers,  # noqa: F811
    settle: Callable[[], None],
) -> None:
    party_for(name="Erika Mustermann", email="erika@example.org")
    held = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"})
    check = town_client.post(held.headers["Location"], contact_answers).headers["Location"]
    town_client.get(check)
    town_client.post("/code/", {"code": last_code()})
    settle()
    town_client.get(check)
    with CaptureQueriesContext(connection) as taken:
        assert town_client.post(check, {"house_rules": "on"}).status_code == 302
    assert _said(taken) == [
        SESSION,
        PARTY,
        HOLD,
        "begin",
        PARTY,
        HOLD_LOCKED,
        "resources held still",
        "claims",
        "held time",
        "units locked",
        "time given up",
        "what is taken",
        "booking and letters written",
        "closures over it",
        "hold deleted",
        "waiting list",
        "commit",
        "begin",
        "session kept",
        "commit",
    ]


def test_sending_a_booking_with_an_account(
    town_client: Client,  # noqa: F811
    saal: ResourceView,  # noqa: F811
    erika: User,  # noqa: F811
    time_answers: Answers,  # noqa: F811
    contact_answers: Answers,  # noqa: F811
    settle: Callable[[], None],
) -> None:
    party_for(name=erika.name, email=erika.email, user_id=erika.pk)
    town_client.force_login(erika)
    held = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"})
    check = town_client.post(held.headers["Location"], contact_answers).headers["Location"]
    settle()
    town_client.get(check)
    with CaptureQueriesContext(connection) as taken:
        assert town_client.post(check, {"house_rules": "on"}).status_code == 302
    assert _said(taken) == [
        SESSION,
        ACCOUNT,
        OWN_PARTY,
        HOLD,
        "begin",
        OWN_PARTY,
        HOLD_LOCKED,
        "resources held still",
        "claims",
        "held time",
        "units locked",
        "time given up",
        "what is taken",
        "booking and letters written",
        "closures over it",
        "hold deleted",
        "waiting list",
        "commit",
        "begin",
        "session kept",
        "commit",
    ]

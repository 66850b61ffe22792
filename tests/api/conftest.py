"""A town with a hall priced by Borgstedt's ordinance, and a program that calls its interface."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.api_keys import SCOPES, create_api_key
from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.services import adopt_from_library, bind_resource, publish_version
from tenants.models import Tenant
from tests.conftest import MAIN_HOST, SecureClient
from tests.factories.catalogue import CLERK, make_location, make_room

ZONE = ZoneInfo("Europe/Berlin")
PROBLEM = "application/problem+json"


class Program(SecureClient):
    """Other software: speaks JSON, may hold a key; after each answer the test stands in the town's schema again."""

    def __init__(self, town: Tenant, secret: str = "", **headers: str) -> None:
        self.town = town
        named = {"authorization": f"Bearer {secret}"} if secret else {}
        host = f"{town.slug}.{MAIN_HOST}"
        super().__init__(headers={"host": host, "accept-language": "de", **named, **headers})

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        connection.set_tenant(self.town)  # type: ignore[attr-defined]  # from django-tenants' backend
        return answer

    def send(self, path: str, body: object, **headers: str) -> Any:
        """POST ``body`` as JSON; ``headers`` with ``_`` for ``-``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.post(f"/api/v1/{path}", json.dumps(body), "application/json", headers=named)

    def read(self, path: str, **query: Any) -> Any:
        """GET below ``/api/v1/``."""
        return self.get(f"/api/v1/{path}", query)


def make_key(*scopes: str, **options: Any) -> str:
    """The secret of a new key of the town the test stands in."""
    return create_api_key("Vereinssoftware", list(scopes or SCOPES), actor=SYSTEM, **options)[1]


def refused(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The problem document of a refusal, checked for what each of them has."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    problem: dict[str, Any] = json.loads(answer.content)
    assert problem["status"] == status
    assert problem["type"] == f"urn:biletado:problem:{problem['code']}"
    assert problem["title"]
    assert problem["detail"].endswith((".", "…", ":")) or problem["detail"], problem
    assert problem["code"] == code, problem
    return problem


def fields(problem: dict[str, Any]) -> dict[str, str]:
    """Field → sentence."""
    return {error["field"]: error["message"] for error in problem["errors"]}


@pytest.fixture
def stranger(town: Tenant) -> Program:
    return Program(town)


@pytest.fixture
def program(town: Tenant) -> Program:
    """Holds a key with every scope."""
    return Program(town, make_key())


@pytest.fixture
def saal(town: Tenant) -> ResourceView:
    """The large hall: 90 euros from 11 to 11 and 180 euros deposit."""
    return priced_hall()


def priced_hall() -> ResourceView:
    """Borgstedt's large hall in the town the test stands in."""
    location = make_location(name="Uns Dörpshus")
    room = make_room(location, name="Großer Saal", capacity=60, grid_minutes=30)
    version = adopt_from_library("borgstedt-doerpshus", valid_from=date(2020, 1, 1), actor=CLERK)
    publish_version(version.id, actor=CLERK)
    bind_resource(room.id, version.ordinance_id, ["grosser_saal"], actor=CLERK)
    return room


def day_ahead(days: int = 40) -> date:
    """A day far enough ahead for every rule, away from both clock changes."""
    day = timezone.localdate() + timedelta(days=days)
    return day + timedelta(days=14) if day.month in {3, 10} and day.day > 20 else day


def at(day: date, clock: int, *, days: int = 0) -> str:
    """An instant with the town's offset."""
    return datetime.combine(day + timedelta(days=days), time(clock), ZONE).isoformat()


def wish(room: ResourceView, **changes: object) -> dict[str, object]:
    """From 11 to 11, a private party of forty."""
    day = day_ahead()
    return {
        "resources": [str(room.uuid)],
        "spans": [{"start": at(day, 11), "end": at(day, 11, days=1)}],
        "group": "private",
        "purpose": "private_event",
        "persons": 40,
        **changes,
    }


def booking(room: ResourceView, **changes: object) -> dict[str, object]:
    """A booking by Erika Mustermann."""
    return {
        "wish": wish(room),
        "contact": {"name": "Erika Mustermann", "email": "erika@example.org"},
        "title": "Geburtstag",
        **changes,
    }

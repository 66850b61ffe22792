"""A village hall priced by Borgstedt's ordinance, a visitor without scripts, and the mail they receive."""

import html
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.models import User
from booking_core.identity.services import create_account
from booking_core.kernel.spans import Span
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.services import adopt_from_library, bind_resource, publish_version
from tenants.models import Tenant
from tests.conftest import MAIN_HOST, SecureClient
from tests.factories.catalogue import CLERK, make_location, make_room

Answers = dict[str, str]
ZONE = ZoneInfo("Europe/Berlin")


class TownClient(SecureClient):
    """A browser without scripts; after each answer the test stands in the town's schema again."""

    town: Tenant

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        connection.set_tenant(self.town)  # type: ignore[attr-defined]  # from django-tenants' backend
        return answer


@pytest.fixture
def town_client(town: Tenant) -> TownClient:
    client = TownClient(headers={"host": f"{town.slug}.{MAIN_HOST}"})
    client.town = town
    return client


@pytest.fixture
def saal(town: Tenant) -> ResourceView:
    """The large hall: 60 people, house rules, 90 euros from 11 to 11 and 180 euros deposit."""
    room = make_room(
        make_location(name="Uns Dörpshus"),
        name="Großer Saal",
        capacity=60,
        grid_minutes=30,
        house_rules="Bitte besenrein verlassen.",
    )
    version = adopt_from_library("borgstedt-doerpshus", valid_from=date(2020, 1, 1), actor=CLERK)
    publish_version(version.id, actor=CLERK)
    bind_resource(room.id, version.ordinance_id, ["grosser_saal"], actor=CLERK)
    return room


@pytest.fixture
def day() -> date:
    """A day far enough ahead for every rule."""
    return timezone.localdate() + timedelta(days=40)


@pytest.fixture
def time_answers(day: date) -> Answers:
    """Step one, filled in: from 11 to 11, private party of forty."""
    return {
        "tag": day.isoformat(), "von": "11:00", "bis": "11:00", "gruppe": "private", "zweck": "private_event",
        "personen": "40",
    }  # fmt: skip


@pytest.fixture
def contact_answers() -> Answers:
    """Step two, filled in by a guest."""
    return {
        "title": "Geburtstag", "message": "Wir bringen Kuchen mit.", "name": "Erika Mustermann",
        "email": "erika@example.org", "street": "Dorfstraße 1", "postal_code": "24794", "city": "Musterdorf",
    }  # fmt: skip


@pytest.fixture
def erika(town: Tenant) -> User:
    """An account whose address is proven."""
    return create_account(
        email="erika@example.org", name="Erika Mustermann", password="x" * 12, verified=True
    )


def eleven_to_eleven(day: date) -> Span:
    """What ``time_answers`` asks for."""
    start = datetime.combine(day, time(11), ZONE)
    return Span(start, start + timedelta(days=1))


def typed_value(page: str, name: str) -> str:
    """What the text field ``name`` holds on this page."""
    (tag,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    found = re.search(r'value="([^"]*)"', tag)
    return html.unescape(found.group(1)) if found else ""


def last_code() -> str:
    """The code in the newest mail."""
    text = OutboxMessage.objects.filter(kind="email_code").latest("id").text
    found = re.search(r"\b\d{6}\b", text)
    assert found, text
    return found.group()


@pytest.fixture
def book(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers
) -> Callable[[], UUID]:
    """Go the whole way as a guest; gives the uuid of the booking."""

    def go() -> UUID:
        held = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"})
        sent = town_client.post(held.headers["Location"], contact_answers)
        check = sent.headers["Location"]
        assert town_client.get(check).headers["Location"] == "/code/"
        assert town_client.post("/code/", {"code": last_code()}).headers["Location"] == check
        done = town_client.post(check, {"house_rules": "on"})
        return UUID(done.headers["Location"].split("/")[-2])

    return go

"""Staff limited to one location: what happens elsewhere in their own town does not show, on no page, as no role.

A booking at the other place is full of canary strings; every route of the back office is read with its names.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.models import Party
from booking_core.identity.services import create_account, set_roles
from booking_core.kernel.spans import Span
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.place_booking import place_booking
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.conftest import client_of
from tests.factories.catalogue import make_location, make_room
from tests.isolation.routes import Route, all_routes

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel"
OFFICE = [route for route in all_routes(settings.ROOT_URLCONF) if route.pattern.startswith("verwaltung/")]
SHOWN = {
    "backoffice_inbox", "backoffice_inbox_request", "backoffice_bookings", "backoffice_bookings_csv",
    "backoffice_booking", "backoffice_parties", "backoffice_party", "backoffice_message",
}  # fmt: skip
LIMITED = [
    "clerk", "treasurer",
    pytest.param("reader", marks=pytest.mark.slow), pytest.param("caretaker", marks=pytest.mark.slow),
]  # fmt: skip


def _book(room: ResourceView, word: str) -> BookingView:
    start = (datetime.now(UTC) + timedelta(days=30)).replace(hour=10, minute=0, second=0, microsecond=0)
    return place_booking(
        wish=Wish((room.id,), (Span(start, start + timedelta(hours=4)),), persons=20),
        contact=Contact(name=f"Erika {word}", email=f"{word.lower()}@example.org", phone=f"0431 {word}"),
        title=f"Fest {word}", message=f"Bitte {word}.", viewer=Viewer(email=f"{word.lower()}@example.org"),
        actor=Actor(f"Erika {word}"), source="site", language="de", house_rules_accepted=True,
        now=datetime.now(UTC),
    )  # fmt: skip


@pytest.fixture
def names(tenant_a: Tenant) -> dict[str, list[Any]]:
    """Two places with a booking each; what is known of the other one, by the kind of name a route asks for."""
    with in_tenant(tenant_a):
        here, there = make_room(make_location(name="Haus Hier")), make_room(make_location(name="Haus Dort"))
        _book(here, "Spatz")
        booking = _book(there, CANARY)
        party = Party.objects.get(name=f"Erika {CANARY}")
        mails = OutboxMessage.objects.filter(subject_id=str(booking.uuid))
        return {
            "here": [here.location.id],
            "verwaltung/kunden/": [party.uuid], "verwaltung/nachrichten/": [mails[0].uuid],
            "booking": [booking.uuid],
            "resource_id": [there.id], "location_id": [there.location.id], "slot": ["x"],
        }  # fmt: skip


def _member(tenant: Tenant, role: str, place: int | None) -> Client:
    with in_tenant(tenant):
        boss = create_account(email="chefin@example.org", name="Chris", verified=True)
        set_roles(boss.pk, ["administrator"], actor=SYSTEM)
        user = create_account(email=f"{role}@example.org", name=f"Kim {role}", verified=True)
        set_roles(user.pk, [role], location_ids=[place] if place else [], actor=SYSTEM)
        client = client_of(tenant)
        client.force_login(user)
    return client


def _address(route: Route, names: dict[str, list[Any]]) -> str:
    start = next((start for start in names if route.pattern.startswith(start)), "booking")
    known = {
        name: names[start][0] if "uuid" in kind.lower() else names.get(name, [1])[0]
        for name, kind in route.converters
    }
    if "owner_id" in known:
        known["owner_id"] = names["location_id" if "standorte" in route.pattern else "resource_id"][0]
    return route.address(**known)


def _hits(client: Client, names: dict[str, list[Any]], routes: list[Route]) -> list[str]:
    found = []
    for route in routes:
        address = _address(route, names)
        answer = client.get(address)
        assert answer.status_code < 500, address
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if CANARY in body.decode(errors="replace"):
            found.append(f"{answer.status_code} {address}")
    return found


@pytest.mark.parametrize("role", LIMITED)
def test_nothing_of_the_other_place_shows(role: str, tenant_a: Tenant, names: dict[str, list[Any]]) -> None:
    assert _hits(_member(tenant_a, role, names["here"][0]), names, OFFICE) == []


def test_the_canaries_are_there_to_be_found(tenant_a: Tenant, names: dict[str, list[Any]]) -> None:
    """Who is limited to no place finds them; otherwise the test above would prove nothing."""
    shown = [route for route in OFFICE if route.name in SHOWN]
    assert len(_hits(_member(tenant_a, "clerk", None), names, shown)) == len(SHOWN)

"""Master test (i), small: town A is full of canary strings; everything town B can show is read as every role: 0 hits.

Both towns are built by the same steps, so numbers such as resource ids are the same in both; uuids and slugs of A are
tried in B as well. Seen red with ``TenantMiddleware`` made to stand in A for B's host: hundreds of hits.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import redis
from django.conf import settings
from django.test import Client

from booking_core.catalog.queries import published_resources
from booking_core.identity.api_keys import SCOPES, create_api_key
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.models import Party
from booking_core.kernel.spans import Span
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.models import OrdinanceVersion
from booking_core.reservations.contracts import Contact
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.place_booking import place_booking
from onboarding.furnishing import Town, furnish
from onboarding.offers import template_text
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.factories.mails import letters
from tests.isolation.people import ANONYMOUS, CITIZEN, TOWN_ROLES, visitor_of
from tests.isolation.routes import Route, all_routes

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel"
ROUTES = all_routes(settings.ROOT_URLCONF)
_LEAVES = {"konto/logout/"}


@dataclass(frozen=True, slots=True)
class Bird:
    """The names under which things of A are known."""

    numbers: dict[str, int]
    uuids: tuple[str, ...]
    slugs: tuple[str, ...]


def _settle(tenant: Tenant, word: str) -> Bird:
    """A house, a booking with its people and mails, a key; ``word`` is in every text."""
    with in_tenant(tenant):
        town = Town(f"Gemeinde {word}", f"{word}weg 1", "24794", f"{word}dorf", "SH")
        furnish(town, choice="village_hall", place=f"Haus {word}", ordinance=template_text("village_hall"),
                today=datetime.now(UTC).date())  # fmt: skip
        hall = published_resources()[0]
        start = (datetime.now(UTC) + timedelta(days=30)).replace(hour=10, minute=0, second=0, microsecond=0)
        booking = place_booking(
            wish=Wish((hall.id,), (Span(start, start + timedelta(hours=4)),), group="resident", purpose="celebration",
                      persons=20),
            contact=Contact(name=f"Erika {word}", email=f"{word.lower()}@example.org", phone=f"0431 {word}",
                            city=f"{word}dorf"),
            title=f"Fest {word}", message=f"Bitte {word}.", viewer=Viewer(email=f"{word.lower()}@example.org"),
            actor=Actor(f"Erika {word}"), source="site", language="de", house_rules_accepted=True,
            now=datetime.now(UTC),
        )  # fmt: skip
        key, _secret = create_api_key(name=f"Schlüssel {word}", scopes=list(SCOPES), actor=SYSTEM)
        party, mail = Party.objects.get(), OutboxMessage.objects.first()
        assert mail is not None
        return Bird(
            numbers={
                "resource_id": hall.id, "location_id": hall.location.id, "owner_id": hall.id, "key_id": key.id,
                "version_id": OrdinanceVersion.objects.get().pk, "user_id": 1,
            },
            uuids=(str(booking.uuid), str(party.uuid), str(mail.uuid)),
            slugs=(hall.slug, hall.location.slug),
        )  # fmt: skip


def _addresses(route: Route, bird: Bird) -> Iterator[str]:
    if not route.converters:
        yield route.address()
        return
    for uuid in bird.uuids:
        for slug in bird.slugs:
            texts = {name: (uuid if "uuid" in kind.lower() else slug) for name, kind in route.converters}
            yield route.address(
                **{**texts, **{k: v for k, v in bird.numbers.items() if k in dict(route.converters)}}
            )


@pytest.fixture
def bird(tenant_a: Tenant, tenant_b: Tenant) -> Bird:
    """A is settled with canaries, B with sparrows by the same steps."""
    known = _settle(tenant_a, CANARY)
    _settle(tenant_b, "Spatz")
    return known


@pytest.mark.parametrize(
    "roles",
    [
        (ANONYMOUS, CITIZEN, "administrator"),
        pytest.param([one for one in TOWN_ROLES if one not in {ANONYMOUS, CITIZEN, "administrator"}],
                     marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_nothing_of_a_shows_in_b(bird: Bird, tenant_b: Tenant, caplog: Any, roles: tuple[str, ...]) -> None:
    """The administrator of B tries every name of A on every route; the other visitors one of each kind."""
    caplog.set_level(logging.INFO)
    hits, asked = [], 0
    for role in roles:
        client = visitor_of(tenant_b, role)
        for route in ROUTES:
            tried = list(dict.fromkeys(_addresses(route, bird)))
            for address in tried if role == "administrator" else tried[:1]:
                asked += route.pattern not in _LEAVES
                if route.pattern not in _LEAVES and CANARY in _everything_of(client, address):
                    hits.append((role, address))
    assert asked > 500
    assert hits == []
    assert CANARY not in caplog.text


def test_the_canaries_are_there_to_be_found(bird: Bird, tenant_a: Tenant) -> None:
    """The same crawl in A finds them; otherwise the test above would prove nothing."""
    client = visitor_of(tenant_a, "administrator")
    found = [route.name for route in ROUTES if any(
        CANARY in _everything_of(client, address) for address in dict.fromkeys(_addresses(route, bird))
        if route.pattern not in _LEAVES)]  # fmt: skip
    assert {"town_home", "backoffice_inbox", "backoffice_bookings_csv", "backoffice_booking"} <= set(found)
    assert len(found) > 15


def test_an_api_key_of_b_reads_nothing_of_a(bird: Bird, tenant_a: Tenant, tenant_b: Tenant) -> None:
    with in_tenant(tenant_b):
        _key, secret = create_api_key(name="Probe", scopes=list(SCOPES), actor=SYSTEM)
    client = visitor_of(tenant_b, "anonymous")
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    routes = [route for route in ROUTES if route.pattern.startswith("api/")]
    assert routes
    statuses = set()
    for route in routes:
        for address in dict.fromkeys(_addresses(route, bird)):
            answer = client.get(address)
            statuses.add(answer.status_code)
            assert CANARY not in answer.content.decode(errors="replace"), address
    assert 200 in statuses
    stranger = visitor_of(tenant_a, "anonymous")
    stranger.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    assert {
        stranger.get(route.address()).status_code for route in routes if route.name == "api_bookings"
    } <= {401, 403}


def test_nothing_of_a_is_kept_for_b(bird: Bird, tenant_a: Tenant, tenant_b: Tenant) -> None:
    """After pages of both towns were read, what Redis holds under B's prefix knows nothing of A."""
    for tenant in (tenant_a, tenant_b):
        visitor_of(tenant, "administrator").get("/")
    store = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    for key in store.keys(f"{tenant_b.schema_name}:*"):
        assert CANARY.encode() not in (store.dump(key) or b"")
    with in_tenant(tenant_b):
        for mail in letters():
            assert CANARY not in f"{mail.subject}{mail.text}{mail.html}{mail.attachments}{mail.recipient}"


def _everything_of(client: Client, address: str) -> str:
    """Head and body of an answer; calendars and files included."""
    answer = client.get(address)
    assert answer.status_code < 500, address
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers}{body.decode(errors='replace')}"

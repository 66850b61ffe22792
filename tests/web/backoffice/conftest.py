"""A town with a hall, a real ordinance, staff of every role, and a few bookings to look at."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.services import create_account, set_roles
from booking_core.kernel.spans import Span
from booking_core.ordinances.services import adopt_from_library, bind_resource, publish_version
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.place_booking import place_booking
from tenants.models import Tenant
from tests.conftest import MAIN_HOST, SecureClient
from tests.factories.catalogue import make_location, make_room

ERIKA = Contact(name="Erika Mustermann", email="erika@example.org", phone="0431 123456", city="Musterdorf")
CONNY = Actor("Conny Kollegin", by_staff=True)


class InTown(SecureClient):
    """A browser on the town's site; after each answer the test stands in the town again."""

    def __init__(self, town: Tenant) -> None:
        super().__init__(headers={"host": f"{town.slug}.{MAIN_HOST}"})
        self.town = town

    def request(self, **request: Any) -> Any:
        try:
            return super().request(**request)
        finally:
            connection.set_tenant(self.town)  # type: ignore[attr-defined]  # from django-tenants' backend
            timezone.activate(ZoneInfo(str(self.town.time_zone)))


@dataclass(frozen=True, slots=True)
class Office:
    """The town's back office. ``saal`` is priced by a real ordinance, ``barn`` stands elsewhere without one."""

    town: Tenant
    saal: ResourceView
    barn: ResourceView
    version_id: int

    def client(self, *roles: str, location_ids: tuple[int, ...] = ()) -> Client:
        """Somebody with these roles, signed in."""
        user = create_account(
            email=f"{'-'.join(roles)}@example.org", name=f"Kim {roles[0].title()}", verified=True
        )
        set_roles(user.pk, roles, location_ids=location_ids, actor=SYSTEM)
        client = InTown(self.town)
        client.force_login(user)
        return client

    def book(self, resource: ResourceView | None = None, *, days: int = 0, **changes: object) -> BookingView:
        """A request for a whole day, 11 to 11, ``days`` after the first possible one."""
        facts: dict[str, object] = {
            "contact": ERIKA, "title": "Geburtstag", "message": "Wir bringen eigenes Geschirr mit.",
            "viewer": Viewer(email=ERIKA.email), "actor": Actor(ERIKA.name), "source": "site", "language": "de",
            "house_rules_accepted": True, "now": datetime.now(UTC),
        }  # fmt: skip
        chosen = resource or self.saal
        wish = Wish((chosen.id,), (day_span(days),), group="private" if chosen is self.saal else "",
                    purpose="private_event" if chosen is self.saal else "", persons=40,
                    extras=dict[str, Decimal]())  # fmt: skip
        return place_booking(**{"wish": wish, **facts, **changes})  # type: ignore[arg-type]  # typed by name above


def day_span(days: int = 0) -> Span:
    """11 to 11 o'clock (UTC+1) in January 2027."""
    start = datetime(2027, 1, 9, 10, tzinfo=UTC) + timedelta(days=days)
    return Span(start, start + timedelta(days=1))


@pytest.fixture
def office(town: Tenant) -> Office:
    """An administrator exists, so that others can come and go."""
    boss = create_account(email="chefin@example.org", name="Chris Chefin", verified=True)
    set_roles(boss.pk, ["administrator"], actor=SYSTEM)
    saal = make_room(make_location(name="Uns Dörpshus"), name="Großer Saal", capacity=80, min_minutes=60)
    barn = make_room(make_location(name="Alte Scheune"), name="Tenne")
    draft = adopt_from_library("borgstedt-doerpshus", actor=SYSTEM)
    publish_version(draft.id, valid_from=date(2026, 1, 1), actor=SYSTEM)
    bind_resource(saal.id, draft.ordinance_id, ["grosser_saal"], actor=SYSTEM)
    return Office(town, saal, barn, draft.id)


@pytest.fixture
def administrator(office: Office) -> Client:
    return office.client("administrator")


@pytest.fixture
def clerk(office: Office) -> Client:
    return office.client("clerk")

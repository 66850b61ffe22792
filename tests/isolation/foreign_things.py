"""A place somebody does not look after, with one of everything that can happen there, and two bookings at their own.

Not here: what is tried with it (``test_locations_by_post``).
"""

from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.utils import timezone
from PIL import Image

from booking_core.catalog.contracts import SpecialDayData
from booking_core.catalog.services import add_photo, save_special_day
from booking_core.engines.recurrence import Rule
from booking_core.identity.models import Party
from booking_core.identity.services import create_account
from booking_core.reservations.contracts import BookingView, Repeat
from booking_core.reservations.services.closures import close
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.holding import hold_wish
from booking_core.workflows.waiting_list import join_waiting_list
from tests.factories.finance import set_up
from tests.isolation.routes import Route
from tests.web.backoffice.conftest import CONNY, ERIKA, Office, day_span

OTHER = replace(ERIKA, name="Otto Woanders", email="otto@example.org")
SERIES_ON = date(2027, 2, 20)
FREE = {
    "start_on_0": "2027-03-12", "start_time_0": "12:00", "end_on_0": "2027-03-12", "end_time_0": "14:00",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Things:
    """``named`` are the foreign things by the words a route begins with, the bookings under "";
    ``known`` answers parameters by name. ``own`` and ``own_series`` are bookings at the member's own place.
    """

    named: dict[str, list[UUID]]
    known: dict[str, object]
    own: UUID
    own_series: UUID
    own_location: int
    own_resource: int

    def readings(self, route: Route) -> list[dict[str, object]]:
        """The parameters to ask a route with: once per thing it may be about."""
        if not route.converters:
            return [{}]
        subject = route.pattern.removeprefix("verwaltung/")
        found = next(things for start, things in self.named.items() if subject.startswith(start))
        owner = self.known["location_id" if subject.startswith("standorte") else "resource_id"]
        return [{**self.known, "owner_id": owner, "uuid": thing} for thing in found]

    @property
    def there(self) -> str:
        return str(self.known["resource_id"])

    @property
    def answers(self) -> dict[str, list[str]]:
        """What fields that name a place say: the foreign one; and what a word typed at random would not pass."""
        place = str(self.known["location_id"])
        return {
            "resource_ids": [self.there], "raum": [self.there], "location_id": [place], "places": [f"l{place}"],
            "postal_code": ["24794"], "part_names": ["Nord\nSüd"], "until_year": ["2028"], "latitude": [""],
            "longitude": [""], **{f"zeilen-{number}-amount": ["10,00"] for number in range(3)},
        }  # fmt: skip

    @property
    def pages(self) -> list[str]:
        """Pages whose address names the foreign place beside the own one, the plan's drag among them."""
        query = urlencode({"resource_ids": self.there, "quantity": 1, **FREE})
        new, own = "/verwaltung/buchungen/neu/", f"/verwaltung/buchungen/{self.own}/"
        return [
            f"{new}?{query}", f"{new}serie/?{query}&rhythmus=w1&anzahl=2",
            f"{own}verschieben/?beginn=2027-03-12T12:00:00%2B01:00&ort={self.there}",
            f"{own}tauschen/{self.named[''][0]}/", f"{own}umfang/",
            f"/verwaltung/buchungen/{self.own_series}/termine/{SERIES_ON}/verlegen/",
            f"/verwaltung/angebote/{self.own_resource}/",
        ]  # fmt: skip

    @property
    def second_steps(self) -> list[tuple[str, dict[str, list[str]]]]:
        """Answers whose button stands on the page only after a look at what would follow."""
        to = {"raum": [self.there], "tag": ["2027-03-12"], "von": ["11:00"], "bis": ["13:00"]}
        step = {"step": ["move"], "version": ["1"], "expected_version": ["1"]}
        moved = {"resource_ids": [self.there], **{name: [value] for name, value in FREE.items()}, **step}
        theirs = f"/verwaltung/buchungen/{self.named[''][1]}/termine/{SERIES_ON}/"
        return [
            (f"/verwaltung/buchungen/{self.own}/verschieben/", moved),
            (f"/verwaltung/buchungen/{self.named[''][0]}/verschieben/", moved),
            (f"/verwaltung/buchungen/{self.own_series}/termine/{SERIES_ON}/verlegen/", {**to, **step}),
            (f"{theirs}absagen/", {"reach": ["one"], "reason": ["Wahl"], "step": ["drop"], "version": ["1"]}),
        ]


@pytest.fixture
def things(office: Office) -> Things:
    set_up()
    place, priced = office.saal.location.id, {"group": "private", "purpose": "private_event", "persons": 20}
    request, confirmed = (
        office.book(days=day, contact=OTHER, viewer=Viewer(email=OTHER.email)) for day in (0, 1)
    )
    confirmed = confirm_booking(confirmed.uuid, actor=CONNY, expected_version=confirmed.version)
    series = _series(
        office, Wish((office.saal.id,), (), **priced), contact=OTHER, viewer=Viewer(email=OTHER.email)
    )  # type: ignore[arg-type]  # by name
    waiting = join_waiting_list(
        Wish((office.saal.id,), (day_span(),), **priced), name="Wanda Warte",  # type: ignore[arg-type]  # by name
        viewer=Viewer(email="warte@example.org"), actor=CONNY, language="de", now=timezone.now(),
    )  # fmt: skip
    wish = Wish((office.saal.id,), (day_span(70),), **priced)  # type: ignore[arg-type]  # by name
    held = hold_wish(wish, viewer=Viewer(is_staff=True), now=timezone.now())
    closed = close(place, None, day_span(60), "Putzen", actor=CONNY)
    _furnish(office)
    party = [Party.objects.get(pk=request.party_id).uuid]
    named = {
        "kunden/": party, "kundschaft/": party, "kasse/sammelrechnungen/": party, "sperrungen/": [closed.uuid],
        "warteliste/": [waiting.uuid], "kasse/rechnungen/": [bill_booking(confirmed.uuid, actor=CONNY).row.uuid],
        "": [request.uuid, series.uuid],
    }  # fmt: skip
    own = office.book(office.barn, days=3)
    own_series = _series(office, Wish((office.barn.id,), (), persons=20))
    known = {
        "other": own.uuid, "hold": held.hold_uuid, "resource_id": office.saal.id, "location_id": place,
        "slot": SERIES_ON, "user_id": create_account(email="vera@example.org", name="Vera Verein").pk,
    }  # fmt: skip
    return Things(named, known, own.uuid, own_series.uuid, office.barn.location.id, office.barn.id)


def _series(office: Office, wish: Wish, **changes: Any) -> BookingView:
    spans = tuple(day_span(42 + 7 * number) for number in range(3))
    at = spans[0].start.replace(hour=11).time()
    return office.book(
        wish=replace(wish, spans=spans, repeat=Repeat(Rule(SERIES_ON, at, at, count=3))), **changes
    )


def _furnish(office: Office) -> None:
    day = SpecialDayData(first_on=date(2027, 5, 1), last_on=date(2027, 5, 1), reason="Maifest")
    save_special_day(day, location_id=office.saal.location.id, actor=CONNY)
    picture = BytesIO()
    Image.new("RGB", (500, 300), "teal").save(picture, "PNG")
    add_photo(BytesIO(picture.getvalue()), "Saal", resource_id=office.saal.id, actor=CONNY)

"""Fill the ground: a town through the services, its year of bookings through COPY. Run as a program on the ground.

Not here: starting the database (``ground``), the mass insert itself (``mass``).
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import django

from infra.benchmarks.ground import Size

SLUG, SCHEMA = "messstadt", "t_benchtown0"
_KEY_NAME = "Messung"
_AMENITIES = 12
_CAPACITIES = (4, 6, 8, 10, 12, 20, 30, 50, 100)
_CODES = ("grosser_saal", "kleiner_saal", "teekueche")
_OPEN_QUARTERS = 52  # that are open both in winter and in summer, counted from 7:00 UTC
_MOST_TAKEN = 50
_CANCELLED_SHARE = 0.05


def migrate() -> None:
    """Bring the shared schema, the template and every town to the newest migration."""
    from django.core.management import call_command

    from tenants.provisioning.schema import prepare_template

    call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)
    prepare_template()
    call_command("migrate_schemas", tenant=True, interactive=False, verbosity=0)


def town(size: Size) -> None:
    """Make the town, unless it is there, and print what the measuring side needs to know."""
    from booking_core.reservations.models import Booking
    from infra.benchmarks.towns import make_town
    from tenants.context import in_tenant

    with in_tenant(make_town(SLUG, SCHEMA, name="Messstadt")):
        if not Booking.objects.filter(number__startswith="B-").exists():
            _catalogue(size)
            _bookings(size)
        _describe(size)


def _catalogue(size: Size) -> None:
    from booking_core.catalog.contracts import HoursView, LocationData, ResourceData
    from booking_core.catalog.models import Resource
    from booking_core.catalog.services import save_location, save_resource, set_opening_hours
    from booking_core.catalog.vocabulary import AMENITIES
    from booking_core.identity.contracts import SYSTEM
    from booking_core.ordinances.services import adopt_from_library, bind_resource, publish_version

    if Resource.objects.count() == size.resources:
        return
    chance = random.Random(1)  # noqa: S311 — the same ground each time
    version = adopt_from_library("borgstedt-doerpshus", valid_from=date(2016, 11, 2), actor=SYSTEM)
    publish_version(version.id, actor=SYSTEM)
    places = [
        save_location(LocationData(name=f"Haus {number:02}"), actor=SYSTEM)
        for number in range(size.locations)
    ]
    for place in places:
        hours = [HoursView(day, 8 * 60, 22 * 60) for day in range(7)]
        set_opening_hours(hours, location_id=place.id, actor=SYSTEM)
    for number in range(size.resources):
        room = save_resource(
            ResourceData(
                location_id=places[number * size.locations // size.resources].id,
                name=f"Raum {number:04}",
                kind="room",
                capacity=chance.choice(_CAPACITIES),
                amenities=tuple(chance.sample(list(AMENITIES)[:_AMENITIES], 4)),
                grid_minutes=15,
            ),
            actor=SYSTEM,
        )
        bind_resource(room.id, version.ordinance_id, [_CODES[number % len(_CODES)]], actor=SYSTEM)


def _bookings(size: Size) -> None:
    """Bookings from 8 to 22, some cancelled: those hold no time."""
    from booking_core.catalog.models import ResourceUnit
    from booking_core.identity.parties import party_for
    from infra.benchmarks.mass import insert_all

    party = party_for(name="Erika Mustermann", email="erika@example.org")
    units = list(ResourceUnit.objects.order_by("resource_id").values_list("resource_id", "unit_id"))
    insert_all(_plan(units, size), party_id=party.pk)


def _plan(units: list[tuple[int, int]], size: Size) -> Iterator[tuple[object, ...]]:
    """Per resource and day so many stretches of 30 to 120 minutes on a grid of a quarter of an hour, side by side.

    The year is the one after the next: nothing on the ground is ever past.
    """
    chance, number = random.Random(2), 0  # noqa: S311 — the same ground each time
    morning = datetime(datetime.now(UTC).year + 2, 1, 1, 7, tzinfo=UTC)  # 8 o'clock in winter
    for day in range(size.days):
        for resource_id, unit_id in units:
            lengths = [chance.choice((2, 2, 3, 4, 4, 4, 6, 8)) for _ in range(size.per_day)]
            while sum(lengths) > _MOST_TAKEN:
                lengths.pop()
            used = 0
            gaps = sorted(chance.randint(0, _OPEN_QUARTERS - sum(lengths)) for _ in lengths)
            for gap, length in zip(gaps, lengths, strict=True):
                number += 1
                start = morning + timedelta(days=day, minutes=15 * (gap + used))
                end = start + timedelta(minutes=15 * length)
                used += length
                state = "cancelled" if chance.random() < _CANCELLED_SHARE else "confirmed"
                yield number, resource_id, unit_id, f"[{start.isoformat()},{end.isoformat()})", state


def _describe(size: Size) -> None:
    from django.db.models import Count, Max, Min

    from booking_core.catalog.queries import published_resources
    from booking_core.identity.api_keys import SCOPES, create_api_key
    from booking_core.identity.contracts import SYSTEM
    from booking_core.identity.models import ApiKey
    from booking_core.reservations.models import Booking, BookingItem

    ApiKey.objects.filter(name=_KEY_NAME).delete()
    known = Booking.objects.filter(number__startswith="B-").aggregate(count=Count("pk"), last=Max("pk"))
    first = BookingItem.objects.filter(booking_id__lte=size.resources * size.per_day)
    begins = first.aggregate(at=Min("span__startswith"))["at"]
    rooms = published_resources()
    facts = {
        "schema": SCHEMA,
        "host": f"{SLUG}.biletado.localhost",
        "key": create_api_key(_KEY_NAME, list(SCOPES), actor=SYSTEM)[1],
        "first_day": begins.date().isoformat(),
        "days": size.days,
        "bookings": known["count"],
        "last_booking": known["last"],
        "party": str(Booking.objects.values_list("party_id", flat=True).get(pk=known["last"])),
        "amenities": sorted({code for one in rooms for code in one.amenities}),
        "rooms": [{"id": one.id, "uuid": str(one.uuid), "unit": one.claims[0].unit_id} for one in rooms],
    }
    sys.stdout.write(json.dumps(facts))


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "migrate":
        migrate()
    else:
        resources, days, locations, per_day = map(int, sys.argv[2:])
        town(Size("given", resources=resources, days=days, locations=locations, per_day=per_day))

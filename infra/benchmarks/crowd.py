"""Many small towns in one database, made by the template's script. Run as a program on the ground; resumable.

Not here: measuring them (``bench_tenants``). Every town has the same few rooms, so that a page asks the same of each.
"""

import json
import sys

import django

_ROOMS = 3
_SLUG = "menge"


def host_of(number: int) -> str:
    """The host of the nth town."""
    return f"{_SLUG}{number:04}.biletado.localhost"


def main(count: int) -> None:
    """Make towns up to ``count``, saying how far it is; what is there already stays."""
    from infra.benchmarks.towns import make_town
    from tenants.context import in_tenant
    from tenants.models import Tenant

    made = Tenant.objects.filter(slug__startswith=_SLUG).count()
    # The one that was being filled when somebody stopped is filled again.
    for number in range(max(0, made - 1), count):
        slug = f"{_SLUG}{number:04}"
        town = make_town(slug, f"t_{slug}0000", name=f"Menge {number}")
        with in_tenant(town):
            _furnish()
        if number % 50 == 0:
            sys.stderr.write(f"{number} of {count} towns\n")
    sys.stdout.write(json.dumps({"towns": Tenant.objects.filter(slug__startswith=_SLUG).count()}))


def _furnish() -> None:
    from booking_core.catalog.contracts import HoursView, LocationData, ResourceData
    from booking_core.catalog.queries import locations, published_resources
    from booking_core.catalog.services import save_location, save_resource, set_opening_hours
    from booking_core.identity.contracts import SYSTEM

    known = locations()
    place = known[0] if known else save_location(LocationData(name="Bürgerhaus"), actor=SYSTEM)
    set_opening_hours(
        [HoursView(day, 8 * 60, 22 * 60) for day in range(7)], location_id=place.id, actor=SYSTEM
    )
    for number in range(len(published_resources()), _ROOMS):
        room = ResourceData(location_id=place.id, name=f"Raum {number}", kind="room", capacity=10 + number)
        save_resource(room, actor=SYSTEM)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))

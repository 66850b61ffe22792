"""Places as cards and facts.

Not here: times (``days``, ``weeks``), prices (``prices``).
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.catalog.contracts import LocationView, PhotoView, ResourceView
from booking_core.kernel.money import Money
from design_system.contracts import DayStrip, Fact, Photo, PlaceCard
from design_system.templatetags.formats import euro

_KIND_ICONS = {
    "room": "building", "hall": "building", "place": "pin", "desk": "desk", "device": "device", "vehicle": "vehicle",
}  # fmt: skip


def photo(view: PhotoView | None) -> Photo | None:
    """The photo as the design system prints it."""
    if view is None:
        return None
    sources = [(url, width) for width, url in view.sources]
    return Photo(url=view.url, width=view.width, height=view.height, alt=view.alt, sources=sources)


def first_photo(resource: ResourceView) -> Photo | None:
    """The picture of a resource, else of its location."""
    return photo(next(iter((*resource.photos, *resource.location.photos)), None))


def short_facts(resource: ResourceView) -> list[Fact]:
    """What decides at a glance: kind, people, steps."""
    facts = [Fact(resource.kind_label, icon=_KIND_ICONS.get(resource.kind, "building"))]
    if resource.capacity:
        facts.append(Fact(capacity_words(resource.capacity), icon="people"))
    if resource.is_step_free:
        facts.append(Fact(_("stufenlos"), icon="accessible"))
    return facts


def all_facts(resource: ResourceView) -> list[Fact]:
    """The facts of the resource's own page."""
    facts = short_facts(resource)
    if resource.area_m2:
        facts.append(Fact(_("%(area)s m²") % {"area": resource.area_m2}, icon="table", label=_("Fläche")))
    if resource.most_pieces > 1:
        facts.append(Fact(_("%(count)s Stück") % {"count": resource.most_pieces}, icon="list"))
    return [*facts, *(Fact(label, icon="check") for label in resource.amenity_labels)]


def capacity_words(capacity: int) -> str:
    return ngettext("%(count)s Person", "bis %(count)s Personen", capacity) % {"count": capacity}


def place_card(
    resource: ResourceView,
    *,
    url: str,
    price: str = "",
    price_note: str = "",
    strips: Sequence[DayStrip] = (),
    reason: str = "",
) -> PlaceCard:
    """A resource as a card."""
    return PlaceCard(
        name=resource.name,
        url=url,
        photo=first_photo(resource),
        location=location_words(resource),
        facts=short_facts(resource),
        price=price,
        price_note=price_note,
        strips=strips,
        reason=reason,
    )


def location_words(resource: ResourceView) -> str:
    """Where it is: the location's name, and its town where that is another."""
    return ", ".join(part for part in (resource.location.name, resource.location.city) if part)


def address_lines(location: LocationView) -> list[str]:
    return [line for line in (location.street, f"{location.postal_code} {location.city}".strip()) if line]


def signed(amount: Money) -> str:
    """A difference with its sign: "+ 20,00 €"."""
    return f"+ {euro(amount)}" if amount.cents > 0 else euro(amount)

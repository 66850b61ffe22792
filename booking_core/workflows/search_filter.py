"""Which resources a search means, by words, kind, place, equipment and size. Values in, values out.

Not here: times and prices (``search``).
"""

from booking_core.catalog.contracts import ResourceView
from booking_core.workflows.contracts import SearchWish


def matching(resources: tuple[ResourceView, ...], search: SearchWish) -> tuple[ResourceView, ...]:
    """The resources that match everything the search names, in their order."""
    return tuple(resource for resource in resources if _matches(resource, search))


def _matches(resource: ResourceView, search: SearchWish) -> bool:
    return (
        (not search.kinds or resource.kind in search.kinds)
        and (not search.location_ids or resource.location.id in search.location_ids)
        and search.amenities <= set(resource.amenities)
        and search.accessibility <= set(resource.accessibility)
        and (not search.persons or not resource.capacity or resource.capacity >= search.persons)
        and all(word in _words_of(resource) for word in search.text.casefold().split())
    )


def _words_of(resource: ResourceView) -> str:
    place = resource.location
    parts = (
        resource.name,
        resource.kind_label,
        resource.summary,
        resource.description,
        place.name,
        place.city,
        *resource.amenity_labels,
    )
    return " ".join(parts).casefold()

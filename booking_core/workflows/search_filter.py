"""Which resources a search means, by words, kind, place, equipment and size. Values in, values out.

Not here: times and prices (``search_scene``), how words are compared (``engines.words``).
"""

from django.utils import translation

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.vocabulary import ACCESSIBILITY, AMENITIES, labels_of
from booking_core.engines.words import WordIndex
from booking_core.workflows.search_contracts import SearchWish

_LANGUAGES = ("de", "en")
_last: list[
    tuple[tuple[ResourceView, ...], WordIndex]
] = []  # the newest few; catalogues are the same value again
_MOST_INDEXES = 8


def matching(resources: tuple[ResourceView, ...], search: SearchWish) -> tuple[ResourceView, ...]:
    """The resources that match everything the search names, in their order."""
    found = tuple(resource for resource in resources if _matches(resource, search))
    if not search.text.strip():
        return found
    keys = _index_of(resources).matching(search.text)
    return found if keys is None else tuple(resource for resource in found if resource.id in keys)


def _matches(resource: ResourceView, search: SearchWish) -> bool:
    return (
        (not search.kinds or resource.kind in search.kinds)
        and (not search.location_ids or resource.location.id in search.location_ids)
        and search.amenities <= set(resource.amenities)
        and search.accessibility <= set(resource.accessibility)
        and (search.quantity == 1 or resource.most_pieces >= search.quantity)
        and _is_large_enough(resource, search)
    )


def _is_large_enough(resource: ResourceView, search: SearchWish) -> bool:
    """Of several rooms only all together must be large enough (``search_rooms``)."""
    return (
        not search.persons or search.rooms > 1 or not resource.capacity or resource.capacity >= search.persons
    )


def _index_of(resources: tuple[ResourceView, ...]) -> WordIndex:
    """The words of a catalogue; made once as long as the same value is searched."""
    for known, index in _last:
        if known is resources:
            return index
    index = WordIndex((resource.id, _words_of(resource)) for resource in resources)
    _last.insert(0, (resources, index))
    del _last[_MOST_INDEXES:]
    return index


def _words_of(resource: ResourceView) -> str:
    """What a resource can be found by; what the vocabulary says, in both languages."""
    place = resource.location
    own = (resource.name, resource.kind_label, resource.summary, resource.description)
    parts = [*own, place.name, place.city, place.street]
    for language in _LANGUAGES:
        with translation.override(language):
            parts += labels_of(resource.amenities, AMENITIES)
            parts += labels_of(resource.accessibility, ACCESSIBILITY)
    return " ".join(parts)

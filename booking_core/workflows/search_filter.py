"""Which resources a search means, by words, kind, place, equipment and size. Values in, values out.

Not here: times and prices (``search_scene``), how words are compared (``engines.words``).
"""

from collections.abc import Sequence

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
    found: Sequence[ResourceView] = resources
    for code in search.amenities:
        found = [one for one in found if code in one.amenities]
    for code in search.accessibility:
        found = [one for one in found if code in one.accessibility]
    if search.kinds:
        found = [one for one in found if one.kind in search.kinds]
    if search.location_ids:
        found = [one for one in found if one.location.id in search.location_ids]
    if search.quantity > 1:
        found = [one for one in found if one.most_pieces >= search.quantity]
    if search.persons and search.rooms == 1:
        # several rooms only together must be large enough (``search_rooms``)
        found = [one for one in found if not one.capacity or one.capacity >= search.persons]
    if search.text.strip() and (keys := _index_of(resources).matching(search.text)) is not None:
        found = [one for one in found if one.id in keys]
    return tuple(found)


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

"""Filters of the result list: plain links that add or take away one part of the address.

Not here: the search itself (``workflows.search``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.vocabulary import ACCESSIBILITY, AMENITIES
from design_system.contracts import FilterGroup, FilterLink

NAMES = ("art", "ort", "mit", "zugang")
NAMES_IN_ORDER = ("art", "ort", "zugang", "mit")
_NARROWING = ("was", "personen", "hoechstens", "menge", "raeume", "zweck")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters in force, as they stand in the address."""

    kinds: frozenset[str]
    location_slugs: frozenset[str]
    amenities: frozenset[str]
    accessibility: frozenset[str]

    @property
    def count(self) -> int:
        return sum(len(one) for one in (self.kinds, self.location_slugs, self.amenities, self.accessibility))


def chosen_filters(query: QueryDict) -> Chosen:
    """Read the filters out of the address."""
    return Chosen(*(frozenset(query.getlist(name)) for name in NAMES))


def filter_groups(resources: Iterable[ResourceView], query: QueryDict) -> list[FilterGroup]:
    """Links for every filter that can make a difference, the chosen ones pressed."""
    labels = {"art": _("Art"), "ort": _("Ort"), "zugang": _("Zugang"), "mit": _("Ausstattung")}
    choices = filter_choices(resources)
    return [
        FilterGroup(labels[name], [_link(name, code, words, query) for code, words in choices[name]])
        for name in NAMES_IN_ORDER
        if choices[name]
    ]


def filter_choices(resources: Iterable[ResourceView]) -> dict[str, list[tuple[str, str]]]:
    """The codes and labels of each filter that can make a difference; others are empty."""
    shown = tuple(resources)
    kinds = {resource.kind: resource.kind_label for resource in shown}
    places = {resource.location.slug: resource.location.name for resource in shown}
    groups = {
        "art": kinds if len(kinds) > 1 else {},
        "ort": places if len(places) > 1 else {},
        "zugang": _in_use(ACCESSIBILITY, (one.accessibility for one in shown)),
        "mit": _in_use(AMENITIES, (one.amenities for one in shown)),
    }
    return {name: list(choices.items()) for name, choices in groups.items()}


def without_filters(query: QueryDict) -> str:
    """The same search without filters."""
    kept = query.copy()
    for name in (*NAMES, "page"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def relaxed(query: QueryDict) -> str:
    """The same time without words, head count, limits and filters: what to try where nothing fits."""
    kept = query.copy()
    for name in (*NAMES, *_NARROWING, "page"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def _link(name: str, code: str, words: str, query: QueryDict) -> FilterLink:
    changed = query.copy()
    changed.pop("page", None)
    values = changed.getlist(name)
    is_on = code in values
    changed.setlist(name, [one for one in values if one != code] if is_on else [*values, code])
    return FilterLink(words, f"?{changed.urlencode()}", is_on=is_on)


def _in_use(vocabulary: Mapping[str, object], lists: Iterable[Iterable[str]]) -> dict[str, str]:
    used = {code for codes in lists for code in codes}
    return {code: str(label) for code, label in vocabulary.items() if code in used}

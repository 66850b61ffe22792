"""What a page of several rooms reads: places with their week, their prices, the groups of the town.

Not here: how it is printed (``presenters``). The number of statements does not depend on the number of resources.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from booking_core.catalog.contracts import OpeningRules, ResourceView
from booking_core.catalog.queries import opening_rules, resource_by_id
from booking_core.engines.availability import contains, intersect, open_spans
from booking_core.engines.ordinance import Document, NamedValue, price_table
from booking_core.kernel.spans import Span
from booking_core.ordinances.contracts import Tariff
from booking_core.ordinances.queries import tariffs_for
from booking_core.reservations.queries.free_time import Apart, free_times
from booking_core.web.citizen.presenters.days import whole_days
from booking_core.web.citizen.presenters.prices import in_words
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.search import find_offers
from booking_core.workflows.search_contracts import Offer, at_span

_DAYS_NEAR = 3


@dataclass(frozen=True, slots=True)
class DayRange:
    """``count`` days from ``first`` on, by the clock of ``zone``."""

    first: date
    count: int
    zone: ZoneInfo

    @classmethod
    def around(cls, span: Span, zone: ZoneInfo) -> "DayRange":
        """The days a span touches and a few on both sides, to offer what is near."""
        first = span.start.astimezone(zone).date() - timedelta(days=_DAYS_NEAR)
        last = span.end.astimezone(zone).date() + timedelta(days=_DAYS_NEAR)
        return cls(first, (last - first).days + 1, zone)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.count - 1)


@dataclass(frozen=True, slots=True)
class Times:
    """When things are open and free on some days."""

    days: DayRange
    rules: dict[int, OpeningRules]
    free: dict[int, tuple[Span, ...]]

    def open_of(self, resource_id: int) -> tuple[Span, ...]:
        """The opening times of one resource on these days."""
        rules = self.rules.get(resource_id, OpeningRules())
        return open_spans(rules, self.days.first, self.days.last, self.days.zone)

    def free_of(self, resource_id: int) -> tuple[Span, ...]:
        return self.free.get(resource_id, ())

    def together(self, resource_id: int) -> "Times":
        """The same for one resource as far as all of them are free with it: rooms that are booked together."""
        free = self.free_of(resource_id)
        for spans in self.free.values():
            free = intersect(free, spans)
        return Times(self.days, self.rules, {resource_id: free})

    def is_free(self, resource_id: int, span: Span) -> bool:
        """Whether the whole span is free."""
        return contains(self.free_of(resource_id), span)


def times_of(
    resource_ids: Sequence[int],
    days: DayRange,
    *,
    now: datetime,
    quantity: int | Mapping[int, int] = 1,
    apart: Apart = Apart(),  # noqa: B008 — frozen, without state
    rules: Mapping[int, OpeningRules] | None = None,
) -> Times:
    """Open and free times of some resources on these days; what is past is not free any more.

    ``rules`` where they have been read already.
    """
    if not resource_ids:
        return Times(days, {}, {})
    span = whole_days(days.first, days.count, days.zone)
    known = dict(opening_rules(resource_ids) if rules is None else rules)
    free = free_times(resource_ids, span, now=now, quantity=quantity, apart=apart, rules=known)
    ahead = [Span(max(now, span.start), span.end)] if now < span.end else []
    return Times(days, known, {one: intersect(spans, ahead) for one, spans in free.items()})


def tariffs_of(resources: Iterable[ResourceView], on: date) -> dict[int, Tariff]:
    """Which ordinance prices what on day ``on``."""
    return tariffs_for([resource.id for resource in resources], on)


def groups_of(tariffs: dict[int, Tariff]) -> list[tuple[str, str]]:
    """The groups one can book as in this town, each once, in the ordinances' order."""
    return _labels(group for document in _documents(tariffs) for group in document.groups)


def purposes_of(tariffs: dict[int, Tariff]) -> list[tuple[str, str]]:
    """What one can book for in this town, each once, in the ordinances' order."""
    return _labels(purpose for document in _documents(tariffs) for purpose in document.purposes)


def _documents(tariffs: dict[int, Tariff]) -> list[Document]:
    versions = {one.version.id: one.version for one in tariffs.values() if one.version is not None}
    return [version.document for version in versions.values()]


def _labels(values: Iterable[NamedValue]) -> list[tuple[str, str]]:
    known: dict[str, NamedValue] = {}
    for value in values:
        known.setdefault(value.id, value)
    return [(value.id, in_words(value.label)) for value in known.values()]


def price_from(tariff: Tariff | None, group: str) -> tuple[str, str]:
    """The first price in words that holds for ``group`` (or for the first group), and for whom it is."""
    if tariff is None or tariff.version is None:
        return "", ""
    rows = [row for code in tariff.codes for row in price_table(tariff.version.document, code)]
    row = next((row for row in rows if row.group is None or row.group.id == group), rows[0] if rows else None)
    if row is None:
        return "", ""
    return in_words(row.price), in_words(row.group.label) if row.group else ""


def elsewhere(
    resource: ResourceView, span: Span, *, viewer: Viewer, group: str, now: datetime
) -> tuple[Offer, ...]:
    """What else is free at this time, this resource left out."""
    result = find_offers(at_span(span, group=group), viewer=viewer, now=now, most=4, with_days=False)
    others = [offer for offer in result.fitting if offer.resource.id != resource.id]
    return tuple(others[:3])


def resource_of(wish: Wish) -> ResourceView:
    """The resource a wish is about, published or not. Raises NotFound."""
    return resource_by_id(wish.resource_ids[0])

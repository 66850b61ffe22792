"""One line of search: what fits the wished time and group, what it costs then, and what else would work.

Not here: how results look (``web.citizen``). The number of statements does not depend on the number of resources.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import opening_rules, published_resources
from booking_core.catalog.vocabulary import AMENITIES, labels_of
from booking_core.engines.availability import candidate_starts, contains, intersect
from booking_core.engines.ordinance import NamedValue
from booking_core.kernel.errors import BookingError, InvalidInput
from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.ordinances.contracts import Tariff
from booking_core.ordinances.queries import tariffs_for
from booking_core.reservations.queries import free_times
from booking_core.workflows.assumed_price import AssumedPrice, assumed_price
from booking_core.workflows.conditions import Conditions, faults_of, language
from booking_core.workflows.contracts import Offer, SearchResult, SearchWish, Viewer, Wish
from booking_core.workflows.quoting import refusal_of
from booking_core.workflows.search_filter import matching
from booking_core.workflows.wishes import price_question
from design_system.formats import span_words
from tenants.context import tenant_zone

MOST_ALTERNATIVES = 6
DAYS_AROUND = 7


def find_offers(search: SearchWish, *, viewer: Viewer, now: datetime) -> SearchResult:
    """What fits a search, and the nearest other things that work. Without a span: everything that matches.

    Nothing is refused here: what the rules do not allow comes back with a sentence, or as another offer.
    """
    everything = tuple(one for one in published_resources() if viewer.is_staff or one.audience != "staff")
    wanted = matching(everything, search)
    if search.span is None:
        return SearchResult(
            tuple(Offer(one, is_free=True, quote=None, reasons=_reasons(one, search)) for one in wanted)
        )
    scene = _scene(search, search.span, everything, viewer=viewer, now=now)
    offers = [scene.offer(one) for one in wanted]
    fitting = tuple(offer for offer in offers if offer.is_free and not offer.refusal)
    return SearchResult(fitting, _alternatives(scene, offers, everything, has_hits=bool(fitting)))


@dataclass(frozen=True, slots=True)
class _Scene:
    """Everything read once: opening hours, free times of the days around, tariffs."""

    search: SearchWish
    span: Span
    free: Mapping[int, tuple[Span, ...]]
    tariffs: Mapping[int, Tariff]
    given: Conditions

    @property
    def day(self) -> Span:
        return _whole_days(self.span, self.given.zone)

    def offer(
        self, resource: ResourceView, *, span: Span | None = None, reasons: tuple[str, ...] = ()
    ) -> Offer:
        """The resource at the wished time, or at ``span`` instead, with its price and whether it is allowed."""
        at = span or self.span
        wish = Wish(
            (resource.id,),
            (at,),
            group=self.search.group,
            purpose=self.search.purpose,
            persons=self.search.persons,
        )
        price, fault = self._price(wish)
        faults = [*faults_of(wish, (resource,), self.given), *([fault] if fault else [])]
        free = self.free.get(resource.id, ())
        version = tariff.version if (tariff := self.tariffs.get(resource.id)) else None
        return Offer(
            resource=resource,
            is_free=contains(free, at),
            quote=price.quote,
            free_that_day=intersect(free, [self.day]),
            reasons=reasons or _reasons(resource, self.search),
            refusal=str(faults[0]) if faults else "",
            span=at,
            group=price.group,
            group_label=_label(version.document.groups if version else (), price.group),
            purpose=price.purpose,
            purpose_label=_label(version.document.purposes if version else (), price.purpose),
        )

    def _price(self, wish: Wish) -> tuple[AssumedPrice, BookingError | None]:
        question = price_question(wish, viewer=self.given.viewer, now=self.given.now)
        try:
            price = assumed_price(question, self.tariffs, zone=self.given.zone)
        except InvalidInput:  # a group of another ordinance: price it as if none had been named
            price = assumed_price(replace(question, group="", purpose=""), self.tariffs, zone=self.given.zone)
        return price, refusal_of(price.quote)

    def other_time(self, resource: ResourceView) -> Span | None:
        """The nearest start at which the resource is free for as long as wished, the same day if possible."""
        starts = candidate_starts(
            self.free.get(resource.id, ()),
            self.span.duration,
            grid_minutes=resource.grid_minutes,
            zone=self.given.zone,
        )
        later = [start for start in starts if start > self.given.now]
        if not later:
            return None
        start = min(later, key=self._distance)
        return Span(start, start + self.span.duration)

    def _distance(self, start: datetime) -> tuple[bool, timedelta, bool]:
        """The same day before other days, then the nearest, of two equally near the later."""
        other_day = not self.day.start <= start < self.day.end
        return (other_day, abs(start - self.span.start), start < self.span.start)


def _scene(
    search: SearchWish, span: Span, resources: tuple[ResourceView, ...], *, viewer: Viewer, now: datetime
) -> _Scene:
    zone = tenant_zone()
    ids = [resource.id for resource in resources]
    window = _whole_days(span, zone, days_around=DAYS_AROUND)
    return _Scene(
        search=search,
        span=span,
        free=free_times(ids, window, now=now),
        tariffs=tariffs_for(ids, span.start.astimezone(zone).date()),
        given=Conditions(viewer, now, zone, opening_rules(ids)),
    )


def _alternatives(
    scene: _Scene, offers: Iterable[Offer], everything: tuple[ResourceView, ...], *, has_hits: bool
) -> tuple[Offer, ...]:
    """The same thing at another time first; without a single hit also parts of it, larger and other places."""
    missed = [offer.resource for offer in offers if not offer.is_free or offer.refusal]
    found = [offer for resource in missed if (offer := _at_other_time(scene, resource)) is not None]
    if not has_hits:
        known = {offer.resource.id for offer in found}
        others = [resource for resource in everything if resource.id not in known]
        elsewhere = [scene.offer(one, reasons=(_why_instead(one, missed, scene.search),)) for one in others]
        found += [offer for offer in elsewhere if offer.is_free and not offer.refusal]
    return tuple(found[:MOST_ALTERNATIVES])


def _at_other_time(scene: _Scene, resource: ResourceView) -> Offer | None:
    span = scene.other_time(resource)
    if span is None or span == scene.span:
        return None
    words = span_words(span.start, span.end, language(), scene.given.zone)
    offer = scene.offer(
        resource, span=span, reasons=(_("Frei zu einer anderen Zeit: %(time)s") % {"time": words},)
    )
    return offer if offer.is_free and not offer.refusal else None


def _why_instead(resource: ResourceView, missed: list[ResourceView], search: SearchWish) -> str:
    own = {claim.unit_id for claim in resource.claims}
    for whole in missed:
        if own < {claim.unit_id for claim in whole.claims}:
            return _("Ein Teil von %(name)s") % {"name": whole.name}
    if missed and all(resource.location.id != one.location.id for one in missed):
        return _("Anderer Ort: %(name)s") % {"name": resource.location.name}
    if search.persons and resource.capacity and resource.capacity >= search.persons:
        return _("Platz für %(count)s Personen") % {"count": resource.capacity}
    return _("Zur gewünschten Zeit frei")


def _reasons(resource: ResourceView, search: SearchWish) -> tuple[str, ...]:
    """Short sentences why it fits: room for so many, what was asked for, the way in."""
    reasons = []
    if search.persons and resource.capacity:
        reasons.append(_("Platz für %(count)s Personen") % {"count": resource.capacity})
    reasons += labels_of([code for code in resource.amenities if code in search.amenities], AMENITIES)
    if resource.is_step_free:
        reasons.append(_("Stufenlos erreichbar"))
    return tuple(reasons)


def _label(values: Iterable[NamedValue], wanted: str) -> str:
    return next((one.label.in_language(language()) for one in values if one.id == wanted), "")


def _whole_days(span: Span, zone: ZoneInfo, *, days_around: int = 0) -> Span:
    """The days the span touches by the wall clock, widened by so many days on both sides."""
    first = span.start.astimezone(zone).date() - timedelta(days=days_around)
    last: date = (span.end - timedelta(microseconds=1)).astimezone(zone).date() + timedelta(
        days=days_around + 1
    )
    return Span(at_wall_clock(first, time(0), zone), at_wall_clock(last, time(0), zone))

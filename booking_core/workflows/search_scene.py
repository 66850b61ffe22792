"""Everything one search looks at, read once, and what follows from it for a single resource.

Not here: the order of the steps (``search``), what else would work (``search_alternatives``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.utils.translation import gettext as _

from booking_core.catalog.contracts import OpeningRules, ResourceView
from booking_core.catalog.vocabulary import AMENITIES, labels_of
from booking_core.engines.availability import candidate_starts, intersect, open_spans
from booking_core.engines.fitting import (
    Block,
    TakenUnit,
    blocks_of,
    fitting_starts,
    is_left,
    seconds,
    span_at,
)
from booking_core.engines.ordinance import NamedValue
from booking_core.kernel.errors import BookingError, InvalidInput
from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.ordinances.contracts import Tariff
from booking_core.workflows.assumed_price import AssumedPrice, assumed_price
from booking_core.workflows.conditions import Conditions, faults_of, language
from booking_core.workflows.contracts import Wish
from booking_core.workflows.earlier_bookings import EarlierBookings
from booking_core.workflows.quoting import is_price_known, refusal_of
from booking_core.workflows.search_contracts import Offer, SearchWish
from booking_core.workflows.wishes import price_question

_MOST_TRIES = 40  # so many starts are priced before a resource counts as refused
_AROUND = timedelta(days=31)  # other times are offered in the neighbourhood
Priced = tuple[AssumedPrice, BookingError | None]


@dataclass(slots=True)
class Scene:
    """One search with what was read for it. What many resources share is worked out once (``starts``, ``_prices``)."""

    search: SearchWish
    given: Conditions
    taken: Mapping[int, TakenUnit]
    tariffs_on: Callable[[date], Mapping[int, Tariff]]
    starts: dict[tuple[object, ...], tuple[int, ...]] = field(default_factory=dict)
    _prices: dict[tuple[object, ...], Priced] = field(default_factory=dict)
    _tariffs: dict[datetime, Mapping[int, Tariff]] = field(default_factory=dict)
    _words: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict)
    _past: EarlierBookings = field(init=False)
    _fixed: Span | None = field(init=False)
    _fixed_start: int = field(init=False, default=0)
    _seconds: int = field(init=False)
    # By set-up and cleaning time: the units of which anything is taken at the one time that is asked for.
    _touched: dict[tuple[int, int], frozenset[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        around = [window.widened(_AROUND, _AROUND) for window in self.search.windows]
        self._past = EarlierBookings(self.given.viewer, around, adds_up=False)
        self._fixed = self.search.fixed
        if self._fixed is not None:
            self._fixed_start = seconds(self._fixed.start)
            self._fixed = span_at(self._fixed_start, self.search.duration)
        self._seconds = int(self.search.duration.total_seconds())

    def times_for(self, resource: ResourceView) -> Iterator[Span]:
        """When the resource is open, allowed and not taken, in order; prices are not looked at."""
        starts = self._allowed_starts(resource)
        if not starts:
            return
        free = fitting_starts(
            starts,
            self._blocks_of(resource),
            duration=self._seconds,
            before=resource.buffer_before_minutes * 60,
            after=resource.buffer_after_minutes * 60,
        )
        for start in free:
            yield span_at(start, self.search.duration)

    def first_fit(self, resource: ResourceView) -> Span | None:
        """The first of these times the ordinance accepts at a price within the limit."""
        if self._fixed is not None:
            return self._fixed_fit(resource, self._fixed)
        for span in islice(self.times_for(resource), _MOST_TRIES):
            if self.is_accepted((resource,), span):
                return span
        return None

    def _fixed_fit(self, resource: ResourceView, fixed: Span) -> Span | None:
        """The same for the one time that is asked for. What is taken is looked at first: that rules out most."""
        if not self._is_untaken(resource) or not self._allowed_starts(resource):
            return None
        return fixed if self.is_accepted((resource,), fixed) else None

    def _is_untaken(self, resource: ResourceView) -> bool:
        """Whether everything it claims is left; a unit nothing of which is taken then is left however it is claimed."""
        buffers = resource.buffer_before_minutes, resource.buffer_after_minutes
        begins = self._fixed_start - buffers[0] * 60
        ends = self._fixed_start + self._seconds + buffers[1] * 60
        touched = self._touched.get(buffers)
        if touched is None:
            units = self.taken.items()
            touched = frozenset(unit for unit, taken in units if not is_left(taken, begins, ends))
            self._touched[buffers] = touched
        for claim in resource.claims:
            if claim.unit_id not in touched:
                continue
            pieces = (claim.pieces, self.search.quantity)
            if not claim.is_counted or not is_left(self.taken[claim.unit_id], begins, ends, pieces=pieces):
                return False
        return True

    def is_accepted(self, resources: tuple[ResourceView, ...], span: Span) -> bool:
        """Whether the ordinance lets it be asked for, at a known price within the limit if there is one."""
        price, fault = self.price(resources, span)
        return fault is None and self.is_cheap_enough(price)

    def is_cheap_enough(self, price: AssumedPrice) -> bool:
        """A price nobody can name yet is within no limit."""
        if self.search.most is None:
            return True
        return (
            price.quote is not None and is_price_known(price.quote) and price.quote.total <= self.search.most
        )

    def price(self, resources: tuple[ResourceView, ...], span: Span) -> Priced:
        """The price for the group; resources with the same entries of one ordinance cost the same."""
        tariffs = self._tariffs_at(span)
        ours = [tariffs.get(one.id) for one in resources]
        key = (span, *[(one.version.id, one.codes) if one and one.version else None for one in ours])
        if key not in self._prices:
            self._prices[key] = self._price_of(self.wish(resources, span), tariffs)
        return self._prices[key]

    def _price_of(self, wish: Wish, tariffs: Mapping[int, Tariff]) -> Priced:
        question = price_question(wish, viewer=self.given.viewer, now=self.given.now)
        try:
            price = assumed_price(question, tariffs, zone=self.given.zone, past=self._past)
        except InvalidInput:  # a group of another ordinance: price it as if none had been named
            question = replace(question, group="", purpose="")
            price = assumed_price(question, tariffs, zone=self.given.zone, past=self._past)
        return price, refusal_of(price.quote)

    def _tariffs_at(self, span: Span) -> Mapping[int, Tariff]:
        found = self._tariffs.get(span.start)
        if found is None:
            day = span.start.astimezone(self.given.zone).date()
            found = self._tariffs[span.start] = self.tariffs_on(day)
        return found

    def wish(self, resources: tuple[ResourceView, ...], span: Span) -> Wish:
        search = self.search
        return Wish(
            tuple(one.id for one in resources),
            (span,),
            quantity=search.quantity,
            group=search.group,
            purpose=search.purpose,
            persons=search.persons,
        )

    def offer(
        self,
        resource: ResourceView,
        span: Span,
        *,
        is_fit: bool = False,
        beside: tuple[ResourceView, ...] = (),
        reasons: tuple[str, ...] = (),
    ) -> Offer:
        """The resource (with those beside it) at ``span``, with its price and whether it is allowed.

        ``is_fit``: the span is its ``first_fit``, so the place and the ordinance were asked already.
        """
        resources = (resource, *beside)
        price, fault = self.price(resources, span)
        faults = [] if is_fit else [*faults_of(self.wish(resources, span), resources, self.given)]
        faults += [fault] if fault else []
        group_label, purpose_label = self._labels(resource, span, price)
        return Offer(
            resource=resource,
            is_free=True,
            quote=price.quote,
            beside=beside,
            reasons=reasons or self._reasons(resource),
            refusal=str(faults[0]) if faults else "",
            span=span,
            group=price.group,
            group_label=group_label,
            purpose=price.purpose,
            purpose_label=purpose_label,
        )

    def _reasons(self, resource: ResourceView) -> tuple[str, ...]:
        meant = tuple(code for code in resource.amenities if code in self.search.amenities)
        key = (resource.capacity, resource.is_step_free, meant)
        if key not in self._words:
            self._words[key] = reasons_for(resource, self.search)
        return self._words[key]

    def _labels(self, resource: ResourceView, span: Span, price: AssumedPrice) -> tuple[str, ...]:
        """What the ordinance calls the group and the purpose."""
        tariff = self._tariffs_at(span).get(resource.id)
        version = tariff.version if tariff else None
        if version is None:
            return ("", "")
        key = (version.id, price.group, price.purpose)
        if key not in self._words:
            document = version.document
            self._words[key] = (
                _label(document.groups, price.group),
                _label(document.purposes, price.purpose),
            )
        return self._words[key]

    def with_day(self, offer: Offer, free: Mapping[int, tuple[Span, ...]]) -> Offer:
        """The offer with the day it is for: when the resource is open, and when free."""
        if offer.span is None:
            return offer
        day = whole_days(offer.span, self.given)
        rules = self.given.opening.get(offer.resource.id, OpeningRules())
        first, last = day.start.astimezone(self.given.zone).date(), day.end.astimezone(self.given.zone).date()
        ahead = [Span(max(self.given.now, day.start), day.end)] if self.given.now < day.end else []
        return replace(
            offer,
            open_that_day=intersect(open_spans(rules, first, last, self.given.zone), [day]),
            free_that_day=intersect(free.get(offer.resource.id, ()), ahead),
        )

    def _blocks_of(self, resource: ResourceView) -> list[Block]:
        blocks: list[Block] = []
        for claim in resource.claims:
            taken = self.taken.get(claim.unit_id)
            if taken is not None:
                wanted = self.search.quantity if claim.is_counted else claim.pieces
                blocks += blocks_of(taken, stock=claim.pieces, wanted=wanted)
        return blocks

    def _allowed_starts(self, resource: ResourceView) -> tuple[int, ...]:
        """Starts at which the place lets a use of this length begin: audience, hours, grid, length."""
        rules = self.given.opening.get(resource.id, OpeningRules())
        key = (
            resource.audience, resource.grid_minutes, resource.min_minutes, resource.max_minutes, id(rules),
        )  # fmt: skip
        if key not in self.starts:
            starts = list(self._starts_in_windows(resource, rules))
            # Grid and hours are those of the place; what is left to ask is the same for every start.
            is_fine = bool(starts) and not self._is_refused(resource, starts[0])
            self.starts[key] = tuple(seconds(start) for start in starts) if is_fine else ()
        return self.starts[key]

    def _starts_in_windows(self, resource: ResourceView, rules: OpeningRules) -> Iterator[datetime]:
        fixed, zone = self.search.fixed, self.given.zone
        if fixed is not None:
            yield fixed.start
            return
        for window in self.search.windows:
            first, last = window.start.astimezone(zone).date(), window.end.astimezone(zone).date()
            opened = intersect(open_spans(rules, first, last, zone), [window])
            for start in candidate_starts(
                opened, self.search.duration, grid_minutes=resource.grid_minutes, zone=zone
            ):
                if start > self.given.now:
                    yield start

    def _is_refused(self, resource: ResourceView, start: datetime) -> bool:
        wish = Wish((resource.id,), (Span(start, start + self.search.duration),))
        return bool(faults_of(wish, (resource,), self.given))


def reasons_for(resource: ResourceView, search: SearchWish) -> tuple[str, ...]:
    """Short sentences why it fits: room for so many, what was asked for, the way in."""
    reasons = []
    if search.persons and resource.capacity:
        reasons.append(_("Platz für %(count)s Personen") % {"count": resource.capacity})
    if search.quantity > 1:
        reasons.append(_("%(count)s Stück sind frei") % {"count": search.quantity})
    reasons += labels_of([code for code in resource.amenities if code in search.amenities], AMENITIES)
    if resource.is_step_free:
        reasons.append(_("Stufenlos erreichbar"))
    return tuple(reasons)


def _label(values: Iterable[NamedValue], wanted: str) -> str:
    return next((one.label.in_language(language()) for one in values if one.id == wanted), "")


def whole_days(span: Span, given: Conditions, *, days_around: int = 0) -> Span:
    """The days the span touches by the wall clock, widened by so many days on both sides."""
    first = span.start.astimezone(given.zone).date() - timedelta(days=days_around)
    last: date = (span.end - timedelta(microseconds=1)).astimezone(given.zone).date()
    last += timedelta(days=days_around + 1)
    return Span(at_wall_clock(first, time(0), given.zone), at_wall_clock(last, time(0), given.zone))

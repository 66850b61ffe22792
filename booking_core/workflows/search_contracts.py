"""What a search takes and gives: the wish, the offers, the sets of rooms.

Not here: wishes that are booked (``contracts``).
"""

from dataclasses import dataclass
from datetime import timedelta

from booking_core.catalog.contracts import ResourceView
from booking_core.engines.ordinance import Quote
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span

MOST_ROOMS = 5


@dataclass(frozen=True, slots=True)
class SearchWish:
    """What is looked for. Without windows everything that matches is listed, without prices for a time.

    ``windows`` are in order and apart from each other; a use of ``duration`` must lie within one of them. A fixed time
    is one window that the use fills. ``rooms`` above 1 asks for so many in one place at the same time; ``persons``
    then counts over all of them. ``most`` is the highest price for the group; ``quantity`` is pieces.
    """

    windows: tuple[Span, ...] = ()
    duration: timedelta = timedelta()
    text: str = ""
    kinds: frozenset[str] = frozenset()
    location_ids: frozenset[int] = frozenset()
    amenities: frozenset[str] = frozenset()
    accessibility: frozenset[str] = frozenset()
    persons: int | None = None
    quantity: int = 1
    rooms: int = 1
    most: Money | None = None
    group: str = ""
    purpose: str = ""

    @property
    def fixed(self) -> Span | None:
        """The one time that is asked for; None where there is a choice, or no time."""
        is_fixed = len(self.windows) == 1 and self.windows[0].duration == self.duration
        return self.windows[0] if is_fixed else None


def at_span(span: Span, **wanted: object) -> SearchWish:
    """A search for one fixed time."""
    return SearchWish(windows=(span,), duration=span.duration, **wanted)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Offer:
    """One hit: a resource, whether it is free at the wished time, what it costs, and when else that day it is free.

    ``reasons`` are short sentences why it fits. ``refusal`` is set where the rules do not allow it. ``span`` is the
    time the offer is for; ``other_times`` are further times that fit as well. ``beside`` are rooms taken together with
    it: the price is for all. ``group`` and ``purpose`` are what the price was worked out for (ids of the ordinance);
    where the wish names none, the dearest group is assumed, so that the price only falls later.
    """

    resource: ResourceView
    is_free: bool
    quote: Quote | None
    beside: tuple[ResourceView, ...] = ()
    other_times: tuple[Span, ...] = ()
    open_that_day: tuple[Span, ...] = ()
    free_that_day: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    refusal: str = ""
    span: Span | None = None
    group: str = ""
    group_label: str = ""
    purpose: str = ""
    purpose_label: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``fitting`` is a page of ``total`` hits, free and allowed; ``alternatives`` are the nearest other things."""

    fitting: tuple[Offer, ...]
    alternatives: tuple[Offer, ...] = ()
    total: int = 0

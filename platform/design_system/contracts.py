"""What pages hand to the components: frozen values, ready to print.

Not here: how they look (``templates/design_system``), how they are computed (the rooms).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Tone = Literal["neutral", "info", "success", "warning", "danger"]


@dataclass(frozen=True, slots=True)
class SiteFace:
    """Who is speaking: a town, or the partnership on the main host."""

    name: str
    home_url: str = "/"
    tagline: str = ""
    logo_url: str = ""
    imprint_url: str = ""
    privacy_url: str = ""
    accessibility_url: str = ""
    contact_url: str = ""
    platform_url: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of a navigation; ``count`` is shown beside it when above zero."""

    label: str
    url: str
    is_current: bool = False
    count: int = 0
    icon: str = ""


@dataclass(frozen=True, slots=True)
class NavGroup:
    """A heading with links, for the side navigation."""

    label: str
    items: Sequence[NavItem]


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to this page; the last one has no ``url``."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture with its real size in pixels; ``alt`` empty only for decoration.

    ``sources`` are further sizes as (url, width in pixels), narrowest first.
    """

    url: str
    width: int
    height: int
    alt: str
    sources: Sequence[tuple[str, int]] = ()

    @property
    def srcset(self) -> str:
        """The sizes as the ``srcset`` attribute wants them."""
        return ", ".join(f"{url} {width}w" for url, width in self.sources)


@dataclass(frozen=True, slots=True)
class Fact:
    """One short truth about a place ("80 Plätze") with its icon."""

    text: str
    icon: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class StripPart:
    """A stretch of one day, in minutes by the wall clock, ``[start_minutes, end_minutes)``."""

    start_minutes: int
    end_minutes: int
    kind: Literal["free", "busy", "closed", "wish", "hold"]
    label: str = ""

    @property
    def length_minutes(self) -> int:
        """How wide the part is drawn."""
        return self.end_minutes - self.start_minutes


@dataclass(frozen=True, slots=True)
class DayStrip:
    """One day as a bar. ``summary`` says in words what the bar shows ("frei 8–12 und 18–22 Uhr")."""

    label: str
    summary: str
    parts: Sequence[StripPart]
    url: str = ""
    from_minutes: int = 6 * 60
    until_minutes: int = 24 * 60

    @property
    def view_box(self) -> str:
        """The drawn hours as an SVG view box, one unit per minute."""
        return f"{self.from_minutes} 0 {self.until_minutes - self.from_minutes} 10"

    @property
    def hour_marks(self) -> Sequence[int]:
        """Minutes at which a fine line is drawn: every three hours."""
        return range(-(-self.from_minutes // 180) * 180, self.until_minutes, 180)[1:]


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place in a list: home page, results, favourites."""

    name: str
    url: str
    photo: Photo | None = None
    location: str = ""
    facts: Sequence[Fact] = ()
    price: str = ""
    price_note: str = ""
    badge: str = ""
    badge_tone: Tone = "neutral"
    strips: Sequence[DayStrip] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One hour of one day. A free cell has a ``url``; ``label`` is what a screen reader says."""

    kind: Literal["free", "busy", "closed", "wish", "hold", "past", "limited"]
    label: str
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class WeekDay:
    """The head of a column."""

    label: str
    short_label: str
    date_label: str
    is_today: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """The cells of one hour, one per day."""

    label: str
    cells: Sequence[WeekCell]


@dataclass(frozen=True, slots=True)
class WeekTable:
    """Days × hours, seven days or one. ``previous_url`` and ``next_url`` turn the week."""

    caption: str
    days: Sequence[WeekDay]
    rows: Sequence[WeekRow]
    previous_url: str = ""
    next_url: str = ""
    today_url: str = ""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One line of a quote: what, how much, which paragraph says so; ``why`` (label, text) is shown on demand."""

    label: str
    amount: str
    quantity: str = ""
    paragraph: str = ""
    explanation: str = ""
    is_credit: bool = False
    why: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class PriceTable:
    """A quote ready to print; the deposit stands apart because it comes back."""

    rows: Sequence[PriceRow]
    total: str
    deposit: str = ""
    deposit_note: str = ""
    total_label: str = ""
    tax_note: str = ""
    steps: Sequence[str] = ()
    source_label: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One answer on a "check your answers" page."""

    label: str
    value: str | Sequence[str]
    change_url: str = ""
    note: str = ""

    @property
    def values(self) -> Sequence[str]:
        """The answer as lines."""
        return [self.value] if isinstance(self.value, str) else self.value


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event in the life of a booking."""

    title: str
    when: str = ""
    text: str = ""
    state: Literal["done", "current", "coming", "failed"] = "done"
    url: str = ""
    url_label: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A page of a wizard. Steps that are done carry a ``url`` back."""

    label: str
    state: Literal["done", "current", "coming"] = "coming"
    url: str = ""


@dataclass(frozen=True, slots=True)
class FilterLink:
    """A filter that is a plain link; when on, the link takes it away."""

    label: str
    url: str
    is_on: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """Filters of one kind under one heading."""

    label: str
    links: Sequence[FilterLink]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Numeric ones stand on the right."""

    label: str
    is_numeric: bool = False
    is_hidden_label: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; plain strings do as well."""

    text: str
    url: str = ""
    tone: Tone | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to print. The first cell of each row is its heading."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | str]]
    is_caption_hidden: bool = False
    is_dense: bool = False
    is_stacked: bool = False
    empty_text: str = ""
    footer: Sequence[Cell | str] = field(default=())


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key and what it does."""

    key: str
    label: str

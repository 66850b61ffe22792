"""Free times of one resource: month, week, day, list and bars. The view and its day are in the address.

Not here: the rest of the resource's page (``resource``), many resources (``occupancy``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import opening_rules_of
from booking_core.kernel.spans import Span
from booking_core.web.citizen import gathering
from booking_core.web.citizen.presenters import days, free_lists, months, weeks
from booking_core.web.citizen.presenters.limits import TimesNote, limit_notes, short_limits
from booking_core.web.citizen.presenters.links import booking_url, with_query
from booking_core.web.time_axis import hours_note
from booking_core.workflows.lead_times import LeadLimit, lead_limits
from design_system.calendars import MonthTable
from design_system.contracts import DayStrip, NavItem, Table, WeekTable
from design_system.templatetags.formats import long_date
from tenants.context import tenant_zone

_FARTHEST = timedelta(days=3 * 366)
_WEEK, _LIST = 7, 14
VIEWS = ("", "monat", "tag", "liste", "balken")


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody looks at: a view, its first day and how many days it shows. ``asked``: the day in the address."""

    resource: ResourceView
    view: str
    asked: date
    days: gathering.DayRange
    group: str
    is_far: bool = False

    @property
    def list_of_days(self) -> list[date]:
        return [self.days.first + timedelta(days=number) for number in range(self.days.count)]


@dataclass(frozen=True, slots=True)
class _Known:
    """The times themselves and what limits them."""

    times: gathering.Times
    opened: tuple[Span, ...]
    free: tuple[Span, ...]
    limits: Mapping[date, LeadLimit]


def looked_at(request: HttpRequest, resource: ResourceView, *, default: date, group: str) -> Looked:
    """Read view and day; nonsense falls back to the week of ``default``, days too far off say so."""
    view = request.GET.get("ansicht", "")
    view = view if view in VIEWS else ""
    text = request.GET.get("datum") or request.GET.get("woche") or ""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        asked = default
    is_far = abs(asked - timezone.localdate()) > _FARTHEST
    asked = default if is_far else asked
    first, count = _range(view, asked)
    shown = gathering.DayRange(first, count, tenant_zone())
    return Looked(resource, view, asked, shown, group, is_far)


def _range(view: str, day: date) -> tuple[date, int]:
    if view == "monat":
        first = months.month_of(day)
        return first, months.month_length(first)
    if view in {"tag", "liste"}:
        return day, 1 if view == "tag" else _LIST
    return weeks.monday_of(day), _WEEK


def times_context(looked: Looked, *, all_hours: bool) -> dict[str, object]:
    """Everything ``citizen/parts/free_times.html`` prints. At most five statements, however many bookings."""
    known = _read(looked)
    page: dict[str, object] = {
        "view": looked.view,
        "asked": looked.asked,
        "tabs": _tabs(looked),
        "lead": _caption(looked),
        "turn": _turn(looked),
        "notes": _notes(looked, known),
    }
    if looked.view == "monat":
        page["month"] = _month(looked, known)
    elif looked.view == "liste":
        page["list"] = _list(looked, known)
    elif looked.view == "balken":
        page["strips"] = _strips(looked, known)
    else:
        page["week"] = _week(looked, known, all_hours=all_hours)
        if _never_closes(looked, known.opened) and not all_hours:
            page["all_hours_url"] = _url(looked, looked.asked, stunden="alle")
    return page


def _read(looked: Looked) -> _Known:
    """Opening hours: two statements; what is taken: one; the ordinance: two."""
    now, resource = timezone.now(), looked.resource
    rules = opening_rules_of([resource])
    times = gathering.times_of([resource.id], looked.days, now=now, rules=rules)
    limits = lead_limits(resource.id, looked.list_of_days, group=looked.group, now=now)
    return _Known(times, times.open_of(resource.id), times.free_of(resource.id), limits)


def _week(looked: Looked, known: _Known, *, all_hours: bool) -> WeekTable:
    resource = looked.resource
    facts = weeks.WeekFacts(
        monday=looked.days.first,
        opened=known.opened,
        free=known.free,
        zone=looked.days.zone,
        now=timezone.now(),
        grid_minutes=resource.grid_minutes,
        shortest=timedelta(minutes=resource.min_minutes),
        book_url=lambda span: booking_url(resource.slug, span, gruppe=looked.group),
        all_hours=all_hours,
        days=looked.days.count,
        limited=short_limits(known.limits),
    )
    return weeks.week_table(facts, caption=_caption(looked))


def _never_closes(looked: Looked, opened: tuple[Span, ...]) -> bool:
    """Whether the days shown are one single stretch of open time."""
    return len(opened) == 1 and opened[0].duration >= timedelta(days=looked.days.count, hours=-1)


def _month(looked: Looked, known: _Known) -> MonthTable:
    return months.month_table(
        months.MonthFacts(
            first=looked.days.first,
            opened=known.opened,
            free=known.free,
            zone=looked.days.zone,
            now=timezone.now(),
            shortest=timedelta(minutes=looked.resource.min_minutes),
            day_url=lambda day: _url(looked, day, view="tag"),
            limited=short_limits(known.limits),
        )
    )


def _list(looked: Looked, known: _Known) -> Table:
    resource = looked.resource
    facts = free_lists.ListFacts(
        free=known.free,
        zone=looked.days.zone,
        shortest=timedelta(minutes=resource.min_minutes),
        longest=timedelta(minutes=resource.max_minutes),
        book_url=lambda span: booking_url(resource.slug, span, gruppe=looked.group),
        limited=known.limits,
    )
    return free_lists.free_list(facts, caption=_caption(looked))


def _strips(looked: Looked, known: _Known) -> list[DayStrip]:
    today = timezone.localdate()
    return [
        days.day_strip(
            day, known.opened, known.free, looked.days.zone,
            url=booking_url(looked.resource.slug, tag=day.isoformat(), gruppe=looked.group)
            if day >= today and day not in known.limits else "",
        )
        for day in looked.list_of_days
    ]  # fmt: skip


def _notes(looked: Looked, known: _Known) -> list[TimesNote]:
    """Why there is little to choose here, and where there is more."""
    today, last = timezone.localdate(), looked.days.last
    notes = []
    if looked.is_far:
        farthest = long_date(today + _FARTHEST)
        notes.append(
            TimesNote(
                _("Zeiten zeigen wir höchstens drei Jahre im Voraus, jetzt bis %(day)s.") % {"day": farthest}
            )
        )
    if last < today:
        notes.append(
            TimesNote(_("Diese Tage sind vorbei."), _url(looked, today), _("Zu den nächsten freien Zeiten"))
        )
        return notes
    if looked.view == "tag" and (words := hours_note(looked.asked, looked.days.zone)):
        notes.append(TimesNote(words))
    if not known.opened:
        notes.append(_closed_note(looked, known))
    return [*notes, *limit_notes(known.limits, lambda day: _url(looked, day))]


def _closed_note(looked: Looked, known: _Known) -> TimesNote:
    """Closed on all days shown: the next day that is open, one click away."""
    words = (
        _("An diesem Tag ist geschlossen.")
        if looked.days.count == 1
        else _("An diesen Tagen ist geschlossen.")
    )
    after = gathering.DayRange(looked.days.last + timedelta(days=1), 60, looked.days.zone)
    spans = gathering.Times(after, known.times.rules, {}).open_of(looked.resource.id)
    if not spans:
        return TimesNote(words)
    day = spans[0].start.astimezone(looked.days.zone).date()
    return TimesNote(words, _url(looked, day), _("Der nächste offene Tag: %(day)s") % {"day": long_date(day)})


def _caption(looked: Looked) -> str:
    first = looked.days.first
    if looked.view == "monat":
        return months.month_words(first)
    if looked.view == "tag":
        return long_date(first)
    if looked.view == "liste":
        return _("Freie Zeiten vom %(first)s bis %(last)s") % {
            "first": long_date(first), "last": long_date(looked.days.last),
        }  # fmt: skip
    return weeks.week_caption(first)


def _url(looked: Looked, day: date, *, view: str | None = None, stunden: str = "") -> str:
    path = reverse("resource_page", args=[looked.resource.slug])
    shown = looked.view if view is None else view
    query = with_query(path, ansicht=shown, datum=day.isoformat(), gruppe=looked.group, stunden=stunden)
    return f"{query}#zeiten"


def _tabs(looked: Looked) -> list[NavItem]:
    labels = {
        "": _("Woche"), "monat": _("Monat"), "tag": _("Tag"), "liste": _("Liste"), "balken": _("Balken"),
    }  # fmt: skip
    return [
        NavItem(label, _url(looked, looked.asked, view=view), is_current=view == looked.view)
        for view, label in labels.items()
    ]


@dataclass(frozen=True, slots=True)
class Turn:
    """Links to what comes before, to now, to what comes after, each with its words; empty where it leads nowhere."""

    previous_url: str
    previous: str
    now_url: str
    now: str
    next_url: str
    next: str


def _turn(looked: Looked) -> Turn:
    today, first, after = timezone.localdate(), looked.days.first, looked.days.last + timedelta(days=1)
    previous, now, later = {
        "monat": (_("Monat zurück"), _("Dieser Monat"), _("Monat vor")),
        "tag": (_("Tag zurück"), _("Heute"), _("Tag vor")),
        "liste": (_("Frühere Tage"), _("Ab heute"), _("Spätere Tage")),
    }.get(looked.view, (_("Woche zurück"), _("Diese Woche"), _("Woche vor")))
    before = (
        months.month_of(first - timedelta(days=1))
        if looked.view == "monat"
        else first - timedelta(days=looked.days.count)
    )
    if looked.view == "liste":
        before = max(before, today) if first > today else before
    shows_now = first <= today < after if looked.view != "liste" else first == today
    return Turn(
        _url(looked, before) if first > today else "",
        previous,
        "" if shows_now else _url(looked, today),
        now,
        _url(looked, after) if after <= today + _FARTHEST else "",
        later,
    )

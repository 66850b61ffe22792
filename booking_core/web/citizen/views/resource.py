"""The page of one resource: facts, the week, prices in words, rules, the way there.

Not here: booking it (``booking_time``).
"""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import resource_by_slug
from booking_core.kernel.spans import Span
from booking_core.ordinances.queries import price_tables
from booking_core.web.citizen import gathering
from booking_core.web.citizen.forms.wall_time import WallTimeForm
from booking_core.web.citizen.presenters import days, places, prices, weeks
from booking_core.web.citizen.presenters.links import booking_url, with_query
from booking_core.web.citizen.visitors import remembered_group
from design_system.contracts import Crumb, DayStrip, NavItem, WeekTable
from tenants.context import tenant_zone

_FARTHEST = timedelta(days=3 * 366)
_WEEK = 7


@require_safe
def resource_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything one wants to know before booking."""
    resource = resource_by_slug(slug)
    wish = WallTimeForm(request.GET)
    span = wish.span if "tag" in request.GET and wish.is_valid() else None
    monday = weeks.monday_of(_day_asked(request, default=span.start.date() if span else timezone.localdate()))
    group = request.GET.get("gruppe") or remembered_group(request)
    shown = gathering.DayRange(monday, _WEEK, tenant_zone())
    times = gathering.times_of([resource.id], shown, now=timezone.now())
    all_hours = request.GET.get("stunden") == "alle"
    view = "balken" if request.GET.get("ansicht") == "balken" else "tabelle"
    context = {
        "resource": resource,
        "photos": [places.photo(one) for one in (resource.photos or resource.location.photos)],
        "facts": places.all_facts(resource),
        "address": places.address_lines(resource.location),
        "week": _week(resource, times, monday, group=group, all_hours=all_hours)
        if view == "tabelle"
        else None,
        "strips": _strips(resource, times, monday) if view == "balken" else None,
        "tabs": _tabs(resource.slug, monday, view),
        "view": view,
        "monday": monday,
        "never_closes": _never_closes(times.open_of(resource.id)),
        "all_hours_url": ""
        if all_hours
        else with_query(request.path, woche=monday.isoformat(), stunden="alle"),
        "turn": _turn(resource.slug, monday, view),
        "tariffs": prices.tariff_sections(price_tables(resource.id, timezone.localdate())),
        "span": span,
        "book_url": booking_url(resource.slug, span, gruppe=group, personen=request.GET.get("personen", "")),
        "breadcrumbs": _crumbs(resource),
    }
    return render(request, "citizen/resource.html", context)


def _day_asked(request: HttpRequest, *, default: date) -> date:
    """The day whose week is wanted; nonsense and far-off years fall back to ``default``."""
    try:
        day = date.fromisoformat(request.GET.get("woche", ""))
    except ValueError:
        return default
    return day if abs(day - timezone.localdate()) <= _FARTHEST else default


def _week(
    resource: ResourceView, times: gathering.Times, monday: date, *, group: str, all_hours: bool
) -> WeekTable:
    facts = weeks.WeekFacts(
        monday=monday,
        opened=times.open_of(resource.id),
        free=times.free_of(resource.id),
        zone=times.days.zone,
        now=timezone.now(),
        grid_minutes=resource.grid_minutes,
        shortest=timedelta(minutes=resource.min_minutes),
        book_url=lambda span: booking_url(resource.slug, span, gruppe=group),
        all_hours=all_hours,
    )
    return weeks.week_table(
        facts, caption=weeks.week_caption(monday), urls=_turn(resource.slug, monday, "tabelle")
    )


def _never_closes(opened: tuple[Span, ...]) -> bool:
    """Whether the week is one single stretch of open time."""
    return len(opened) == 1 and opened[0].duration >= timedelta(days=_WEEK, hours=-1)


def _strips(resource: ResourceView, times: gathering.Times, monday: date) -> list[DayStrip]:
    opened, free = times.open_of(resource.id), times.free_of(resource.id)
    week = [monday + timedelta(days=number) for number in range(_WEEK)]
    return [
        days.day_strip(
            day, opened, free, times.days.zone,
            url=booking_url(resource.slug, tag=day.isoformat()) if day >= timezone.localdate() else "",
        )
        for day in week
    ]  # fmt: skip


def _turn(slug: str, monday: date, view: str) -> tuple[str, str, str]:
    """Links to the week before, to this week, to the week after; none into the past."""
    this_week = weeks.monday_of(timezone.localdate())
    before, after = monday - timedelta(days=_WEEK), monday + timedelta(days=_WEEK)
    return (
        _week_url(slug, before, view) if before >= this_week else "",
        _week_url(slug, this_week, view) if monday != this_week else "",
        _week_url(slug, after, view),
    )


def _week_url(slug: str, monday: date, view: str) -> str:
    path = reverse("resource_page", args=[slug])
    url = with_query(path, woche=monday.isoformat(), ansicht="balken" if view == "balken" else "")
    return f"{url}#zeiten"


def _tabs(slug: str, monday: date, view: str) -> list[NavItem]:
    return [
        NavItem(_("Als Tabelle"), _week_url(slug, monday, "tabelle"), is_current=view == "tabelle"),
        NavItem(_("Als Balken"), _week_url(slug, monday, "balken"), is_current=view == "balken"),
    ]


def _crumbs(resource: ResourceView) -> list[Crumb]:
    return [
        Crumb(_("Start"), reverse("town_home")),
        Crumb(resource.location.name, reverse("location_page", args=[resource.location.slug])),
        Crumb(resource.name),
    ]

"""How a location is taken: a day of all its resources, a week for the notice board, a display without navigation.

Not here: one resource with links to book (``resource``), the staff's plan (``backoffice.views.plan``).
"""

from datetime import date, timedelta
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking_core.catalog.contracts import OpeningRules, PlanResource
from booking_core.catalog.plan_queries import plan_resources
from booking_core.catalog.queries import location_by_slug, opening_rules
from booking_core.kernel.errors import NotFound
from booking_core.kernel.spans import Span
from booking_core.reservations.queries.free_time import open_within
from booking_core.reservations.queries.timelines import timeline
from booking_core.web.citizen.presenters import occupancy
from booking_core.web.citizen.presenters.links import booking_url, with_query
from booking_core.web.citizen.presenters.weeks import monday_of, week_caption
from booking_core.web.time_axis import Axis, asked_day, day_axis, day_axis_of, hours_note, week_axis
from design_system.contracts import Crumb, NavItem
from design_system.templatetags.formats import clock, long_date
from tenants.context import tenant_zone

_WEEK = 7


@require_safe
def occupancy_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One day as a bar, or one week as a plan that prints on one sheet."""
    resources, name = _shown_resources(slug)
    today = timezone.localdate()
    day = asked_day(request.GET.get("tag", ""), default=today)
    is_week = request.GET.get("ansicht") == "woche"
    context = {
        "name": name,
        "slug": slug,
        "is_week": is_week,
        "tabs": _tabs(slug, day, is_week=is_week),
        "turn": _turn(slug, day, today, is_week=is_week),
        "day": day,
        "today": today,
        "printed": long_date(today),
        "display_url": reverse("occupancy_display", args=[slug]),
        "breadcrumbs": [
            Crumb(_("Start"), reverse("town_home")),
            Crumb(name, reverse("location_page", args=[slug])),
            Crumb(_("Belegung")),
        ],
        **(_week(resources, monday_of(day), today) if is_week else _day(resources, day, name)),
    }
    return render(request, "citizen/occupancy.html", context)


@require_safe
def occupancy_display(request: HttpRequest, slug: str) -> HttpResponse:
    """Today on a screen in the foyer: nothing to press, refreshed every five minutes."""
    resources, name = _shown_resources(slug)
    today = timezone.localdate()
    context = {
        "name": name,
        "lead": long_date(today),
        "as_of": clock(timezone.now()),
        "path": request.path,
        **_day(resources, today, name, with_links=False),
    }
    return render(request, "citizen/occupancy_display.html", context)


def _shown_resources(slug: str) -> tuple[tuple[PlanResource, ...], str]:
    """The location's resources and its name. Raises NotFound where the town shows nothing."""
    resources = plan_resources(location_slug=slug, published_only=True)
    if resources:
        shown, name = resources[0].occupancy_shown, resources[0].location_name
    else:
        location = location_by_slug(slug)
        shown, name = location.occupancy_shown, location.name
    if shown == "nothing":
        raise NotFound(_("Die Belegung dieses Ortes ist nicht öffentlich."))
    return resources, name


def _occupied(resources: tuple[PlanResource, ...], span: Span) -> occupancy.Occupied:
    """Four statements, whatever the number of resources."""
    ids = [one.id for one in resources]
    if not ids:
        return occupancy.Occupied((), {}, {})
    rules = opening_rules(ids)
    opened = {one: open_within(rules.get(one, OpeningRules()), span) for one in ids}
    entries = timeline(ids, span, now=timezone.now())
    return occupancy.Occupied(resources, opened, occupancy.by_resource(entries))


def _day(
    resources: tuple[PlanResource, ...], day: date, name: str, *, with_links: bool = True
) -> dict[str, object]:
    zone = tenant_zone()
    whole = day_axis(day, zone, from_hour=0)
    occupied = _occupied(resources, whole.span)
    opened, entries = chain(*occupied.opened.values()), chain(*occupied.entries.values())
    axis = day_axis_of(day, zone, opened=opened, taken=(one.span for one in entries))
    caption = _("Belegung %(place)s am %(day)s") % {"place": name, "day": long_date(day)}
    urls = {}
    if with_links and day >= timezone.localdate():
        urls = {one.id: booking_url(one.slug, tag=day.isoformat()) for one in resources}
    bar = occupancy.day_bar(occupied, axis, day, caption=caption, urls=urls)
    return {"bar": bar, "lead": long_date(day), "note": hours_note(day, zone), "is_empty": not resources}


def _week(resources: tuple[PlanResource, ...], monday: date, today: date) -> dict[str, object]:
    axis: Axis = week_axis(monday, tenant_zone())
    occupied = _occupied(resources, axis.span)
    caption = week_caption(monday)
    return {
        "plan": occupancy.week_plan(occupied, axis, monday, caption=caption, today=today),
        "lead": caption,
        "is_empty": not resources,
    }


def _url(slug: str, day: date, *, is_week: bool) -> str:
    path = reverse("occupancy_page", args=[slug])
    return with_query(path, ansicht="woche" if is_week else "", tag=day.isoformat())


def _tabs(slug: str, day: date, *, is_week: bool) -> list[NavItem]:
    return [
        NavItem(_("Tag"), _url(slug, day, is_week=False), is_current=not is_week),
        NavItem(_("Wochenplan"), _url(slug, day, is_week=True), is_current=is_week),
    ]


def _turn(slug: str, day: date, today: date, *, is_week: bool) -> dict[str, str]:
    """Links to what comes before, to now, to what comes after."""
    step = timedelta(days=_WEEK if is_week else 1)
    shows_now = monday_of(day) == monday_of(today) if is_week else day == today
    return {
        "previous": _url(slug, day - step, is_week=is_week),
        "now": "" if shows_now else _url(slug, today, is_week=is_week),
        "next": _url(slug, day + step, is_week=is_week),
    }

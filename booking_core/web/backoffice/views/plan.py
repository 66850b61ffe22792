"""The plan of all halls: a day or a week as a time bar, by location; stretches lead to their booking or to moving it.

Not here: the list of today's uses (``views.today``), moving itself (``views.booking``).
"""

from datetime import date, timedelta
from itertools import chain

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import OpeningRules, PlanResource
from booking_core.catalog.plan_queries import plan_resources
from booking_core.catalog.queries import opening_rules
from booking_core.identity.access import access_location
from booking_core.reservations.queries.free_time import open_within
from booking_core.reservations.queries.timelines import timeline
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.pages import StaffRequest, may, office_page
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.plan import PlanPage, place_filter, plan_bar, plan_url
from booking_core.web.time_axis import Axis, asked_day, day_axis, day_axis_of, hours_note, week_axis
from design_system.contracts import NavItem
from design_system.plans import BarMark, TimeBar
from design_system.templatetags.formats import long_date
from tenants.context import tenant_zone

SECTION = "backoffice_plan"


def plan(request: StaffRequest) -> HttpResponse:
    """Show a day, or the week it lies in, of all locations or of one."""
    today = timezone.localdate()
    day = asked_day(request.GET.get("tag", ""), default=today)
    is_week = request.GET.get("ansicht") == "woche"
    resources = plan_resources(location_ids=request.staff.location_ids)
    places = {one.location_id: one.location_name for one in resources}
    chosen = _place(request, places)
    shown = tuple(one for one in resources if chosen in (None, one.location_id))
    monday = day - timedelta(days=day.weekday())
    title = _("Woche vom %(day)s") % {"day": long_date(monday)} if is_week else long_date(day)
    context = {
        "title": _("Plan"),
        "lead": title,
        "note": "" if is_week else hours_note(day, tenant_zone()),
        "actions": _turns(day, today, is_week=is_week, place=chosen),
        "tabs": [
            NavItem(_("Tag"), plan_url(day, is_week=False, place=chosen), is_current=not is_week),
            NavItem(_("Woche"), plan_url(day, is_week=True, place=chosen), is_current=is_week),
        ],
        "filters": place_filter(places, chosen, day=day, is_week=is_week),
        "bar": _bar(request, shown, monday if is_week else day, title, is_week=is_week) if shown else None,
        "can_move": may(request, roles.DECIDE),
        "can_edit_catalogue": may(request, roles.EDIT_CATALOGUE),
    }
    return office_page(request, "plan.html", context, section=SECTION)


def _bar(
    request: StaffRequest, resources: tuple[PlanResource, ...], day: date, title: str, *, is_week: bool
) -> TimeBar:
    """Four statements, whatever the number of resources: three for opening hours, one for what is taken."""
    zone, ids = tenant_zone(), [one.id for one in resources]
    axis = week_axis(day, zone) if is_week else day_axis(day, zone, from_hour=0)
    entries = timeline(ids, axis.span, now=timezone.now())
    rules = opening_rules(ids)
    opened = {one: open_within(rules.get(one, OpeningRules()), axis.span) for one in ids}
    if not is_week:
        spans = chain.from_iterable(opened.values())
        axis = day_axis_of(day, zone, opened=spans, taken=(one.span for one in entries))
    page = PlanPage(
        resources=resources,
        opened=opened,
        entries=entries,
        axis=axis,
        can_move=may(request, roles.DECIDE),
        several_places=len({one.location_id for one in resources}) > 1,
    )
    return plan_bar(page, caption=title, marks=_marks(axis, is_week=is_week), is_week=is_week)


def _marks(axis: Axis, *, is_week: bool) -> list[BarMark]:
    return axis.day_marks(timezone.localdate()) if is_week else axis.hour_marks()


def _place(request: StaffRequest, places: dict[int, str]) -> int | None:
    """The location asked for, if it is one of the member's. Raises NotFound."""
    text = request.GET.get("ort", "")
    if not text.isdecimal() or int(text) not in places:
        return None
    return access_location(request.staff, int(text))


def _turns(day: date, today: date, *, is_week: bool, place: int | None) -> list[Action]:
    step = timedelta(days=7 if is_week else 1)

    def url(to: date) -> str:
        return plan_url(to, is_week=is_week, place=place)

    return [
        Action(_("Zurück"), url(day - step), "chevron-left"),
        *([Action(_("Heute"), url(today))] if day != today else []),
        Action(_("Weiter"), url(day + step), "chevron-right"),
    ]

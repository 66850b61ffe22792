"""The first page of the back office: one day of all halls, what is due, who comes and goes.

Not here: deciding (``views.inbox``).
"""

from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.pages import StaffRequest, may, office_page
from booking_core.web.backoffice.presenters.day import (
    day_strips,
    day_table,
    handovers,
    standing_dates,
    waiting_words,
)
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.settlements import due_words
from booking_core.workflows.desk import desk_for
from design_system.templatetags.formats import long_date
from tenants.context import tenant_zone

SECTION = "backoffice_today"


def today(request: StaffRequest) -> HttpResponse:
    """Show one day, today unless ``tag`` names another."""
    now_on = timezone.localdate()
    day = _day(request.GET.get("tag", "")) or now_on
    desk, zone = desk_for(day, member=request.staff), tenant_zone()
    start = reverse(SECTION)
    actions = [
        Action(_("Tag zurück"), f"{start}?tag={day - timedelta(days=1)}", "chevron-left"),
        *([Action(_("Heute"), start)] if day != now_on else []),
        Action(_("Tag vor"), f"{start}?tag={day + timedelta(days=1)}", "chevron-right"),
    ]
    if may(request, roles.DECIDE):
        actions.append(Action(_("Neue Buchung"), reverse("backoffice_booking_new"), "plus", "primary"))
    context = {
        "title": _("Heute") if day == now_on else long_date(day),
        "lead": long_date(day) if day == now_on else "",
        "day": day,
        "actions": actions,
        "strips": day_strips(desk.resources, desk.entries, day, zone),
        "strips_label": _("Belegung am %(day)s") % {"day": long_date(day)},
        "uses": day_table(desk.entries, day, zone),
        "handovers": handovers(desk, zone),
        "waiting": waiting_words(desk.waiting) if may(request, roles.SEE_INBOX) else None,
        "standing": standing_dates(desk.entries, now=timezone.now()) if may(request, roles.NOTE) else [],
        "to_settle": due_words(desk.to_settle) if desk.to_settle and may(request, roles.SETTLE) else "",
        "can_edit_catalogue": may(request, roles.EDIT_CATALOGUE),
    }
    return office_page(request, "today.html", context, section=SECTION)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 1) < day < date(2200, 1, 1) else None

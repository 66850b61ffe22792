"""The origin of an own ordinance: what changed there, what was changed here, taking single changes over.

Not here: merging documents (``engines.ordinance.merging``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Standing
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page
from booking_core.web.backoffice.presenters.cases import version_name
from design_system.contracts import Crumb
from partnership.adopting import keep_as_is, origin_page, take_over_changes
from partnership.presenters import change_view, update_views

SECTION = "backoffice_ordinances"


def origin(request: StaffRequest, ordinance_id: int) -> HttpResponse:
    """Three texts side by side: the origin as taken, as it is now, and the own one."""
    page = origin_page(ordinance_id)
    own = page.adopted.own
    context = {
        "title": _("Herkunft: %(name)s") % {"name": own.ordinance_name},
        "page": page,
        "origin": page.adopted.origin,
        "own_name": version_name(own),
        "own_url": reverse("backoffice_version", args=[own.id]),
        "is_draft": own.state == "draft",
        "draft_url": reverse("backoffice_draft", args=[own.id]) if own.state == "draft" else "",
        "open": update_views(page.standing(Standing.OPEN)),
        "colliding": update_views(page.standing(Standing.COLLIDES)),
        "taken": update_views(page.standing(Standing.TAKEN)),
        "own_changes": [change_view(one) for one in page.own],
        "can_edit": may(request, roles.EDIT_ORDINANCES),
        "ordinance_id": ordinance_id,
    }
    crumbs = [
        Crumb(_("Ordnungen"), reverse(SECTION)),
        Crumb(own.ordinance_name, reverse("backoffice_version", args=[own.id])),
        Crumb(_("Herkunft")),
    ]
    return office_page(request, "exchange/origin.html", context, section=SECTION, crumbs=crumbs)


def take_change(request: StaffRequest, ordinance_id: int) -> HttpResponse:
    """Take one change over into the draft, also against the own one if so wanted, or all open ones together."""
    section, name = request.POST.get("section", ""), request.POST.get("id", "")
    try:
        version = take_over_changes(
            ordinance_id,
            only=(section, name) if section else None,
            is_forced=request.POST.get("trotzdem") == "1",
            actor=actor_of(request),
        )
    except BookingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Übernommen in: %(name)s") % {"name": version_name(version)})
    return redirect("backoffice_origin", ordinance_id)


def settle_origin(request: StaffRequest, ordinance_id: int) -> HttpResponse:
    """The changes so far are dealt with: compare with the origin's present text from now on."""
    try:
        keep_as_is(ordinance_id, actor=actor_of(request))
    except BookingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Erledigt. Wir melden uns, wenn die Vorlage sich wieder ändert."))
    return redirect("backoffice_origin", ordinance_id)

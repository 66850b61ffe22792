"""Pages of the console. Who may come in is declared in ``urls`` and checked by ``gate``."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking_core.identity.contracts import Actor
from booking_core.identity.queries import audit_rows
from booking_core.kernel.errors import BookingError
from operator_console import presenters, queries, services
from operator_console.forms import ReasonForm, TownFilterForm
from subscriptions.queries.towns import subscriptions

_SWITCHES = {"abschalten": services.suspend_town, "einschalten": services.resume_town}


@require_safe
def town_list(request: HttpRequest) -> HttpResponse:
    """All towns, filtered by the address."""
    form = TownFilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.towns(state=chosen.get("state", ""), text=chosen.get("q", ""))
    context = {
        "form": form,
        "table": presenters.town_table(
            found, subscriptions([row.id for row in found], today=timezone.localdate())
        ),
        "numbers": presenters.town_numbers(found),
        "side_nav": presenters.navigation("towns"),
    }
    return render(request, "operator_console/towns.html", context)


@require_safe
def town(request: HttpRequest, tenant_id: int) -> HttpResponse:
    """One town: health, domains, actions, what operators did."""
    page = queries.town_page(tenant_id)
    fee = subscriptions([tenant_id], today=timezone.localdate()).get(tenant_id)
    context = {
        "page": page,
        "facts": presenters.town_facts(page, fee),
        "health": presenters.health_facts(page.health),
        "audit": presenters.audit_table(
            audit_rows(subject_type="town", subject_id=str(tenant_id)), {str(tenant_id): page.row.name}
        ),
        "side_nav": presenters.navigation("towns"),
    }
    return render(request, "operator_console/town.html", context)


@require_http_methods(["GET", "POST"])
def switch_town(request: HttpRequest, tenant_id: int, action: str) -> HttpResponse:
    """Suspend or resume a town, with a reason."""
    if action not in _SWITCHES:
        raise Http404
    page = queries.town_page(tenant_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _SWITCHES[action](tenant_id, reason=form.cleaned_data["reason"], actor=_actor(request))
        except BookingError as fault:
            form.add_error(fault.field or None, str(fault))
        else:
            messages.success(request, _("Gespeichert. Die Änderung gilt sofort."))
            return redirect("operator_town", tenant_id)
    context = {"page": page, "form": form, "action": action, "side_nav": presenters.navigation("towns")}
    return render(request, "operator_console/switch.html", context)


@require_safe
def sign_up_list(request: HttpRequest) -> HttpResponse:
    """Sign-ups in progress, sent and done."""
    context = {
        "table": presenters.sign_up_table(queries.sign_ups()),
        "side_nav": presenters.navigation("sign_ups"),
    }
    return render(request, "operator_console/sign_ups.html", context)


@require_safe
def sign_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What one sign-up has answered so far."""
    row = queries.sign_up(uuid)
    context = {
        "row": row,
        "answers": presenters.answer_rows(row),
        "side_nav": presenters.navigation("sign_ups"),
    }
    return render(request, "operator_console/sign_up.html", context)


@require_safe
def audit_log(request: HttpRequest) -> HttpResponse:
    """What operators did, newest first."""
    context = {
        "table": presenters.audit_table(audit_rows(), queries.town_names()),
        "side_nav": presenters.navigation("audit"),
    }
    return render(request, "operator_console/audit.html", context)


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    return Actor(label=str(user), user_id=user.pk, by_staff=True)

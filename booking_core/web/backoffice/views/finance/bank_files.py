"""Files for the bank: the list, one of them with its orders, release, download, carried out, given up.

Not here: making them (``refunds``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.bank.sepa_files import bank_file
from booking_core.finance.bank_contracts import RunView
from booking_core.finance.errors import NotReleased
from booking_core.finance.queries.bank_orders import RUN_STATES, bank_runs, run_by_uuid
from booking_core.finance.services.bank_runs import execute_run, release_run, withdraw_run
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.movements import ReasonForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.finance.bank import (
    RUN_TONES,
    order_table,
    run_facts,
    run_state_words,
    run_table,
)
from booking_core.web.backoffice.views.finance.invoices import SECTION
from design_system.contracts import Crumb, NavItem

LIST = "backoffice_bank_files"


def bank_files(request: StaffRequest) -> HttpResponse:
    """All files, newest first."""
    require_all_locations(request)
    wanted = request.GET.get("liste", "")
    state = wanted if wanted in RUN_STATES else ""
    base = reverse(LIST)
    tabs = [NavItem(_("alle"), base, not state)]
    tabs += [NavItem(run_state_words(one), f"{base}?liste={one}", one == state) for one in RUN_STATES]
    context = {
        "title": _("Dateien für die Bank"),
        "tabs": tabs,
        "table": run_table(bank_runs(state=state), caption=_("Dateien für die Bank")),
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Dateien für die Bank"))]
    return office_page(request, "finance/deposits.html", context, section=SECTION, crumbs=crumbs)


def bank_file_page(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One file: its orders and total, and what can be done with it now."""
    require_all_locations(request)
    run = run_by_uuid(uuid)
    return _page(request, run, "")


def bank_file_step(request: StaffRequest, uuid: UUID, step: str) -> HttpResponse:
    """Release a file, note that it was carried out, or give it up."""
    require_all_locations(request)
    if step == "verwerfen":
        return _withdraw(request, uuid)
    steps = {
        "freigeben": (release_run, _("Freigegeben. Die Datei kann nun geladen werden.")),
        "ausgefuehrt": (execute_run, _("Gebucht. Alle Aufträge stehen im Kassenbuch.")),
    }
    if step not in steps:
        raise Http404
    if request.method != "POST":
        return redirect("backoffice_bank_file", uuid)
    act, done = steps[step]
    try:
        act(uuid, actor=actor_of(request), now=timezone.now())
    except BookingError as error:
        return _page(request, run_by_uuid(uuid), str(error))
    messages.success(request, done)
    return redirect("backoffice_bank_file", uuid)


def bank_file_download(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The XML for the bank: the same bytes each time, and only once it may leave."""
    require_all_locations(request)
    run = run_by_uuid(uuid)
    if run.state == "waiting":
        raise NotReleased(_("Diese Datei muss erst eine zweite Person freigeben."))
    name = f"{'pain.008' if run.is_debit else 'pain.001'}-{run.run_on.isoformat()}-{run.uuid.hex[:8]}.xml"
    return HttpResponse(
        bank_file(run),
        headers={
            "Content-Type": "application/xml",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _page(request: StaffRequest, run: RunView, fault: str) -> HttpResponse:
    may_record = may(request, roles.RECORD_MONEY)
    is_mine = request.staff.user_id == run.creator
    context = {
        "title": _("Lastschriften") if run.is_debit else _("Überweisungen"),
        "lead": _("Datei für die Bank"),
        "fault": fault,
        "state": run_state_words(run.state),
        "tone": RUN_TONES[run.state],
        "facts": run_facts(run),
        "orders": order_table(run.orders, caption=_("Aufträge")),
        "total": run.total,
        "file_url": reverse("backoffice_bank_file_xml", args=[run.uuid])
        if may_record and run.state in {"ready", "executed"}
        else "",
        "release_url": reverse("backoffice_bank_file_step", args=[run.uuid, "freigeben"])
        if may_record and run.state == "waiting" and not is_mine
        else "",
        "waits_for_other": run.state == "waiting" and is_mine,
        "execute_url": reverse("backoffice_bank_file_step", args=[run.uuid, "ausgefuehrt"])
        if may_record and run.state == "ready"
        else "",
        "withdraw_url": reverse("backoffice_bank_file_step", args=[run.uuid, "verwerfen"])
        if may_record and run.state in {"ready", "waiting"}
        else "",
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Dateien für die Bank"), reverse(LIST)),
              Crumb(run.run_on.isoformat())]  # fmt: skip
    return office_page(
        request,
        "finance/bank_file.html",
        context,
        section=SECTION,
        crumbs=crumbs,
        status=409 if fault else 200,
    )


def _withdraw(request: StaffRequest, uuid: UUID) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    back = reverse("backoffice_bank_file", args=[uuid])
    if form.is_valid():
        try:
            withdraw_run(uuid, reason=form.cleaned_data["text"], actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(
                request, _("Die Datei ist verworfen. Geben Sie sie nicht mehr bei der Bank ein.")
            )
            return redirect(back)
    context = {
        "title": _("Datei verwerfen?"),
        "sentences": [_("Verwerfen Sie nur, was nicht bei der Bank liegt. Die Aufträge enden damit.")],
        "form": form,
        "submit": _("Ja, verwerfen"),
        "cancel_url": back,
    }
    crumbs = [
        Crumb(_("Kasse"), reverse(SECTION)),
        Crumb(_("Dateien für die Bank"), reverse(LIST)),
        Crumb(_("Verwerfen")),
    ]
    return office_page(
        request, "confirm_page.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )

"""Reminders: what is due as a tick list, a run with its progress, and the stop for an invoice in dispute.

Not here: reminding of one invoice (``movements``), what is allowed (``finance.services.reminders``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.reminders import (
    ReminderRun,
    due_reminders,
    open_runs,
    reminder_run,
    stopped_invoices,
)
from booking_core.finance.services.reminders import allow_reminders, stop_reminders
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.kernel.money import Money
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.movements import StopForm
from booking_core.web.backoffice.forms.finance.reminders import ReminderRunForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    require,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.finance.reminders import (
    reminder_choices,
    run_lines,
    run_words,
    stopped_table,
)
from booking_core.web.backoffice.presenters.inbox import Notice
from booking_core.web.backoffice.views.finance.invoices import SECTION, invoice_crumbs
from booking_core.workflows.reminding import start_reminder_run
from booking_core.workflows.tasks import call_reminders
from design_system.contracts import Crumb
from design_system.templatetags.formats import euro

LIST = "backoffice_reminders"
RUN = "backoffice_reminder_run"


def reminder_list(request: StaffRequest) -> HttpResponse:
    """Invoices whose next reminder is due, to be ticked and sent together; what is stopped; runs under way."""
    require_all_locations(request)
    today = timezone.localdate()
    due = due_reminders(today=today)
    form = ReminderRunForm(request.POST or None, choices=reminder_choices(due))
    if request.method == "POST":
        require(request, roles.RECORD_MONEY)
        if form.is_valid():
            try:
                run = start_reminder_run(form.uuids(), actor=actor_of(request), now=timezone.now())
            except BookingError as error:
                show_error(form, error)
            else:
                call_reminders(run, actor=actor_of(request))
                return redirect(RUN, run)
    count = ngettext("%(count)s Rechnung", "%(count)s Rechnungen", len(due)) % {"count": len(due)}
    total = Money(sum(row.balance.cents for row in due))
    may_send = may(request, roles.RECORD_MONEY)
    context = {
        "title": _("Mahnungen"),
        "lead": _("Zu mahnen: %(count)s, zusammen %(sum)s") % {"count": count, "sum": euro(total)},
        "form": form if due and may_send else None,
        "choices": [label for _value, label in reminder_choices(due)] if not may_send else [],
        "is_empty": not due,
        "stopped": stopped_table(stopped_invoices(today=today)),
        "notices": [_under_way(run) for run in open_runs()],
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Mahnungen"))]
    status = refusal_status(form) if request.method == "POST" else 200
    return office_page(
        request, "finance/reminders.html", context, section=SECTION, crumbs=crumbs, status=status
    )


def run_page(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """A run: how far it has come, and what came of each invoice. htmx asks for the inner part alone."""
    require_all_locations(request)
    run = _run(uuid)
    context = {
        "title": _("Mahnungen werden verschickt") if not run.is_over else _("Mahnungen verschickt"),
        "run": run,
        "count": len(run.lines),
        "progress": run_words(run),
        "table": run_lines(run),
        "may_send": may(request, roles.RECORD_MONEY),
    }
    if request.htmx:
        return render(request, "backoffice/finance/reminder_run_state.html", context)
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Mahnungen"), reverse(LIST)), Crumb(_("Lauf"))]
    return office_page(request, "finance/reminder_run.html", context, section=SECTION, crumbs=crumbs)


def run_again(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Call the worker again: what is sent stays sent, what is left goes out."""
    require_all_locations(request)
    _run(uuid)
    call_reminders(uuid, actor=actor_of(request))
    messages.info(request, _("Der Lauf geht weiter. Keine Mahnung geht doppelt hinaus."))
    return redirect(RUN, uuid)


def stop(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Send no reminder of an invoice in dispute, with the reason and until which day."""
    require_all_locations(request)
    found = invoice_by_uuid(uuid)
    form = StopForm(request.POST or None)
    if form.is_valid():
        reason, until = form.cleaned_data["text"], form.cleaned_data["until"]
        try:
            stop_reminders(uuid, reason=reason, until=until, actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Die Mahnsperre gilt."))
            return redirect("backoffice_invoice", uuid)
    context = {
        "title": _("Mahnsperre für %(number)s") % {"number": found.row.number},
        "lead": f"{found.row.party_name} · {euro(found.row.balance)}",
        "form": form,
        "submit": _("Nicht mahnen"),
        "back_url": reverse("backoffice_invoice", args=[uuid]),
    }
    crumbs = invoice_crumbs(found, _("Mahnsperre"))
    status = refusal_status(form)
    return office_page(request, "form_page.html", context, section=SECTION, crumbs=crumbs, status=status)


def lift(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Let reminders go out again."""
    require_all_locations(request)
    found = invoice_by_uuid(uuid)
    if request.method == "POST":
        allow_reminders(uuid, actor=actor_of(request))
        messages.success(request, _("Die Mahnsperre ist aufgehoben."))
        return redirect("backoffice_invoice", uuid)
    context = {
        "title": _("Mahnsperre für %(number)s aufheben?") % {"number": found.row.number},
        "lead": found.stop.reason if found.stop is not None else "",
        "sentences": [_("Danach steht die Rechnung wieder unter „Zu mahnen“, sobald ihre Frist um ist.")],
        "submit": _("Ja, aufheben"),
        "tone": "primary",
        "cancel_url": reverse("backoffice_invoice", args=[uuid]),
    }
    crumbs = invoice_crumbs(found, _("Mahnsperre"))
    return office_page(request, "confirm_page.html", context, section=SECTION, crumbs=crumbs)


def _run(uuid: UUID) -> ReminderRun:
    run = reminder_run(uuid)
    if run is None:
        raise NotFound(
            _("Diesen Lauf gibt es nicht, oder seine Rechnungen stehen inzwischen in einem neuen.")
        )
    return run


def _under_way(run: UUID) -> Notice:
    title = _("Ein Lauf ist noch nicht fertig.")
    return Notice("info", title, "", reverse(RUN, args=[run]), _("Lauf ansehen"))

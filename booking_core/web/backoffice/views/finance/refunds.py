"""Money that goes back or is debited: choose it, put it into a file for the bank, take an order back.

Not here: files that are made (``bank_files``), what is allowed (``finance.services``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.queries.bank_candidates import (
    candidate_of_booking,
    candidate_of_invoice,
    debit_candidates,
    refund_candidates,
)
from booking_core.finance.queries.bank_orders import bank_runs, prepared_orders
from booking_core.finance.services.bank_orders import order_refund, order_return, withdraw_order
from booking_core.finance.services.bank_runs import make_debit_run, make_run
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.bank import RefundForm, RunForm
from booking_core.web.backoffice.forms.finance.movements import ReasonForm
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
from booking_core.web.backoffice.presenters.finance.bank import candidate_table, order_table, run_table
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.views.finance.invoices import SECTION
from design_system.contracts import Crumb
from design_system.templatetags.formats import euro

REFUNDS = "backoffice_refunds"
DEBITS = "backoffice_debits"


def refunds(request: StaffRequest) -> HttpResponse:
    """What goes back: not prepared yet, prepared, and files that wait for a second person."""
    require_all_locations(request)
    orders = prepared_orders()
    choices = [(str(one.uuid), f"{one.number} · {one.account.holder} · {euro(one.amount)}") for one in orders]
    form = RunForm(request.POST or None, choices=choices)
    if request.method == "POST":
        require(request, roles.RECORD_MONEY)
        if form.is_valid():
            try:
                chosen = [UUID(one) for one in form.cleaned_data["chosen"]]
                run = make_run(
                    chosen, run_on=form.cleaned_data["run_on"], actor=actor_of(request), now=timezone.now()
                )
            except BookingError as error:
                show_error(form, error)
            else:
                return redirect("backoffice_bank_file", run)
    may_record = may(request, roles.RECORD_MONEY)
    context = {
        "title": _("Erstattungen"),
        "lead": _("Guthaben und Kautionen, die zurückgehen. Erst vorbereiten, dann gesammelt überweisen."),
        "actions": [Action(_("Dateien für die Bank"), reverse("backoffice_bank_files"), "document")],
        "waiting": run_table(bank_runs(state="waiting"), caption=_("Freizugeben")),
        "candidates": candidate_table(refund_candidates(), may_prepare=may_record),
        "orders": order_table(orders, may_withdraw=may_record, caption=_("Vorbereitet")),
        "form": form if orders and may_record else None,
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Erstattungen"))]
    return office_page(
        request,
        "finance/refunds.html",
        context,
        section=SECTION,
        crumbs=crumbs,
        status=refusal_status(form) if request.method == "POST" else 200,
    )


def refund_prepare(request: StaffRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Name the account a credit or a deposit goes back to."""
    require_all_locations(request)
    if kind not in {"guthaben", "kaution"}:
        raise Http404
    is_credit = kind == "guthaben"
    found = candidate_of_invoice(uuid) if is_credit else candidate_of_booking(uuid)
    account = found.account
    initial = {"amount": found.amount, "holder": account.holder if account else found.party_name,
               "iban": account.iban if account else "", "bic": account.bic if account else ""}  # fmt: skip
    form = RefundForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            order = order_refund if is_credit else order_return
            order(uuid, form.wish(), actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Vorbereitet. Nehmen Sie es nun in eine Datei für die Bank auf."))
            return redirect(REFUNDS)
    context = {
        "title": _("Guthaben erstatten") if is_credit else _("Kaution zurücküberweisen"),
        "lead": f"{found.number} · {found.party_name}",
        "form": form,
        "submit": _("Vorbereiten"),
        "back_url": reverse(REFUNDS),
    }
    return _form_page(
        request, context, Crumb(_("Erstattungen"), reverse(REFUNDS)), status=refusal_status(form)
    )


def order_withdraw(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Take an order back that is in no file yet."""
    require_all_locations(request)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_order(
                uuid, reason=form.cleaned_data["text"], actor=actor_of(request), now=timezone.now()
            )
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Zurückgenommen."))
            return redirect(REFUNDS)
    context = {
        "title": _("Auftrag zurücknehmen?"),
        "form": form,
        "submit": _("Zurücknehmen"),
        "back_url": reverse(REFUNDS),
    }
    return _form_page(
        request, context, Crumb(_("Erstattungen"), reverse(REFUNDS)), status=refusal_status(form)
    )


def debits(request: StaffRequest) -> HttpResponse:
    """Open invoices that announced a debit; put them into a file."""
    require_all_locations(request)
    found = debit_candidates(now=timezone.now())
    choices = [(str(one.invoice), f"{one.number} · {one.party_name} · {euro(one.amount)}") for one in found]
    form = RunForm(request.POST or None, choices=choices,
                   initial={"run_on": max([one.announced_on for one in found] + [timezone.localdate()])})  # fmt: skip
    if form.is_valid():
        try:
            chosen = [UUID(one) for one in form.cleaned_data["chosen"]]
            run = make_debit_run(
                chosen, run_on=form.cleaned_data["run_on"], actor=actor_of(request), now=timezone.now()
            )
        except BookingError as error:
            show_error(form, error)
        else:
            return redirect("backoffice_bank_file", run)
    context = {
        "title": _("Lastschriften"),
        "lead": _(
            "Offene Rechnungen, die einen Einzug angekündigt haben. Mandate stehen bei der Kundschaft."
        ),
        "actions": [Action(_("Dateien für die Bank"), reverse("backoffice_bank_files"), "document")],
        "form": form if found else None,
        "submit": _("Datei anlegen"),
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Lastschriften"))]
    return office_page(
        request, "finance/debits.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


def _form_page(
    request: StaffRequest, context: dict[str, object], crumb: Crumb, *, status: int
) -> HttpResponse:
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), crumb, Crumb(str(context["title"]))]
    return office_page(request, "form_page.html", context, section=SECTION, crumbs=crumbs, status=status)

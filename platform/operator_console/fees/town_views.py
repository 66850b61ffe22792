"""One town's fee: subscription, documents, movements, and what operators do about them, each with a reason.

Not here: the town's other facts (``operator_console.views``).
"""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking_core.identity.queries import audit_rows
from booking_core.kernel.errors import NotFound
from operator_console.fees import presenters
from operator_console.fees.forms import PaymentForm, TrialForm
from operator_console.fees.pages import fee_page, form_page, operator_of
from operator_console.forms import ReasonForm
from operator_console.presenters import audit_table
from operator_console.queries import town_name
from subscriptions.contracts import FeeInvoiceRow
from subscriptions.presenters import billing_rows, online_table, subscription_rows
from subscriptions.queries.invoices import entries_of, invoice_row, invoices_of
from subscriptions.queries.online import online_invoices
from subscriptions.queries.towns import entry_town, subscription_of
from subscriptions.services import accounts, invoicing, ledger


@require_safe
def fee_town(request: HttpRequest, tenant_id: int) -> HttpResponse:
    """Everything about one town's fee. A town from before there was a fee begins its trial here."""
    today = timezone.localdate()
    name = town_name(tenant_id)
    try:
        one = subscription_of(tenant_id, today=today)
    except NotFound:
        accounts.open_subscription(tenant_id, today=today)
        one = subscription_of(tenant_id, today=today)
    online = online_invoices(tenant_id)
    context = {
        "one": one,
        "name": name,
        "rows": subscription_rows(one),
        "billing": billing_rows(one),
        "online": online_table(online) if online else None,
        "invoices": presenters.town_invoices(invoices_of(tenant_id, today=today)),
        "entries": presenters.entry_table(entries_of(tenant_id)),
        "audit": audit_table(
            [
                row
                for row in audit_rows(subject_type="town", subject_id=str(tenant_id))
                if _is_about_fees(row.action)
            ],
            {str(tenant_id): name},
        ),
    }
    return fee_page(request, "town.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def extend_trial(request: HttpRequest, tenant_id: int) -> HttpResponse:
    """Lengthen a town's trial."""
    one = subscription_of(tenant_id, today=timezone.localdate())
    form = TrialForm(request.POST or None, initial={"until": one.trial_ends_on})
    return form_page(
        request,
        form,
        lambda: accounts.extend_trial(
            tenant_id,
            form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            actor=operator_of(request),
            now=timezone.now(),
        ),
        done_url=reverse("operator_fee_town", args=[tenant_id]),
        context={
            "title": _("Probezeit von %(town)s verlängern") % {"town": one.town},
            "submit": _("Verlängern"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invoice_step(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """Record a payment, waive, or cancel an invoice."""
    row = invoice_row(uuid, today=timezone.localdate())
    if step == "zahlung":
        return _payment(request, row)
    if step == "erlassen":
        return _with_reason(
            request, row, _("%(number)s erlassen"), _("Offenen Betrag erlassen"), ledger.waive
        )
    if step == "stornieren":
        return _with_reason(request, row, _("%(number)s stornieren"), _("Stornorechnung schreiben"),
                            invoicing.cancel_invoice)  # fmt: skip
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def reverse_entry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back a payment or waiver recorded by mistake."""
    tenant_id = entry_town(uuid)
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: ledger.reverse_entry(
            uuid, reason=form.cleaned_data["reason"], actor=operator_of(request), now=timezone.now()
        ),
        done_url=reverse("operator_fee_town", args=[tenant_id]),
        context={
            "title": _("Eintrag berichtigen"),
            "submit": _("Zurücknehmen"),
            "lead": _(
                "Der Eintrag bleibt stehen; ein zweiter nimmt ihn zurück. Der Betrag ist danach wieder offen."
            ),
        },
    )


def _payment(request: HttpRequest, row: FeeInvoiceRow) -> HttpResponse:
    form = PaymentForm(request.POST or None, initial={"amount": row.open, "valued_on": timezone.localdate()})
    return form_page(
        request,
        form,
        lambda: ledger.record_payment(
            row.uuid, form.payment(), actor=operator_of(request), now=timezone.now()
        ),
        done_url=reverse("operator_fee_town", args=[row.tenant_id]),
        context={
            "title": _("Zahlung auf %(number)s erfassen") % {"number": row.number},
            "submit": _("Zahlung buchen"),
            "lead": _("Ist damit alles bezahlt, geht auf der Seite der Kommune sofort wieder alles."),
        },
    )


def _with_reason(
    request: HttpRequest, row: FeeInvoiceRow, title: str, submit: str, work: Callable[..., object]
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: work(
            row.uuid, reason=form.cleaned_data["reason"], actor=operator_of(request), now=timezone.now()
        ),
        done_url=reverse("operator_fee_town", args=[row.tenant_id]),
        context={
            "title": title % {"number": row.number},
            "submit": submit,
            "kind": "danger",
            "lead": row.town,
        },
    )


def _is_about_fees(action: str) -> bool:
    return action.startswith("fee.") or action == "town.standing_changed"

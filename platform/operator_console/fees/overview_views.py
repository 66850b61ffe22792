"""What towns owe together, and the two runs: invoices and reminders, looked at first, then done.

Not here: one town (``town_views``), plans (``settings_views``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from booking_core.finance.paper.xml import invoice_xml
from booking_core.kernel.errors import BookingError
from operator_console.fees import presenters
from operator_console.fees.forms import UntilForm
from operator_console.fees.pages import fee_page, operator_of
from subscriptions.queries.invoices import invoice_file, invoice_paper, open_invoices
from subscriptions.queries.plans import terms
from subscriptions.queries.runs import due_fees, due_reminders
from subscriptions.runs import issue_some
from subscriptions.services.dunning import send_due_reminders
from subscriptions.views import download


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who is in arrears, and the ways on."""
    today = timezone.localdate()
    rows = open_invoices(today=today)
    context = {
        "facts": presenters.arrears_facts(rows),
        "table": presenters.open_table(rows),
        "due_count": len(due_fees(until=today)),
        "reminder_count": len(due_reminders(today=today)),
        "is_set_up": terms().is_complete,
    }
    return fee_page(request, "overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invoice_run(request: HttpRequest) -> HttpResponse:
    """Show what would be billed up to a day; write it on request."""
    today = timezone.localdate()
    form = UntilForm(request.POST if request.method == "POST" else request.GET, initial={"until": today})
    until = form.day(today)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = issue_some(until=until, actor=operator_of(request), now=timezone.now())
        except BookingError as fault:
            messages.error(request, str(fault))
        else:
            done = ngettext(
                "%(count)s Rechnung ausgestellt.", "%(count)s Rechnungen ausgestellt.", outcome.done
            )
            messages.success(request, done % {"count": outcome.done})
            if outcome.left:
                rest = _(
                    "Die übrigen %(count)s Kommunen folgen im Hintergrund; diese Seite zeigt, was noch aussteht."
                )
                messages.info(request, rest % {"count": outcome.left})
            for sentence in outcome.refused:
                messages.error(request, sentence)
        query = urlencode({"until": until.isoformat()})
        return redirect(f"{reverse('operator_fee_invoice_run')}?{query}")
    found = due_fees(until=until)
    context = {
        "form": UntilForm(initial={"until": until}),
        "until": until,
        "table": presenters.due_table(found),
        "count": sum(not due.obstacle for due in found),
        "is_set_up": terms().is_complete,
    }
    return fee_page(request, "invoice_run.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_run(request: HttpRequest) -> HttpResponse:
    """Show which reminders are due today; send them on request."""
    if request.method == "POST":
        outcome = send_due_reminders(actor=operator_of(request), now=timezone.now())
        done = ngettext("%(count)s Mahnung verschickt.", "%(count)s Mahnungen verschickt.", outcome.done)
        messages.success(request, done % {"count": outcome.done})
        return redirect("operator_fee_reminder_run")
    found = due_reminders(today=timezone.localdate())
    context = {"table": presenters.reminder_table(found), "count": len(found)}
    return fee_page(request, "reminder_run.html", context)


@require_safe
def fee_pdf(_request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A document, as it was sent."""
    number, pdf = invoice_file(uuid)
    return download(pdf, "application/pdf", f"{number}.pdf")


@require_safe
def fee_xml(_request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same as an e-invoice alone."""
    paper = invoice_paper(uuid)
    return download(invoice_xml(paper), "application/xml", f"{paper.number}.xml")

"""Record what happened to an invoice or a deposit: one form for all of it, one page per step.

Not here: what is allowed (``finance.services``), billing (``billing``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.queries.deposits import deposit_of
from booking_core.finance.queries.entries import invoice_of_entry
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.services import deposits, ledger
from booking_core.identity.access import access_booking
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.reservations.queries import booking_by_uuid
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.movements import MovementForm, ReasonForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    refusal_status,
    require,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.views.finance.invoices import SECTION, invoice_crumbs
from booking_core.workflows.billing import cancel_invoice
from booking_core.workflows.reminding import remind_of_invoice
from design_system.contracts import Crumb
from design_system.templatetags.formats import euro


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that can be recorded: its page's words and the service that does it."""

    title: Promise
    submit: Promise
    done: Promise
    record: Callable[..., object]
    has_way: bool = True
    needs_text: bool = False
    text_label: Promise | str = ""


_INVOICE_STEPS = {
    "zahlung": _Step(
        gettext_lazy("Zahlung erfassen"), gettext_lazy("Zahlung buchen"), gettext_lazy("Die Zahlung ist gebucht."),
        ledger.record_payment,
    ),
    "erstattung": _Step(
        gettext_lazy("Erstattung erfassen"), gettext_lazy("Erstattung buchen"),
        gettext_lazy("Die Erstattung ist gebucht."), ledger.record_refund,
    ),
    "ausbuchen": _Step(
        gettext_lazy("Offenen Betrag ausbuchen"), gettext_lazy("Ausbuchen"),
        gettext_lazy("Der Betrag ist ausgebucht."), ledger.write_off, has_way=False, needs_text=True,
        text_label=gettext_lazy("Warum wird nicht mehr gefordert?"),
    ),
}  # fmt: skip
_DEPOSIT_STEPS = {
    "erhalten": _Step(
        gettext_lazy("Kaution erhalten"), gettext_lazy("Kaution buchen"), gettext_lazy("Die Kaution ist gebucht."),
        deposits.take_deposit,
    ),
    "zurueck": _Step(
        gettext_lazy("Kaution zurückgezahlt"), gettext_lazy("Rückzahlung buchen"),
        gettext_lazy("Die Rückzahlung ist gebucht."), deposits.return_deposit,
    ),
    "einbehalten": _Step(
        gettext_lazy("Kaution einbehalten"), gettext_lazy("Einbehalt buchen"),
        gettext_lazy("Der Einbehalt ist gebucht."), deposits.keep_deposit, has_way=False, needs_text=True,
        text_label=gettext_lazy("Wofür wird sie einbehalten?"),
    ),
    "verrechnen": _Step(
        gettext_lazy("Kaution mit der Rechnung verrechnen"), gettext_lazy("Verrechnen"),
        gettext_lazy("Die Kaution ist verrechnet."), deposits.offset_deposit, has_way=False, needs_text=True,
        text_label=gettext_lazy("Warum wird sie verrechnet?"),
    ),
}  # fmt: skip


def invoice_step(request: StaffRequest, uuid: UUID, step: str) -> HttpResponse:
    """One step on an invoice: payment, refund, write-off, reminder, cancellation."""
    require_all_locations(request)
    found = invoice_by_uuid(uuid)
    if step == "stornieren":
        require(request, roles.BILL)
        return _cancel(request, found)
    require(request, roles.RECORD_MONEY)
    if step == "mahnen":
        return _remind(request, found)
    known = _INVOICE_STEPS.get(step)
    if known is None:
        raise Http404
    form = _form(request, known, Money(abs(found.row.balance.cents)))
    back = reverse("backoffice_invoice", args=[uuid])
    if _recorded(request, form, known, uuid):
        return redirect(back)
    lead = f"{found.row.number} · {found.row.party_name}"
    return _page(request, form, known, lead=lead, back=back, crumbs=invoice_crumbs(found, str(known.title)))


def deposit_step(request: StaffRequest, uuid: UUID, step: str) -> HttpResponse:
    """One step of a booking's deposit."""
    booking = access_booking(request.staff, booking_by_uuid(uuid), for_writing=True)
    known = _DEPOSIT_STEPS.get(step)
    if known is None:
        raise Http404
    deposit = deposit_of(booking.id)
    form = _form(request, known, deposit.missing if step == "erhalten" else deposit.held)
    back = reverse("backoffice_booking", args=[uuid])
    if _recorded(request, form, known, uuid):
        return redirect(back)
    crumbs = [Crumb(booking.number, back), Crumb(str(known.title))]
    return _page(request, form, known, lead=f"{booking.title} · {booking.number}", back=back, crumbs=crumbs)


def reverse_entry(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Take back an entry made by mistake."""
    require_all_locations(request)
    invoice_uuid, words = invoice_of_entry(uuid)
    form = ReasonForm(request.POST or None)
    back = reverse("backoffice_invoice", args=[invoice_uuid])
    if form.is_valid():
        try:
            ledger.reverse_entry(
                uuid, reason=form.cleaned_data["text"], actor=actor_of(request), now=timezone.now()
            )
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Der Eintrag ist berichtigt. Beide Zeilen bleiben sichtbar."))
            return redirect(back)
    return _confirm(
        request,
        form,
        title=_("Eintrag berichtigen?"),
        lead=words,
        sentence=_("Der Eintrag bleibt stehen; eine Gegenbuchung hebt ihn auf."),
        submit=_("Ja, berichtigen"),
        back=back,
    )


def _form(request: StaffRequest, step: _Step, amount: Money) -> MovementForm:
    return MovementForm(
        request.POST or None,
        has_way=step.has_way,
        needs_text=step.needs_text,
        text_label=str(step.text_label),
        initial={"amount": amount if amount else None},
    )


def _recorded(request: StaffRequest, form: MovementForm, step: _Step, uuid: UUID) -> bool:
    if not form.is_valid():
        return False
    try:
        step.record(uuid, form.movement(), actor=actor_of(request), now=timezone.now())
    except BookingError as error:
        show_error(form, error)
        return False
    messages.success(request, str(step.done))
    return True


def _page(request: StaffRequest, form: MovementForm, step: _Step, **words: Any) -> HttpResponse:
    context = {
        "title": step.title,
        "lead": words["lead"],
        "form": form,
        "submit": step.submit,
        "back_url": words["back"],
    }
    status = refusal_status(form)
    return office_page(
        request, "form_page.html", context, section=SECTION, crumbs=words["crumbs"], status=status
    )


def _cancel(request: StaffRequest, found: InvoiceView) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            document = cancel_invoice(
                found.row.uuid, reason=form.cleaned_data["text"], actor=actor_of(request)
            )
        except BookingError as error:
            form.add_error("text" if error.field == "reason" else None, str(error))
        else:
            messages.success(
                request,
                _("Storniert mit %(number)s. Die E-Mail ist unterwegs.") % {"number": document.row.number},
            )
            return redirect("backoffice_invoice", found.row.uuid)
    return _confirm(
        request,
        form,
        title=_("Rechnung %(number)s stornieren?") % {"number": found.row.number},
        lead=found.paper.subject,
        sentence=_("Eine Stornorechnung nimmt sie zurück. Was gezahlt wurde, steht danach als Guthaben da."),
        submit=_("Ja, stornieren"),
        back=reverse("backoffice_invoice", args=[found.row.uuid]),
    )


def _remind(request: StaffRequest, found: InvoiceView) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        try:
            remind_of_invoice(found.row.uuid, actor=actor_of(request))
        except BookingError as error:
            fault = str(error)
        else:
            messages.success(request, _("Die Mahnung ist unterwegs."))
            return redirect("backoffice_invoice", found.row.uuid)
    context = {
        "title": _("An Rechnung %(number)s erinnern?") % {"number": found.row.number},
        "lead": f"{found.row.party_name} · {euro(found.row.balance)}",
        "fault": fault,
        "sentences": [_("Die Kundschaft bekommt eine E-Mail mit der Rechnung im Anhang.")],
        "submit": _("Ja, mahnen"),
        "cancel_url": reverse("backoffice_invoice", args=[found.row.uuid]),
    }
    crumbs = invoice_crumbs(found, _("Mahnen"))
    status = 409 if fault else 200
    return office_page(request, "confirm_page.html", context, section=SECTION, crumbs=crumbs, status=status)


def _confirm(request: StaffRequest, form: ReasonForm, **words: str) -> HttpResponse:
    context = {
        "title": words["title"],
        "lead": words["lead"],
        "sentences": [words["sentence"]],
        "form": form,
        "submit": words["submit"],
        "cancel_url": words["back"],
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(words["title"])]
    return office_page(
        request, "confirm_page.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )

"""The list of invoices, one invoice, its files, the journal, deposits.

Not here: the treasurer's start page (``today``), recording movements (``movements``), billing a booking
(``billing``), settings (``profile``).
"""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.contracts import InvoiceFilter, InvoiceView, ReminderStop
from booking_core.finance.paper.receipt import receipt_pdf
from booking_core.finance.paper.xml import invoice_xml
from booking_core.finance.queries.deposits import LISTS, deposits
from booking_core.finance.queries.entries import journal, journal_lines
from booking_core.finance.queries.invoices import invoice_by_uuid, invoice_file, invoice_rows
from booking_core.finance.queries.receipts import receipt_of
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.finance.movements import InvoiceFilterForm, PeriodForm
from booking_core.web.backoffice.pages import StaffRequest, may, office_page, require_all_locations
from booking_core.web.backoffice.presenters.finance.invoices import (
    TONES,
    balance_words,
    deposit_table,
    entry_table,
    invoice_facts,
    invoice_table,
    invoices_csv,
    journal_csv,
    line_table,
    state_words,
)
from booking_core.web.backoffice.presenters.inbox import Notice
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.spreadsheets import csv_download
from booking_core.web.backoffice.views.bookings import django_page, page_number
from booking_core.workflows.payments.credits import online_credit
from design_system.contracts import Crumb, NavItem
from design_system.templatetags.formats import long_date

SECTION = "backoffice_treasury"
PER_PAGE = 50
_ALL = 100_000


def invoices(request: StaffRequest) -> HttpResponse:
    """List invoices as the filters in the address say."""
    require_all_locations(request)
    form = _filter_form(request)
    wanted = _filter(form)
    listing = invoice_rows(wanted, page=page_number(request), per_page=PER_PAGE)
    query = request.GET.copy()
    query.pop("page", None)
    csv_url = f"{reverse('backoffice_invoices_csv')}?{query.urlencode()}"
    context = {
        "title": _("Rechnungen"),
        "actions": [Action(_("Als CSV laden"), csv_url, "download")],
        "form": form,
        "filter_label": _("Rechnungen filtern"),
        "list_url": reverse("backoffice_invoices"),
        "is_filtered": any(form.cleaned_data.values()),
        "total": listing.total,
        "table": invoice_table(listing.rows, caption=_("Rechnungen")),
        "page": django_page(listing.total, listing.number, PER_PAGE),
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Rechnungen"))]
    return office_page(request, "finance/invoices.html", context, section=SECTION, crumbs=crumbs)


def invoices_as_csv(request: StaffRequest) -> HttpResponse:
    """The filtered list as a file."""
    require_all_locations(request)
    listing = invoice_rows(_filter(_filter_form(request)), page=1, per_page=_ALL)
    return csv_download(invoices_csv(listing.rows), f"rechnungen-{timezone.localdate().isoformat()}.csv")


def invoice(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """One document with all that happened to it."""
    require_all_locations(request)
    found = invoice_by_uuid(uuid)
    may_record = may(request, roles.RECORD_MONEY) and found.row.kind == "invoice"
    context = {
        "title": f"{found.row.kind_label} {found.row.number}",
        "lead": found.paper.subject,
        "invoice": found,
        "state": state_words(found.row),
        "tone": TONES[found.row.state],
        "balance": balance_words(found),
        "facts": invoice_facts(found),
        "lines": line_table(found),
        "entries": entry_table(found.entries, may_correct=may_record),
        "actions": _invoice_actions(found, may_record=may_record, may_cancel=may(request, roles.BILL)),
        "notices": _links(found),
    }
    return office_page(
        request, "finance/invoice.html", context, section=SECTION, crumbs=invoice_crumbs(found)
    )


def invoice_crumbs(found: InvoiceView, step: str = "") -> list[Crumb]:
    """The way from the list of invoices to one of them, and on to a step of it."""
    way = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Rechnungen"), reverse("backoffice_invoices"))]
    if not step:
        return [*way, Crumb(found.row.number)]
    return [*way, Crumb(found.row.number, reverse("backoffice_invoice", args=[found.row.uuid])), Crumb(step)]


def invoice_pdf(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The document itself, as it was sent."""
    require_all_locations(request)
    number, pdf = invoice_file(uuid)
    return _file(pdf, "application/pdf", f"{number}.pdf")


def invoice_as_xml(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The e-invoice alone (EN 16931)."""
    require_all_locations(request)
    found = invoice_by_uuid(uuid)
    return _file(invoice_xml(found.paper), "application/xml", f"{found.row.number}.xml")


def receipt(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The receipt of a movement on site."""
    require_all_locations(request)
    found = receipt_of(uuid)
    name = f"{_('Quittung')}-{found.number.replace('/', '-')}.pdf"
    return _file(receipt_pdf(found), "application/pdf", name)


def deposit_list(request: StaffRequest) -> HttpResponse:
    """Deposits that are missing, held or done with."""
    require_all_locations(request)
    wanted = request.GET.get("liste", "missing")
    which = wanted if wanted in LISTS else "missing"
    labels = {"missing": _("stehen aus"), "held": _("hinterlegt"), "return": _("zurückzugeben"),
              "overdue": _("überfällig"), "done": _("erledigt")}  # fmt: skip
    base = reverse("backoffice_deposits")
    context = {
        "title": _("Kautionen"),
        "tabs": [NavItem(label, f"{base}?liste={name}", name == which) for name, label in labels.items()],
        "table": deposit_table(deposits(which), caption=_("Kautionen")),
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Kautionen"))]
    return office_page(request, "finance/deposits.html", context, section=SECTION, crumbs=crumbs)


def journal_page(request: StaffRequest) -> HttpResponse:
    """Every movement of a period."""
    require_all_locations(request)
    first, last, form = _period(request)
    listing = journal(first, last, page=page_number(request), per_page=PER_PAGE)
    csv_url = f"{reverse('backoffice_journal_csv')}?first_on={first.isoformat()}&last_on={last.isoformat()}"
    context = {
        "title": _("Kassenbuch"),
        "actions": [Action(_("Als CSV laden"), csv_url, "download")],
        "form": form,
        "total": listing.total,
        "table": entry_table(listing.rows, with_source=True),
        "page": django_page(listing.total, listing.number, PER_PAGE),
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Kassenbuch"))]
    return office_page(request, "finance/journal.html", context, section=SECTION, crumbs=crumbs)


def journal_as_csv(request: StaffRequest) -> HttpResponse:
    """The same as a file."""
    require_all_locations(request)
    first, last, _form = _period(request)
    name = f"kassenbuch-{first.isoformat()}-{last.isoformat()}.csv"
    return csv_download(journal_csv(journal_lines(first, last)), name)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        headers={
            "Content-Type": content_type,
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _invoice_actions(found: InvoiceView, *, may_record: bool, may_cancel: bool) -> list[Action]:
    uuid, balance = found.row.uuid, found.row.balance.cents

    def to(step: str, label: str, icon: str, kind: str = "secondary") -> Action:
        return Action(label, reverse("backoffice_invoice_step", args=[uuid, step]), icon, kind)

    actions = [Action(_("PDF"), reverse("backoffice_invoice_pdf", args=[uuid]), "download"),
               Action(_("XML"), reverse("backoffice_invoice_xml", args=[uuid]), "download", "tertiary")]  # fmt: skip
    if may_record:
        if balance > 0:
            actions.insert(0, to("zahlung", _("Zahlung erfassen"), "euro", "primary"))
        if online_credit(found):
            url = reverse("backoffice_invoice_online_refund", args=[uuid])
            actions.insert(0, Action(_("Online erstatten …"), url, "euro"))
        if balance < 0:
            actions.insert(0, to("erstattung", _("Erstattung erfassen"), "euro", "secondary"))
            url = reverse("backoffice_refund_prepare", args=["guthaben", uuid])
            actions.insert(0, Action(_("Überweisung vorbereiten"), url, "euro", "primary"))
        actions += [to(*one) for one in _reminding(found)]
        if balance > 0:
            actions.append(to("ausbuchen", _("Ausbuchen …"), "close", "tertiary"))
    if may_cancel and found.row.kind == "invoice" and not found.row.is_cancelled:
        actions.append(to("stornieren", _("Stornieren …"), "trash", "tertiary"))
    return actions


def _reminding(found: InvoiceView) -> list[tuple[str, str, str, str]]:
    """Remind, or not: step, label, icon, kind."""
    if found.stop is not None:
        return [("mahnsperre-aufheben", _("Mahnsperre aufheben …"), "mail", "secondary")]
    if found.row.balance.cents <= 0:
        return []
    stop = ("mahnsperre", _("Mahnsperre …"), "lock", "tertiary")
    is_late = found.row.state == "overdue"
    return [*([("mahnen", _("Mahnen …"), "mail", "secondary")] if is_late else []), stop]


def _links(found: InvoiceView) -> list[Notice]:
    notices = []
    if found.stop is not None:
        notices.append(Notice("warning", _stop_words(found.stop), found.stop.reason))
    if found.cancelled_by_uuid:
        url = reverse("backoffice_invoice", args=[found.cancelled_by_uuid])
        notices.append(Notice("warning", _("Diese Rechnung ist storniert."), "", url, found.cancelled_by))
    if found.cancels_uuid:
        url = reverse("backoffice_invoice", args=[found.cancels_uuid])
        notices.append(
            Notice("info", _("Diese Stornorechnung nimmt eine Rechnung zurück."), "", url, found.cancels)
        )
    return notices


def _stop_words(stop: ReminderStop) -> str:
    facts = {"first": long_date(stop.on), "who": stop.by}
    if stop.until is None:
        return _("Mahnsperre seit %(first)s, gesetzt von %(who)s") % facts
    return _("Mahnsperre vom %(first)s bis %(last)s, gesetzt von %(who)s") % {
        **facts,
        "last": long_date(stop.until),
    }


def _filter_form(request: StaffRequest) -> InvoiceFilterForm:
    form = InvoiceFilterForm(request.GET, auto_id="filter_%s")
    form.is_valid()  # a filter with a fault is shown with its error; the rest of it still filters
    return form


def _filter(form: InvoiceFilterForm) -> InvoiceFilter:
    chosen = form.cleaned_data
    return InvoiceFilter(
        state=chosen.get("state", ""),
        age=chosen.get("age", ""),
        text=chosen.get("q", ""),
        first_on=chosen.get("first_on"),
        last_on=chosen.get("last_on"),
    )


def _period(request: StaffRequest) -> tuple[date, date, PeriodForm]:
    """The days asked for; this month where they are missing or wrong."""
    today = timezone.localdate()
    usual = {"first_on": today.replace(day=1), "last_on": today}
    form = PeriodForm(request.GET if "first_on" in request.GET else usual, auto_id="filter_%s")
    chosen = form.cleaned_data if form.is_valid() else usual
    return chosen["first_on"], chosen["last_on"], form

"""Bank statements: load a file, assign movements to invoices, lay others aside.

Not here: reading and matching (``finance.bank``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.finance.bank.camt import read_camt
from booking_core.finance.bank.csv_file import REQUIRED, CsvTable, read_csv, read_table
from booking_core.finance.bank.lines import BankLine, StatementUnreadable
from booking_core.finance.queries.invoices import invoice_uuid_of
from booking_core.finance.queries.statements import statement_rows
from booking_core.finance.services.bank_matches import settle_order
from booking_core.finance.services.statements import assign, ignore, import_lines
from booking_core.finance.services.sure_movements import book_sure_movements
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice.forms.finance.movements import ReasonForm
from booking_core.web.backoffice.forms.finance.statements import (
    LARGEST_BYTES,
    ColumnsForm,
    OtherInvoiceForm,
    StatementFileForm,
)
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    refusal_status,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.finance.statements import movement_cards, unreadable_words
from booking_core.web.backoffice.views.bookings import django_page, page_number
from booking_core.web.backoffice.views.finance.invoices import SECTION
from design_system.contracts import Crumb, NavItem

LIST = "backoffice_statements"
PER_PAGE = 25


def statements(request: StaffRequest) -> HttpResponse:
    """Movements by state; the file to load comes in here too."""
    require_all_locations(request)
    form = StatementFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if "text" in request.POST:
            return _with_columns(request)
        if form.is_valid():
            answer = _load(request, form)
            if answer is not None:
                return answer
    return _list_page(request, form)


def assign_sure(request: StaffRequest) -> HttpResponse:
    """Book every movement that surely shows an order of ours, or agrees with an open invoice."""
    require_all_locations(request)
    done = book_sure_movements(actor=actor_of(request), now=timezone.now())
    words = ngettext("%(count)s Bewegung ist gebucht.", "%(count)s Bewegungen sind gebucht.", done)
    messages.success(request, words % {"count": done})
    return redirect(LIST)


def statement_step(request: StaffRequest, uuid: UUID, step: str) -> HttpResponse:
    """One movement: assign it as proposed, to another invoice, or lay it aside."""
    require_all_locations(request)
    if step == "zuordnen":
        return _assign(request, uuid, request.POST.get("invoice", ""))
    if step == "auftrag":
        return _settle(request, uuid, request.POST.get("order", ""))
    if step == "andere":
        return _other(request, uuid)
    if step == "weglegen":
        return _ignore(request, uuid)
    raise Http404


def _load(request: StaffRequest, form: StatementFileForm) -> HttpResponse | None:
    content = form.content()
    try:
        if len(content) > LARGEST_BYTES:
            raise StatementUnreadable("too_large")
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return _imported(request, read_camt(content))
        table = read_table(content)
        guessed = table.guessed()
        if any(role not in guessed for role in REQUIRED):
            return _columns_page(request, ColumnsForm(table=table, initial=_text_of(table, guessed)))
        return _imported(request, read_csv(table, guessed))
    except StatementUnreadable as fault:
        form.add_error("file", unreadable_words(fault))
        return None


def _with_columns(request: StaffRequest) -> HttpResponse:
    text = request.POST["text"]
    try:
        table = read_table(text.encode())
        form = ColumnsForm(request.POST, table=table)
        if form.is_valid():
            return _imported(request, read_csv(table, form.columns()))
    except StatementUnreadable as fault:
        form = ColumnsForm(request.POST, table=table)
        form.is_valid()
        form.add_error(None, unreadable_words(fault))
    return _columns_page(request, form)


def _text_of(table: CsvTable, guessed: dict[str, int]) -> dict[str, object]:
    """The table as text again, semicolons between cells, and what was guessed."""
    rows = [table.headings, *(row for _number, row in table.rows)]
    text = "\n".join(";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    return {"text": text, **guessed}


def _imported(request: StaffRequest, lines: tuple[BankLine, ...]) -> HttpResponse:
    report = import_lines(lines, actor=actor_of(request), now=timezone.now())
    if report.new:
        words = ngettext("%(count)s neue Bewegung.", "%(count)s neue Bewegungen.", report.new) % {
            "count": report.new
        }
        known = _(" %(count)s waren schon bekannt.") % {"count": report.known} if report.known else ""
        messages.success(request, f"{words}{known}")
    else:
        messages.info(request, _("Diese Datei enthält nichts Neues: Alle Bewegungen sind schon bekannt."))
    return redirect(LIST)


def _list_page(request: StaffRequest, form: StatementFileForm) -> HttpResponse:
    labels = {"open": _("zuzuordnen"), "assigned": _("zugeordnet"), "ignored": _("zur Seite gelegt")}
    wanted = request.GET.get("liste", "open")
    state = wanted if wanted in labels else "open"
    listing = statement_rows(state, page=page_number(request), per_page=PER_PAGE)
    base, cards = reverse(LIST), movement_cards(listing.rows)
    context = {
        "title": _("Kontoauszüge"),
        "form": form,
        "tabs": [NavItem(label, f"{base}?liste={name}", name == state) for name, label in labels.items()],
        "is_open_list": state == "open",
        "cards": cards,
        "sure": sum(card.is_sure for card in cards),
        "page": django_page(listing.total, listing.number, PER_PAGE),
    }
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Kontoauszüge"))]
    return office_page(
        request,
        "finance/statements.html",
        context,
        section=SECTION,
        crumbs=crumbs,
        status=refusal_status(form),
    )


def _columns_page(request: StaffRequest, form: ColumnsForm) -> HttpResponse:
    context = {
        "title": _("Welche Spalte ist was?"),
        "lead": _("Die Überschriften dieser Datei kennen wir nicht. Die Datei ist noch nicht übernommen."),
        "form": form,
        "submit": _("So übernehmen"),
        "back_url": reverse(LIST),
    }
    crumbs = [
        Crumb(_("Kasse"), reverse(SECTION)),
        Crumb(_("Kontoauszüge"), reverse(LIST)),
        Crumb(_("Spalten")),
    ]
    return office_page(
        request, "form_page.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


def _assign(request: StaffRequest, uuid: UUID, invoice: str) -> HttpResponse:
    if request.method != "POST":
        return redirect(LIST)
    try:
        assign(uuid, UUID(invoice), actor=actor_of(request), now=timezone.now())
    except (BookingError, ValueError) as error:
        known = isinstance(error, BookingError)
        messages.error(request, str(error) if known else _("Diese Rechnung gibt es nicht."))
    else:
        messages.success(request, _("Die Zahlung ist gebucht."))
    return redirect(LIST)


def _settle(request: StaffRequest, uuid: UUID, order: str) -> HttpResponse:
    if request.method != "POST":
        return redirect(LIST)
    try:
        event = settle_order(uuid, UUID(order), actor=actor_of(request), now=timezone.now())
    except (BookingError, ValueError) as error:
        known = isinstance(error, BookingError)
        messages.error(request, str(error) if known else _("Diesen Auftrag gibt es nicht."))
    else:
        returned = _("Die Rückgabe ist gebucht. Der Betrag ist wieder offen.")
        carried_out = _("Gebucht. Die Datei gilt als ausgeführt.")
        messages.success(request, returned if event == "returned" else carried_out)
    return redirect(LIST)


def _other(request: StaffRequest, uuid: UUID) -> HttpResponse:
    form = OtherInvoiceForm(request.POST or None)
    if form.is_valid():
        try:
            invoice = invoice_uuid_of(form.cleaned_data["number"])
            assign(uuid, invoice, actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, _("Die Zahlung ist gebucht."))
            return redirect(LIST)
    return _form_page(request, form, title=_("Welcher Rechnung zuordnen?"), submit=_("Zuordnen"))


def _ignore(request: StaffRequest, uuid: UUID) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            ignore(uuid, note=form.cleaned_data["text"], actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Zur Seite gelegt."))
            return redirect(LIST)
    return _form_page(request, form, title=_("Diese Bewegung weglegen?"), submit=_("Weglegen"))


def _form_page(
    request: StaffRequest, form: OtherInvoiceForm | ReasonForm, *, title: str, submit: str
) -> HttpResponse:
    context = {"title": title, "form": form, "submit": submit, "back_url": reverse(LIST)}
    crumbs = [Crumb(_("Kasse"), reverse(SECTION)), Crumb(_("Kontoauszüge"), reverse(LIST)), Crumb(title)]
    return office_page(
        request, "form_page.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )

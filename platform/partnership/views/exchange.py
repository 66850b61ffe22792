"""The exchange in a town's back office: browse, adopt, share, follow the origin.

Not here: the exchange on the main host (``views.catalogue``), storing anything (``sharing``, ``adopting``).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.kernel.errors import BookingError, NotFound
from booking_core.ordinances.contracts import OrdinanceView
from booking_core.ordinances.queries import ordinances_list
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    show_error,
)
from booking_core.web.tariffs.choices import in_words
from design_system.contracts import Crumb
from partnership import catalogue, presenters, sharing
from partnership.adopting import adopt_entry, newer_origins
from partnership.forms import AdoptForm, CatalogueForm
from tenants.context import current_tenant
from tenants.links import main_url

SECTION = "backoffice_ordinances"
_PER_PAGE = 50


def exchange(request: StaffRequest) -> HttpResponse:
    """The catalogue, filtered by the address."""
    form = CatalogueForm(request.GET)
    page = Paginator(catalogue.entries(form.wanted()), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Satzungen anderer Kommunen"),
        "lead": _("Lesen, was andere beschlossen haben, und es als Entwurf übernehmen."),
        "form": form,
        "page": page,
        "table": presenters.catalogue_table(page.object_list, url_of=_url_of),
        "newer": [
            (f"{origin.municipality}: {origin.name}", reverse("backoffice_origin", args=[ordinance_id]))
            for ordinance_id, origin in newer_origins()
        ],
    }
    return office_page(request, "exchange/catalogue.html", context, section=SECTION, crumbs=_crumbs())


def exchange_entry(request: StaffRequest, slug: str) -> HttpResponse:
    """One entry in words; administrators adopt it as a draft of an own ordinance."""
    page = catalogue.entry_page(slug)
    own = [(one.code, one.name) for one in ordinances_list()]
    form = AdoptForm(request.POST or None, own=own, initial={"code": slug[:80]})
    if request.method == "POST" and form.is_valid():
        try:
            draft = adopt_entry(slug, code=form.chosen_code, actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(
                request,
                _(
                    "Als Entwurf übernommen. Passen Sie ihn an, prüfen Sie die Beispiele und veröffentlichen Sie ihn."
                ),
            )
            return redirect("backoffice_version", draft.id)
    context = {
        "title": in_words(page.entry.name),
        "entry": page.entry,
        "facts": presenters.entry_facts(page),
        "versions": presenters.version_table(page.versions),
        "document": presenters.document_view(page.document),
        "form": form if may(request, roles.EDIT_ORDINANCES) else None,
        "ways": _ways(form, dict(own)),
        "public_url": main_url("shared_ordinance", slug),
    }
    crumbs = _crumbs(in_words(page.entry.name))
    return office_page(
        request, "exchange/entry.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


def _ways(form: AdoptForm, names: dict[str, str]) -> list[tuple[str, str, str]]:
    """Where the short name is taken: what to do instead, each one click away (words, ordinance, code)."""
    taken = form.taken_code
    if not taken:
        return []
    free = form.free_code()
    return [
        (_("Als nächste Fassung von „%(name)s“ übernehmen") % {"name": names[taken]}, taken, ""),
        (_("Als neue Ordnung „%(code)s“ übernehmen") % {"code": free}, "", free),
    ]


def share(request: StaffRequest, ordinance_id: int) -> HttpResponse:
    """Whether an own ordinance is shared, and what others see; share it or take it back."""
    ordinance = _ordinance(ordinance_id)
    if request.method == "POST":
        return _change_sharing(request, ordinance_id)
    newest = sharing.newest_published(ordinance)
    known = catalogue.sharing_of(current_tenant(), ordinance.code)
    context = {
        "title": _("Teilen: %(name)s") % {"name": ordinance.name},
        "ordinance": ordinance,
        "sharing": known,
        "newest": newest,
        "versions": presenters.version_table(known.versions) if known is not None else None,
        "public_url": main_url("shared_ordinance", known.slug)
        if known is not None and known.is_shared
        else "",
    }
    return office_page(
        request, "exchange/share.html", context, section=SECTION, crumbs=_crumbs(ordinance.name)
    )


def _change_sharing(request: StaffRequest, ordinance_id: int) -> HttpResponse:
    try:
        if request.POST.get("action") == "withdraw":
            sharing.withdraw_ordinance(ordinance_id, actor=actor_of(request))
            messages.success(request, _("Zurückgezogen. Im Austausch steht davon nichts mehr."))
        else:
            sharing.share_ordinance(ordinance_id, actor=actor_of(request))
            messages.success(request, _("Geteilt. Andere Kommunen sehen die Satzung jetzt."))
    except BookingError as error:
        messages.error(request, str(error))
    return redirect("backoffice_share", ordinance_id)


def _ordinance(ordinance_id: int) -> OrdinanceView:
    found = next((one for one in ordinances_list() if one.id == ordinance_id), None)
    if found is None:
        raise NotFound(_("Diese Ordnung gibt es nicht."))
    return found


def _url_of(slug: str) -> str:
    return reverse("backoffice_exchange_entry", args=[slug])


def _crumbs(last: str = "") -> list[Crumb]:
    start = [Crumb(_("Ordnungen"), reverse(SECTION))]
    if not last:
        return [*start, Crumb(_("Austausch"))]
    return [*start, Crumb(_("Austausch"), reverse("backoffice_exchange")), Crumb(last)]

"""One section of a draft: its lists with their entries, tables of prices to fill, the document's own fields.

Not here: the page of one entry (``entries``), examples (``examples``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import document_to_data
from booking_core.engines.ordinance.editing import Address, SetFields
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.contracts import StoredVersion
from booking_core.web.backoffice.forms.ordinance_editor.choices import DocumentChoices
from booking_core.web.backoffice.forms.ordinance_editor.entries import CHARGES
from booking_core.web.backoffice.forms.ordinance_editor.entry_form import EntryForm
from booking_core.web.backoffice.forms.ordinance_editor.matrix import EMPTY_HINT, MatrixForm
from booking_core.web.backoffice.forms.ordinance_editor.named_groups import basic_groups
from booking_core.web.backoffice.pages import StaffRequest, refusal_status
from booking_core.web.backoffice.presenters.ordinance_editor.entries import ListView, list_view
from booking_core.web.backoffice.presenters.ordinance_editor.examples import example_rows
from booking_core.web.backoffice.presenters.ordinance_editor.matrix import matrices
from booking_core.web.backoffice.presenters.ordinance_editor.sections import (
    BASICS,
    EXAMPLES,
    SectionWords,
    section_by_slug,
    section_url,
)
from booking_core.web.backoffice.views.ordinance_editor.frame import (
    editor_page,
    open_draft,
    preview,
    save,
    wants_preview,
)
from design_system.contracts import Crumb

_BASIC_FIELDS = (
    "name", "municipality", "state", "in_force", "source", "completeness", "silence", "combinations", "mixed_groups",
    "approval", "priority_order",
)  # fmt: skip
_PRICE_LISTS = frozenset(CHARGES)


def section(request: StaffRequest, version_id: int, section: str) -> HttpResponse:
    """Show a section of a draft; store prices typed into its tables, or the document's own fields."""
    draft, words = open_draft(version_id), section_by_slug(section)
    if words is None:
        raise NotFound(_("Diesen Abschnitt gibt es nicht."))
    if words.slug == BASICS:
        return _basics(request, draft, words)
    if words.slug == EXAMPLES:
        context: dict[str, object] = {"lists": _lists(draft, words), "example_rows": example_rows(draft)}
        return _page(request, "examples.html", draft, words, context)
    if request.method == "POST":
        return prices(request, draft, words)
    context = {"lists": _lists(draft, words, _tables(draft, words))}
    return _page(request, "section.html", draft, words, context)


def prices(request: StaffRequest, draft: StoredVersion, words: SectionWords) -> HttpResponse:
    """Store the amounts of one table."""
    listed, entry_id = request.POST.get("liste", ""), request.POST.get("eintrag", "")
    wanted = request.POST.get("tabelle", "")
    rule = Address(listed, entry_id)
    matrix = next(
        (one for one in matrices(draft.id, draft.document, listed, entry_id) if one.key == wanted), None
    ) if listed in _PRICE_LISTS else None  # fmt: skip
    if matrix is None:
        raise NotFound(_("Diese Preistabelle gibt es nicht."))
    form = MatrixForm(request.POST, matrix=matrix, rule=rule, auto_id=f"id_{entry_id}-{wanted}-%s")
    is_valid = form.is_valid()
    if wants_preview(request):
        return preview(
            request, draft, form.change() if is_valid else None, _("Ein Betrag ist noch unvollständig.")
        )
    who = ""
    if is_valid:
        about = {"section": words.slug, "list": listed, "entry": entry_id, "change": "prices"}
        is_stored, who = save(request, draft, form.change(), form, about=about,
                              show=lambda found: form.show_faults([sentence for _path, sentence in found]))  # fmt: skip
        if is_stored:
            messages.success(request, _("Die Preise sind gespeichert."))
            return redirect(section_url(draft.id, words.slug))
    context: dict[str, object] = {"lists": _lists(draft, words, _tables(draft, words, form)), "conflict": who}
    return _page(request, "section.html", draft, words, context, status=409 if who else 422)


def _basics(request: StaffRequest, draft: StoredVersion, words: SectionWords) -> HttpResponse:
    choices = DocumentChoices(draft.document)
    form = EntryForm(
        request.POST or None,
        groups=basic_groups(choices),
        entry=choices.data,
        initial={"revision": draft.revision},
    )
    is_valid = form.is_valid()
    change = None
    if is_valid:
        after = form.entry_after()
        change = SetFields(
            {name: after.get(name) for name in _BASIC_FIELDS if after.get(name) != choices.data.get(name)}
        )
    if wants_preview(request):
        return preview(request, draft, change, "" if is_valid else _("Es fehlt noch etwas."))
    who = ""
    if change is not None:
        about = {"section": BASICS, "change": "fields", "fields": sorted(change.fields)}
        is_stored, who = save(request, draft, change, form, about=about,
                              show=lambda found: form.show_faults(found, inside=()))  # fmt: skip
        if is_stored:
            messages.success(request, _("Gespeichert."))
            return redirect(section_url(draft.id, BASICS))
    return _page(request, "basics.html", draft, words, {"form": form, "conflict": who},
                 status=409 if who else refusal_status(form))  # fmt: skip


def _page(
    request: StaffRequest, template: str, draft: StoredVersion, words: SectionWords, context: dict[str, object],
    *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    has_prices = any(listed.key in _PRICE_LISTS for listed in words.lists)
    heading = {"section_title": str(words.title), "empty_hint": EMPTY_HINT if has_prices else "",
               "prices_url": request.path}  # fmt: skip
    return editor_page(request, template, draft, {**heading, **context}, section=words.slug,
                       crumbs=[Crumb(str(words.title))], status=status)  # fmt: skip


def _lists(
    draft: StoredVersion, words: SectionWords, tables: dict[str, list[MatrixForm]] | None = None
) -> list[ListView]:
    return [list_view(draft.id, draft.document.content, listed, tables) for listed in words.lists]


def _tables(
    draft: StoredVersion, words: SectionWords, sent: MatrixForm | None = None
) -> dict[str, list[MatrixForm]]:  # fmt: skip
    """The price tables of the section by entry; ``sent`` stands in the place of the one it was made from."""
    data = document_to_data(draft.document)
    found: dict[str, list[MatrixForm]] = {}
    for listed in words.lists:
        entries = data.get(listed.key) if listed.key in _PRICE_LISTS else None
        for entry in entries if isinstance(entries, list) else ():
            rule = Address(listed.key, str(entry["id"]))
            found[rule.id] = [
                sent if sent is not None and sent.rule == rule and sent.matrix.key == one.key
                else MatrixForm(matrix=one, rule=rule, initial={"revision": draft.revision},
                                auto_id=f"id_{rule.id}-{one.key}-%s")
                for one in matrices(draft.id, draft.document, listed.key, rule.id)
            ]  # fmt: skip
    return found

"""The page of one entry: change it in a form or as text, or add one.

Not here: moving and deleting (``removals``), sections and price tables (``sections``).
"""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.engines.ordinance.editing import (
    AddEntry,
    Address,
    Change,
    EntryMissing,
    ReplaceEntry,
    entry_at,
    path_to,
)
from booking_core.engines.ordinance.language.vocabulary import Part
from booking_core.engines.ordinance.worked import example_from
from booking_core.ordinances.contracts import StoredVersion
from booking_core.web.backoffice.forms.ordinance_editor.choices import DocumentChoices, Entry
from booking_core.web.backoffice.forms.ordinance_editor.entries import (
    CHARGES,
    INNER,
    completed,
    dropped_by,
    groups_of,
    price_kind,
)
from booking_core.web.backoffice.forms.ordinance_editor.entry_form import EntryForm
from booking_core.web.backoffice.forms.ordinance_editor.entry_text import EntryTextForm
from booking_core.web.backoffice.pages import StaffRequest, refusal_status
from booking_core.web.backoffice.presenters.ordinance_editor.entries import (
    entry_url,
    inner_list,
    kept_in_words,
    kind_tabs,
    name_of,
)
from booking_core.web.backoffice.presenters.ordinance_editor.examples import example_state
from booking_core.web.backoffice.presenters.ordinance_editor.sections import (
    EXAMPLES,
    SECTION_OF,
    list_words,
    section_url,
)
from booking_core.web.backoffice.views.ordinance_editor.frame import (
    Path,
    editor_page,
    entry_missing,
    open_draft,
    preview,
    save,
    wants_preview,
)
from design_system.contracts import Crumb


def entry(
    request: StaffRequest, version_id: int, listed: str, entry_id: str, row: int | None = None
) -> HttpResponse:  # fmt: skip
    """Change an entry, or a row inside one."""
    draft, address = open_draft(version_id), address_of(listed, entry_id, row)
    choices = DocumentChoices(draft.document)
    old = _existing(choices, address)
    kind = price_kind(address, old, request.GET.get("art", ""))
    form, text = _forms(request, draft, choices, address, old, kind)
    sent: EntryForm | EntryTextForm = text if text.is_bound else form
    is_valid = sent.is_valid() if sent.is_bound else False
    change = ReplaceEntry(address, _after(sent, address, kind)) if is_valid else None
    if wants_preview(request):
        return preview(request, draft, change, "" if is_valid else _("Es fehlt noch etwas."))
    who = ""
    if change is not None:
        is_stored, who = _store(
            request, draft, change, sent, address, path_to(choices.data, address), "replaced"
        )
        if is_stored:
            messages.success(request, _("Gespeichert."))
            return redirect(_back(draft.id, address))
    return _page(request, draft, choices, address, old, kind, form=form, text=text, conflict=who,
                 status=409 if who else refusal_status(sent))  # fmt: skip


def new_entry(
    request: StaffRequest, version_id: int, listed: str, entry_id: str = ""
) -> HttpResponse:  # fmt: skip
    """Add an entry to a list, or a row to an entry."""
    draft = open_draft(version_id)
    choices = DocumentChoices(draft.document)
    address = _new_address(choices, listed, entry_id)
    kind = price_kind(address, {}, request.GET.get("art", ""))
    form = EntryForm(request.POST or None, groups=groups_of(address, choices, {}, kind), entry={},
                     initial={"revision": draft.revision})  # fmt: skip
    change: AddEntry | None = None
    path: Path = (listed, 0)
    is_valid = form.is_valid()
    if is_valid:
        change, path = _addition(draft, choices, address, form.entry_after(), kind)
        if change is None:
            form.add_error(
                None, _("Zu diesem Fall kann die Ordnung nichts sagen. Prüfen Sie Beginn und Ende.")
            )
    if wants_preview(request):
        return preview(request, draft, change, "" if is_valid else _("Es fehlt noch etwas."))
    who = ""
    if change is not None:
        is_stored, who = _store(request, draft, change, form, address, path, "added")
        if is_stored:
            messages.success(request, _("Ergänzt."))
            return redirect(_back(draft.id, address, change.entry))
    return _page(request, draft, choices, address, {}, kind, form=form, text=None, conflict=who,
                 status=409 if who else refusal_status(form))  # fmt: skip


def address_of(listed: str, entry_id: str, row: int | None) -> Address:
    """The address a page names. Raises NotFound for a list the editor does not know."""
    if listed not in SECTION_OF or (row is not None and listed not in INNER):
        raise entry_missing()
    return Address(listed, entry_id) if row is None else Address(listed, entry_id, INNER[listed], row)


def _new_address(choices: DocumentChoices, listed: str, entry_id: str) -> Address:
    if listed not in SECTION_OF or (entry_id and listed not in INNER):
        raise entry_missing()
    if not entry_id:
        return Address(listed, "")
    _existing(choices, Address(listed, entry_id))
    return Address(listed, entry_id, INNER[listed], -1)


def _existing(choices: DocumentChoices, address: Address) -> Entry:
    try:
        return entry_at(choices.data, address)
    except EntryMissing:
        raise entry_missing() from None


def _forms(
    request: StaffRequest, draft: StoredVersion, choices: DocumentChoices, address: Address, old: Entry, kind: str
) -> tuple[EntryForm, EntryTextForm]:  # fmt: skip
    is_text = request.POST.get("form") == "text"
    data = request.POST or None
    initial = {"revision": draft.revision}
    form = EntryForm(
        None if is_text else data, groups=groups_of(address, choices, old, kind), entry=old,
        drops=dropped_by(address, kind), initial=initial,
    )  # fmt: skip
    return form, EntryTextForm(data if is_text else None, entry=old, initial=initial)


def _after(form: EntryForm | EntryTextForm, address: Address, kind: str) -> Entry:
    after = form.entry_after()
    if isinstance(form, EntryForm) and address.listed in CHARGES and not address.inner and kind == "cells":
        after.setdefault("cells", [])
    return after


def _addition(
    draft: StoredVersion, choices: DocumentChoices, address: Address, entry: Entry, kind: str
) -> tuple[AddEntry | None, Path]:  # fmt: skip
    """The change that adds the entry, and the path it will have."""
    if address.inner:
        parent = Address(address.listed, address.id)
        rows: dict[str, object] = {address.inner: _existing(choices, parent).get(address.inner, [])}
        whole = completed(address.inner, entry, rows, inner=address.inner)
        count = len(cast(list[Entry], rows[address.inner]))
        return AddEntry(address.inner, whole, parent), (*path_to(choices.data, parent), address.inner, count)
    if address.listed == EXAMPLES_LIST:
        worked = example_from(draft.document, entry, draft.readings)
        if worked is None:
            return None, ()
        entry = worked
    whole = completed(address.listed, entry, choices.data, kind=kind)
    return AddEntry(address.listed, whole), (address.listed, len(choices.entries(address.listed)))


def _store(
    request: StaffRequest, draft: StoredVersion, change: Change, form: EntryForm | EntryTextForm, address: Address,
    path: Path, what: str,
) -> tuple[bool, str]:  # fmt: skip
    entry_id = address.id or str(getattr(change, "entry", {}).get("id", ""))
    about = {
        "section": SECTION_OF[address.listed].slug,
        "list": address.listed,
        "entry": entry_id,
        "change": what,
    }
    return save(request, draft, change, form, about=about,
                show=lambda found: form.show_faults(found, inside=path))  # fmt: skip


def _back(version_id: int, address: Address, added: Entry | None = None) -> str:
    """Where to go after saving: the table a row stands in, else the list; a new table leads to its page."""
    if address.inner:
        return entry_url(version_id, Address(address.listed, address.id))
    if added is not None and (not added.get("cells", True) or address.listed in ("classes", EXAMPLES_LIST)):
        return entry_url(version_id, Address(address.listed, str(added["id"])))
    slug = SECTION_OF[address.listed].slug
    anchor = address.id or (str(added["id"]) if added else "")
    return f"{section_url(version_id, slug)}#eintrag-{anchor}"


def _page(
    request: StaffRequest, draft: StoredVersion, choices: DocumentChoices, address: Address, old: Entry, kind: str, *,
    form: EntryForm, text: EntryTextForm | None, conflict: str, status: int,
) -> HttpResponse:  # fmt: skip
    section, listed = SECTION_OF[address.listed], list_words(address.listed)
    part = _part(draft, address) if old else None
    parent = Address(address.listed, address.id) if address.inner else None
    back = entry_url(draft.id, parent) if parent else section_url(draft.id, section.slug)
    name = name_of(draft.document.content, address) if part is not None else str(listed.add if listed else "")
    here = request.get_full_path()
    context: dict[str, Any] = {
        "entry_title": name, "section_title": str(section.title), "back_url": back,
        "form": form, "text_form": text, "conflict": conflict,
        "preview_url": f"{here}{'&' if '?' in here else '?'}vorschau=1",
        "kept": kept_in_words(draft.document.content, part) if part is not None else [],
        "inner": inner_list(draft.id, draft.document.content, address, part) if part and not address.inner else None,
        "kinds": kind_tabs(request.path, address, kind),
        "text_is_open": text is not None and text.is_bound,
        "delete_url": entry_url(draft.id, address, "delete") if old else "",
        "example": example_state(draft, address.id) if old and section.slug == EXAMPLES else None,
        "confirm_url": reverse("backoffice_draft_example_confirm", args=[draft.id, address.id])
        if old and section.slug == EXAMPLES else "",
    }  # fmt: skip
    last = _("Zeile %(number)s") % {"number": address.row + 1} if address.inner and old else name
    crumbs = [Crumb(str(section.title), section_url(draft.id, section.slug)), Crumb(last)]
    return editor_page(
        request, "entry.html", draft, context, section=section.slug, crumbs=crumbs, status=status
    )


def _part(draft: StoredVersion, address: Address) -> Part:
    found: Part = next(one for one in getattr(draft.document.content, address.listed) if one.id == address.id)
    if not address.inner:
        return found
    row: Part = getattr(found, address.inner)[address.row]
    return row


EXAMPLES_LIST = "examples"

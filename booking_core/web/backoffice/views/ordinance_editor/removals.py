"""Moving an entry of a draft and deleting it, after asking; what is still named elsewhere stays.

Not here: changing entries (``entries``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import document_to_data
from booking_core.engines.ordinance.editing import (
    Address,
    EntryMissing,
    MoveEntry,
    RemoveEntry,
    StillUsed,
    edited,
)
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.drafts import edit_draft
from booking_core.web.backoffice.forms.ordinance_editor.revisions import MoveForm, RevisionForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page
from booking_core.web.backoffice.presenters.cases import version_name
from booking_core.web.backoffice.presenters.ordinance_editor.entries import (
    entry_url,
    name_of,
    place_in_words,
)
from booking_core.web.backoffice.presenters.ordinance_editor.sections import SECTION_OF, section_url
from booking_core.web.backoffice.views.ordinance_editor.entries import address_of
from booking_core.web.backoffice.views.ordinance_editor.frame import SECTION, entry_missing, open_draft
from design_system.contracts import Crumb

Path = tuple[str | int, ...]


def move(
    request: StaffRequest, version_id: int, listed: str, entry_id: str, row: int | None = None
) -> HttpResponse:  # fmt: skip
    """Move an entry up or down in its list."""
    draft, address = open_draft(version_id), address_of(listed, entry_id, row)
    form = MoveForm(request.POST)
    if form.is_valid():
        _change(request, draft, MoveEntry(address, form.cleaned_data["steps"]), form.cleaned_data["revision"],
                about=_about(address, "moved"))  # fmt: skip
    return redirect(_back(draft.id, address))


def delete(
    request: StaffRequest, version_id: int, listed: str, entry_id: str, row: int | None = None
) -> HttpResponse:  # fmt: skip
    """Ask, then delete; where other places name the entry, show them instead."""
    draft, address = open_draft(version_id), address_of(listed, entry_id, row)
    try:
        name = name_of(draft.document.content, address)
        edited(document_to_data(draft.document), RemoveEntry(address))
    except EntryMissing:
        raise entry_missing() from None
    except StillUsed as fault:
        return _refused(request, draft, address, name, fault.places)
    form = RevisionForm(request.POST or None, initial={"revision": draft.revision})
    if form.is_valid():
        if _change(
            request,
            draft,
            RemoveEntry(address),
            form.cleaned_data["revision"],
            about=_about(address, "removed"),
        ):
            messages.success(request, _("Gelöscht: %(name)s") % {"name": name})
        return redirect(_back(draft.id, address))
    context = {
        "title": _("Löschen?"),
        "sentences": [name, _("Die veröffentlichten Fassungen bleiben, wie sie sind.")],
        "submit": _("Ja, löschen"),
        "cancel_url": entry_url(draft.id, address),
        "form": form,
    }
    return office_page(request, "confirm_page.html", context, section=SECTION, crumbs=_crumbs(draft, address))


def _refused(
    request: StaffRequest, draft: StoredVersion, address: Address, name: str, places: tuple[Path, ...]
) -> HttpResponse:  # fmt: skip
    """The places that still name the entry; paths are those of the document without it."""
    content = draft.document.content
    without = tuple(_shifted(path, draft, address) for path in places)
    context = {
        "title": _("%(name)s wird noch gebraucht") % {"name": name},
        "places": list(dict.fromkeys(place_in_words(draft.id, content, path) for path in without)),
        "back_url": entry_url(draft.id, address),
    }
    return office_page(request, "ordinance_editor/still_used.html", context, section=SECTION,
                       crumbs=_crumbs(draft, address), status=409 if request.method == "POST" else 200)  # fmt: skip


def _shifted(path: Path, draft: StoredVersion, address: Address) -> Path:
    """A path of the document without the entry, in the document as it is."""
    number = path[1] if path[:1] == (address.listed,) and len(path) > 1 else None
    if address.inner or not isinstance(number, int):
        return path
    entries = getattr(draft.document.content, address.listed)
    own = next(place for place, one in enumerate(entries) if one.id == address.id)
    return (path[0], number + (number >= own), *path[2:])


def _change(
    request: StaffRequest, draft: StoredVersion, change: MoveEntry | RemoveEntry, revision: int, *,
    about: dict[str, str],
) -> bool:  # fmt: skip
    try:
        edit_draft(draft.id, change, revision=revision, about=about, actor=actor_of(request))
    except BookingError as error:
        messages.warning(request, str(error))
        return False
    return True


def _about(address: Address, what: str) -> dict[str, str]:
    return {
        "section": SECTION_OF[address.listed].slug,
        "list": address.listed,
        "entry": address.id,
        "change": what,
    }


def _back(version_id: int, address: Address) -> str:
    if address.inner:
        return entry_url(version_id, Address(address.listed, address.id))
    return section_url(version_id, SECTION_OF[address.listed].slug)


def _crumbs(draft: StoredVersion, address: Address) -> list[Crumb]:
    section = SECTION_OF[address.listed]
    return [
        Crumb(version_name(draft)),
        Crumb(str(section.title), section_url(draft.id, section.slug)),
        Crumb(_("Löschen")),
    ]

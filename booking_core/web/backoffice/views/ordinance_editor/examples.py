"""The calculator beside a draft, and worked examples: remember a case, say that what comes out now is right.

Not here: the list and the form of examples (``sections``, ``entries``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import document_to_data
from booking_core.engines.ordinance.editing import AddEntry, Address, ReplaceEntry, free_id
from booking_core.engines.ordinance.worked import confirmed, example_from
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.drafts import edit_draft
from booking_core.ordinances.trying import case_data
from booking_core.web.backoffice.forms.ordinance_editor.revisions import RevisionForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of
from booking_core.web.backoffice.presenters.ordinance_editor.entries import entry_url
from booking_core.web.backoffice.presenters.ordinance_editor.sections import EXAMPLES, section_url
from booking_core.web.backoffice.views.ordinance_editor.frame import (
    case_form,
    entry_missing,
    keep_case,
    open_draft,
    preview,
)


def case(request: StaffRequest, version_id: int) -> HttpResponse:
    """Keep the case and answer it: as a part of the page for scripts, else on the page one came from."""
    draft = open_draft(version_id)
    if request.htmx:
        return preview(request, draft, None)
    keep_case(request, draft)
    here = request.POST.get("zurueck", "")
    is_safe = url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure())
    return redirect(f"{here}#rechner" if is_safe else section_url(draft.id, EXAMPLES))


def remember(request: StaffRequest, version_id: int) -> HttpResponse:
    """Make the case of the calculator a worked example: what comes out now must come out from now on."""
    draft, form = open_draft(version_id), RevisionForm(request.POST)
    asked = case_form(request, draft)
    if not asked.is_bound or not asked.is_valid() or not form.is_valid():
        messages.warning(request, _("Füllen Sie zuerst den Rechner aus."))
        return redirect(section_url(draft.id, EXAMPLES))
    data = document_to_data(draft.document)
    try:
        entry = example_from(draft.document, case_data(draft.document, asked.trial()), draft.readings)
        if entry is None:
            raise entry_missing()
        name = "_".join(str(entry.get(part, "")) for part in ("group", "purpose")).strip("_") or "beispiel"
        entry = {"id": free_id(data, "examples", name), **entry}
        edit_draft(draft.id, AddEntry("examples", entry), revision=form.cleaned_data["revision"],
                   about=_about(entry["id"], "added"), actor=actor_of(request))  # fmt: skip
    except BookingError as error:
        messages.warning(request, str(error))
        return redirect(section_url(draft.id, EXAMPLES))
    messages.success(request, _("Als Beispiel gemerkt. Schreiben Sie dazu, was es zeigt."))
    return redirect(entry_url(draft.id, Address("examples", entry["id"])))


def confirm(request: StaffRequest, version_id: int, entry_id: str) -> HttpResponse:
    """Say that what comes out now is right: it becomes what must come out."""
    draft, form = open_draft(version_id), RevisionForm(request.POST)
    try:
        entry = confirmed(draft.document, entry_id)
    except KeyError:
        raise entry_missing() from None
    if form.is_valid():
        try:
            edit_draft(draft.id, ReplaceEntry(Address("examples", entry_id), entry),
                       revision=form.cleaned_data["revision"], about=_about(entry_id, "confirmed"),
                       actor=actor_of(request))  # fmt: skip
        except BookingError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Das Ergebnis ist übernommen."))
    return redirect(f"{section_url(draft.id, EXAMPLES)}#eintrag-{entry_id}")


def _about(entry_id: str, what: str) -> dict[str, str]:
    return {"section": EXAMPLES, "list": "examples", "entry": entry_id, "change": what}

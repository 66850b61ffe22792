"""What every page of the editor shares: the draft, its sections, the calculator beside, saving with its refusals.

Not here: what single pages edit.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import (
    Document,
    DocumentInvalid,
    DocumentProblem,
    LocalizedText,
    check,
    document_to_data,
)
from booking_core.engines.ordinance.editing import Change, EntryMissing, StillUsed, edited, path_of
from booking_core.kernel.errors import BookingError, InvalidInput, NotFound
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.drafts import edit_draft
from booking_core.ordinances.errors import AlreadyPublished, DocumentFaulty, DraftChanged
from booking_core.ordinances.queries import stored_version
from booking_core.ordinances.trying import try_document
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.ordinance_editor.case import PREFIX, CaseForm, prefixed
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page
from booking_core.web.backoffice.presenters.cases import version_name
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.ordinance_editor.sections import section_nav
from booking_core.web.backoffice.presenters.ordinances import examples_view, failing_examples
from booking_core.web.backoffice.presenters.quotes import QuoteView, in_words, quote_view
from booking_core.web.tariffs.first_case import first_case
from design_system.contracts import Crumb
from tenants.context import tenant_zone

SECTION = "backoffice_ordinances"
Path = tuple[str | int, ...]


def open_draft(version_id: int) -> StoredVersion:
    """The draft to edit. Raises NotFound, AlreadyPublished."""
    found = stored_version(version_id)
    if found.state != "draft":
        raise AlreadyPublished(_("Diese Fassung ist schon veröffentlicht und ändert sich nicht mehr."))
    return found


def editor_page(
    request: StaffRequest, template: str, draft: StoredVersion, context: Mapping[str, object], *,
    section: str, crumbs: Sequence[Crumb] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Print a page of the editor with sections above and calculator beside."""
    here = request.get_full_path()
    case = case_form(request, draft)
    frame = {
        "title": version_name(draft),
        "draft": draft,
        "actions": draft_actions(request, draft),
        "tabs": section_nav(draft.id, document_to_data(draft.document), section),
        "case_form": case,
        "case_url": reverse("backoffice_draft_case", args=[draft.id]),
        "preview_url": reverse("backoffice_draft_case", args=[draft.id]),
        "here": here,
        **result_of(request, draft, draft.document, case),
    }
    trail = [Crumb(_("Ordnungen"), reverse(SECTION)),
             Crumb(version_name(draft), reverse("backoffice_version", args=[draft.id])), *crumbs]  # fmt: skip
    return office_page(
        request,
        f"ordinance_editor/{template}",
        {**frame, **context},
        section=SECTION,
        crumbs=trail,
        status=status,
    )


def draft_actions(request: StaffRequest, draft: StoredVersion) -> list[Action]:
    """What can be done with the draft as a whole."""
    actions = [
        Action(_("Zur Übersicht"), reverse("backoffice_version", args=[draft.id]), "document", "tertiary"),
        Action(_("Vergleichen"), reverse("backoffice_version_compare", args=[draft.id]), "list", "tertiary"),
    ]
    if may(request, roles.PUBLISH_ORDINANCES):
        publish = reverse("backoffice_version_publish", args=[draft.id])
        actions.append(Action(_("Veröffentlichen"), publish, "check", "secondary"))
    return actions


def case_form(request: StaffRequest, draft: StoredVersion) -> CaseForm:
    """The calculator's form with the case just sent, else the one kept in the session, else one to start with."""
    kept = request.session.get(_key(draft.id))
    data = prefixed(first_case(draft.document, today=timezone.now().astimezone(tenant_zone()).date()))
    if any(name.startswith(f"{PREFIX}-") for name in request.POST):
        data = request.POST
    elif isinstance(kept, dict):
        data = _query(kept)
    return CaseForm(data, document=draft.document)


def keep_case(request: StaffRequest, draft: StoredVersion) -> None:
    """Remember the case that was sent, so that it stays while one goes through the sections."""
    sent = {name: request.POST.getlist(name) for name in request.POST if name.startswith(f"{PREFIX}-")}
    if sent:
        request.session[_key(draft.id)] = sent


def result_of(
    request: StaffRequest, draft: StoredVersion, document: Document, case: CaseForm, *, is_tentative: bool = False
) -> dict[str, object]:  # fmt: skip
    """What the calculator shows: the quote of the case and how the examples stand."""
    report = check(document)
    quote: QuoteView | None = None
    fault = ""
    if case.is_bound and case.is_valid():
        try:
            answer = try_document(
                document, case.trial(), zone=case.zone, readings=draft.readings, now=timezone.now()
            )
            quote = quote_view(answer, document=document)
        except BookingError as error:
            fault = str(error)
    return {
        "quote": quote,
        "case_fault": fault,
        "case_is_open": case.is_bound and not case.is_valid(),
        "examples": examples_view(report),
        "failing": failing_examples(report),
        "is_tentative": is_tentative,
        "remember_url": reverse("backoffice_draft_example_remember", args=[draft.id]),
        "examples_url": reverse("backoffice_draft_section", args=[draft.id, "beispiele"]),
        "draft": draft,
    }


def preview(
    request: StaffRequest, draft: StoredVersion, change: Change | None, problem: str = ""
) -> HttpResponse:
    """What the calculator says to a change that is not stored."""
    keep_case(request, draft)
    document = draft.document
    if change is not None:
        try:
            document, _data = edited(document_to_data(draft.document), change)
        except DocumentInvalid as fault:
            problem = in_words(fault.problems[0].message)
        except (EntryMissing, StillUsed):
            problem = _("Diesen Eintrag gibt es nicht mehr.")
    context = result_of(request, draft, document, case_form(request, draft), is_tentative=change is not None)
    return render(request, "backoffice/ordinance_editor/parts/result.html", {**context, "problem": problem})


def wants_preview(request: StaffRequest) -> bool:
    """Whether the calculator asks, not the person."""
    return request.method == "POST" and "vorschau" in request.GET


def save(
    request: StaffRequest, draft: StoredVersion, change: Change, form: BaseForm, *,
    about: Mapping[str, object], show: Callable[[Sequence[tuple[Path, str]]], None],
) -> tuple[bool, str]:  # fmt: skip
    """Store a change; put what is wrong into the form. Returns whether it is stored, and who was faster."""
    try:
        edit_draft(
            draft.id, change, revision=form.cleaned_data["revision"], about=about, actor=actor_of(request)
        )
    except DraftChanged as error:
        typed = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
        typed["revision"] = str(error.context["revision"])
        form.data = typed
        return False, str(error)
    except DocumentFaulty as error:
        show(
            [
                (_path(one), in_page_language(one))
                for one in cast(list[dict[str, Any]], error.context["problems"])
            ]
        )
    except InvalidInput as error:
        form.add_error(None, str(error))
    else:
        return True, ""
    return False, ""


def entry_missing() -> NotFound:
    """There is no such entry."""
    return NotFound(_("Diesen Eintrag gibt es nicht."))


def in_page_language(problem: Mapping[str, Any]) -> str:
    """The sentence of a problem in the language of the page."""
    return in_words(LocalizedText(str(problem["de"]), str(problem["en"])))


def _path(problem: Mapping[str, Any]) -> Path:
    return path_of(DocumentProblem(1, 1, str(problem["path"]), LocalizedText("", "")))


def _key(version_id: int) -> str:
    return f"ordinance_case_{version_id}"


def _query(kept: Mapping[str, object]) -> Any:
    query = QueryDict(mutable=True)
    for name, values in kept.items():
        query.setlist(name, [str(one) for one in values] if isinstance(values, list) else [str(values)])
    return query

"""Ordinances: list, one version in words, reading one in, readings, publishing, download.

Not here: the calculator (``views.calculator``), which resource has which entry (``views.resource_parts``).
"""

from io import StringIO
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from ruamel.yaml import YAML

from booking_core.kernel.errors import BookingError
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.errors import DocumentFaulty
from booking_core.ordinances.library import library_entries
from booking_core.ordinances.origins import origins
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.ordinances.services import (
    adopt_document,
    adopt_from_library,
    choose_readings,
    publish_version,
)
from booking_core.ordinances.trying import version_data, version_report
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.forms.ordinances import ImportForm, PublishForm, ReadingsForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    require,
    show_error,
)
from booking_core.web.backoffice.presenters.cases import label_of
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.ordinances import (
    examples_view,
    ordinance_sections,
    problem_table,
    version_words,
)
from booking_core.web.backoffice.presenters.quotes import in_words
from design_system.contracts import Crumb, Table
from design_system.templatetags.formats import long_date
from tenants.links import main_url

SECTION = "backoffice_ordinances"


def ordinances(request: StaffRequest) -> HttpResponse:
    """List all ordinances with their versions."""
    can_edit = may(request, roles.EDIT_ORDINANCES)
    context = {
        "title": _("Ordnungen"),
        "lead": _("Entgelt- und Benutzungsordnungen als Regeln, die rechnen und sich selbst prüfen."),
        "actions": [
            *(
                [
                    Action(_("Neue Ordnung"), reverse("backoffice_ordinance_new"), "plus", "primary"),
                    Action(_("Ordnung einlesen"), reverse("backoffice_ordinance_import"), "download"),
                ]
                if can_edit
                else []
            ),
            Action(_("Satzungen anderer Kommunen"), reverse("backoffice_exchange"), "people"),
        ],
        "can_edit": can_edit,
        "ordinances": ordinance_sections(ordinances_list()),
    }
    return office_page(request, "ordinances.html", context, section=SECTION)


def version(request: StaffRequest, version_id: int) -> HttpResponse:
    """Show one version in words with its examples; choose readings while it is a draft."""
    found = stored_version(version_id)
    can_edit = may(request, roles.EDIT_ORDINANCES) and found.state == "draft"
    form = ReadingsForm(
        request.POST or None,
        initial={**found.readings, "revision": found.revision},
        ambiguities=found.document.ambiguities,
    )
    if request.method == "POST":
        require(request, roles.EDIT_ORDINANCES)
        if form.is_valid():
            try:
                choose_readings(
                    version_id,
                    form.readings(),
                    revision=form.cleaned_data["revision"],
                    actor=actor_of(request),
                )
            except BookingError as error:
                show_error(form, error)
                form.read_again(error)
            else:
                messages.success(request, _("Die Lesarten sind gespeichert."))
                return redirect("backoffice_version", version_id)
    context = {
        "title": _title(found),
        "version": found,
        "valid_from": long_date(found.valid_from),
        "actions": [
            *_actions(found, can_edit=can_edit, can_publish=may(request, roles.PUBLISH_ORDINANCES)),
            *_exchange_actions(request, found),
        ],
        "copy_url": reverse("backoffice_version_copy", args=[found.id])
        if may(request, roles.EDIT_ORDINANCES)
        else "",
        "words": version_words(found.document),
        "examples": examples_view(version_report(found)),
        "readings_form": form if found.document.ambiguities and can_edit else None,
        "readings": [] if can_edit else _readings(found),
    }
    return office_page(
        request,
        "version.html",
        context,
        section=SECTION,
        crumbs=_crumbs(found),
        status=422 if form.errors else 200,
    )


def import_ordinance(request: StaffRequest) -> HttpResponse:
    """Read a document in as a draft; what is wrong with it is named by line."""
    form = ImportForm(request.POST or None, request.FILES or None, library=_library())
    problems: Table | None = None
    if request.method == "POST" and form.is_valid():
        try:
            draft = _adopt(request, form)
        except DocumentFaulty as error:
            problems = problem_table(cast(list[dict[str, object]], error.context["problems"]))
            form.add_error("text", _("Die Datei enthält Fehler. Sie stehen oben, mit Zeile und Feld."))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(
                request, _("Als Entwurf eingelesen. Prüfen Sie die Beispiele, dann veröffentlichen Sie.")
            )
            return redirect("backoffice_version", draft.id)
    context = {
        "title": _("Ordnung einlesen"),
        "form": form,
        "problems": problems,
        "back_url": reverse(SECTION),
        "language_url": main_url("ordinance_language"),
    }
    crumbs = [Crumb(_("Ordnungen"), reverse(SECTION)), Crumb(_("Einlesen"))]
    return office_page(
        request, "ordinance_import.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


def _adopt(request: StaffRequest, form: ImportForm) -> StoredVersion:
    typed, actor = form.cleaned_data, actor_of(request)
    if typed["library"]:
        return adopt_from_library(typed["library"], code=typed["code"], actor=actor)
    return adopt_document(typed["text"], code=typed["code"], actor=actor)


def publish(request: StaffRequest, version_id: int) -> HttpResponse:
    """Put a draft in force from a date; refused while one of its examples fails."""
    found = stored_version(version_id)
    form = PublishForm(
        request.POST or None, initial={"valid_from": found.valid_from, "revision": found.revision}
    )
    if form.is_valid():
        try:
            publish_version(version_id, **form.cleaned_data, actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
            form.read_again(error)
            found = stored_version(version_id)
        else:
            messages.success(
                request,
                _("Veröffentlicht. Ab %(day)s rechnet die Webseite damit.")
                % {"day": long_date(form.cleaned_data["valid_from"])},
            )
            return redirect("backoffice_version", version_id)
    report = version_report(found)
    context = {
        "title": _("Veröffentlichen: %(name)s") % {"name": _title(found)},
        "form": form,
        "examples": examples_view(report),
        "can_publish": report.passed and found.state == "draft",
        "back_url": reverse("backoffice_version", args=[version_id]),
    }
    return office_page(
        request,
        "ordinance_publish.html",
        context,
        section=SECTION,
        crumbs=_crumbs(found, _("Veröffentlichen")),
        status=409 if form.errors else 200,
    )


def download(request: StaffRequest, version_id: int) -> HttpResponse:
    """The document as YAML."""
    found = stored_version(version_id)
    yaml, text = YAML(), StringIO()
    yaml.width = 110
    yaml.dump(version_data(found), text)
    name = f"{found.ordinance_code}-{found.number}.yaml"
    return HttpResponse(
        text.getvalue(),
        headers={
            "Content-Type": "application/yaml; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def _library() -> Choices:
    return [(one.slug, f"{one.municipality}: {one.name}") for one in library_entries()]


def _title(found: StoredVersion) -> str:
    return _("%(name)s, Fassung %(number)s") % {"name": found.ordinance_name, "number": found.number}


def _crumbs(found: StoredVersion, last: str = "") -> list[Crumb]:
    own = Crumb(_title(found), reverse("backoffice_version", args=[found.id]) if last else "")
    return [Crumb(_("Ordnungen"), reverse(SECTION)), own, *([Crumb(last)] if last else [])]


def _actions(found: StoredVersion, *, can_edit: bool, can_publish: bool) -> list[Action]:
    def action(label: str, page: str, icon: str, kind: str = "tertiary") -> Action:
        return Action(label, reverse(f"backoffice_{page}", args=[found.id]), icon, kind)

    actions = []
    if can_edit:
        actions.append(action(_("Bearbeiten"), "draft", "edit", "primary"))
    if can_edit and can_publish:
        actions.append(action(_("Veröffentlichen"), "version_publish", "check", "secondary"))
    actions += [
        action(_("Rechner"), "version_calculator", "euro", "secondary"),
        action(_("Simulation"), "version_simulation", "chart"),
        action(_("Vergleichen"), "version_compare", "list"),
        action(_("Verlauf"), "version_history", "clock"),
        action(_("Als YAML laden"), "version_yaml", "download"),
    ]
    if can_edit:
        actions.append(action(_("Entwurf löschen"), "draft_discard", "trash"))
    return actions


def _exchange_actions(request: StaffRequest, found: StoredVersion) -> list[Action]:
    """Ways to the exchange between towns, whose pages lie above this room."""
    actions = []
    if found.ordinance_id in origins():
        url = reverse("backoffice_origin", args=[found.ordinance_id])
        actions.append(Action(_("Herkunft"), url, "document", "tertiary"))
    if found.state == "published" and may(request, roles.PUBLISH_ORDINANCES):
        url = reverse("backoffice_share", args=[found.ordinance_id])
        actions.append(Action(_("Teilen"), url, "people", "tertiary"))
    return actions


def _readings(found: StoredVersion) -> list[tuple[str, str]]:
    return [
        (in_words(one.question), label_of(found.readings.get(one.id, one.default), one.readings))
        for one in found.document.ambiguities
    ]

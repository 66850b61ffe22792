"""A version's simulation: watch it, read it, stop it, start it again, take it along as a file.

Not here: starting one (``simulation_start``), computing (``workflows.simulate``). It looks at the whole town, so
members limited to locations have none.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.kernel.errors import NotFound
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.queries import stored_version
from booking_core.ordinances.simulations import services as runs
from booking_core.ordinances.simulations.contracts import SimulationView
from booking_core.ordinances.simulations.queries import known_simulation, simulated_bookings, simulation_of
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.simulations import AttemptForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    require_all_locations,
)
from booking_core.web.backoffice.presenters.cases import version_name, version_url
from booking_core.web.backoffice.presenters.lists import Action, Empty
from booking_core.web.backoffice.presenters.simulation_files import bookings_csv, sums_csv
from booking_core.web.backoffice.presenters.simulations import labels, period_words, simulation_page
from booking_core.web.backoffice.presenters.spreadsheets import csv_download
from booking_core.workflows.tasks import call_simulation
from design_system.contracts import Crumb

SECTION = "backoffice_ordinances"


def simulation(request: StaffRequest, version_id: int) -> HttpResponse:
    """The simulation: progress while it is computed, then the result. htmx asks for the progress alone."""
    require_all_locations(request)
    version, run = stored_version(version_id), simulation_of(version_id)
    can_start = may(request, roles.SIMULATE)
    page = simulation_page(run, version.document, now=timezone.now()) if run else None
    if request.htmx and page:
        response = render(request, "backoffice/parts/simulation_progress.html", {"page": page})
        if request.GET.get("stand") != page.mark:
            response["HX-Refresh"] = "true"
        return response
    context = {
        "title": _("Simulation: %(name)s") % {"name": version_name(version)},
        "lead": period_words(run) if run else "",
        "page": page,
        "can_start": can_start,
        "actions": _actions(run, can_start=can_start) if run else [],
        "empty": None if run else _nothing_yet(version_id, can_start=can_start),
    }
    return office_page(request, "simulation.html", context, section=SECTION, crumbs=crumbs_of(version))


def stop(request: StaffRequest, version_id: int) -> HttpResponse:
    """Stop a run that is open."""
    require_all_locations(request)
    try:
        runs.stop_run(version_id, actor=actor_of(request), now=timezone.now())
    except runs.SimulationOver as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("Die Simulation ist abgebrochen."))
    return redirect("backoffice_version_simulation", version_id)


def restart(request: StaffRequest, version_id: int) -> HttpResponse:
    """Start it again with the same question, or let one that stands still go on."""
    require_all_locations(request)
    form = AttemptForm(request.POST)
    attempt = form.cleaned_data["attempt"] if form.is_valid() else -1
    try:
        runs.restart_run(version_id, attempt=attempt, actor=actor_of(request), now=timezone.now())
        call_simulation(version_id)
    except runs.SimulationOver as error:
        messages.info(request, str(error))
    return redirect("backoffice_version_simulation", version_id)


def bookings_file(request: StaffRequest, version_id: int) -> HttpResponse:
    """Every booking of a finished run as CSV."""
    version, run = _finished(request, version_id)
    text = bookings_csv(simulated_bookings(version_id), labels(version.document.groups))
    return csv_download(text, _file_name(version, run, "buchungen"))


def sums_file(request: StaffRequest, version_id: int) -> HttpResponse:
    """The sums of a finished run as CSV."""
    version, run = _finished(request, version_id)
    return csv_download(
        sums_csv(run.findings.comparison, version.document), _file_name(version, run, "summen")
    )


def crumbs_of(version: StoredVersion, last: str = "") -> list[Crumb]:
    """The way to a version's simulation, and one page beyond."""
    url = reverse("backoffice_version_simulation", args=[version.id]) if last else ""
    way = [Crumb(_("Ordnungen"), reverse(SECTION)), Crumb(version_name(version), version_url(version))]
    return [*way, Crumb(_("Simulation"), url), *([Crumb(last)] if last else [])]


def _file_name(version: StoredVersion, run: SimulationView, what: str) -> str:
    period = f"{run.question.first_on}-{run.question.last_on}"
    return f"simulation-{version.ordinance_code}-{version.number}-{period}-{what}.csv"


def _finished(request: StaffRequest, version_id: int) -> tuple[StoredVersion, SimulationView]:
    require_all_locations(request)
    run = known_simulation(version_id)
    if not run.is_done:
        raise NotFound(_("Diese Simulation ist noch nicht fertig."))
    return stored_version(version_id), run


def _actions(run: SimulationView, *, can_start: bool) -> list[Action]:
    def action(label: str, page: str, icon: str) -> Action:
        return Action(label, reverse(f"backoffice_simulation_{page}", args=[run.version_id]), icon)

    files = [
        action(_("Buchungen als CSV"), "bookings", "download"),
        action(_("Summen als CSV"), "sums", "download"),
    ]
    again = [action(_("Anderer Zeitraum"), "start", "calendar")] if can_start and not run.is_open else []
    return [*(files if run.is_done else []), *again]


def _nothing_yet(version_id: int, *, can_start: bool) -> Empty:
    start = Action(_("Zeitraum wählen"), reverse("backoffice_simulation_start", args=[version_id]))
    back = Action(_("Zurück zur Fassung"), reverse("backoffice_version", args=[version_id]))
    return Empty(
        _("Noch nicht durchgerechnet"),
        _("Eine Simulation zeigt, was diese Fassung für die Buchungen eines Zeitraums bedeutet hätte."),
        start if can_start else back,
        icon="chart",
    )

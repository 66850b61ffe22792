"""Start a simulation: choose a period, say what was renamed.

Not here: watching and reading it (``simulations``).
"""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.kernel.errors import BookingError
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.queries import stored_version
from booking_core.ordinances.simulations.contracts import SimulationView
from booking_core.ordinances.simulations.queries import simulation_of
from booking_core.reservations.queries.priced import first_and_last_use
from booking_core.web.backoffice.forms.simulations import SimulationForm, mapping_field, period_of
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    office_page,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.cases import version_name
from booking_core.web.backoffice.presenters.lists import Action, Empty
from booking_core.web.backoffice.views.simulations import SECTION, crumbs_of
from booking_core.workflows.simulate import NothingToSimulate, codes_to_map, start_simulation
from booking_core.workflows.tasks import call_simulation

_A_YEAR = timedelta(days=364)


def start(request: StaffRequest, version_id: int) -> HttpResponse:
    """Choose a period; say what was renamed; start."""
    require_all_locations(request)
    version, earlier = stored_version(version_id), simulation_of(version_id)
    today = timezone.localdate()
    first_on, last_on = period_of(request.POST or request.GET, (today - _A_YEAR, today))
    form, has_nothing = _form(request, version, earlier, first_on, last_on), False
    if form.is_valid():
        try:
            start_simulation(
                version_id,
                first_on=form.cleaned_data["first_on"],
                last_on=form.cleaned_data["last_on"],
                mapping=form.mapping(),
                actor=actor_of(request),
                now=timezone.now(),
            )
        except NothingToSimulate:
            has_nothing = True
        except BookingError as error:
            show_error(form, error)
        else:
            call_simulation(version_id)
            return redirect("backoffice_version_simulation", version_id)
    context = {
        "title": _("Durchrechnen: %(name)s") % {"name": version_name(version)},
        "lead": _(
            "Rechnet die Fassung über alle Buchungen eines Zeitraums. Keine Buchung ändert sich dadurch."
        ),
        "form": form,
        "asks_for_names": form.asks_for_names,
        "replaces": earlier is not None and earlier.is_done,
        "empty": _nothing(version) if has_nothing else None,
        "back_url": reverse("backoffice_version_simulation", args=[version_id]),
    }
    status = 422 if form.errors else 409 if has_nothing else 200
    crumbs = crumbs_of(version, _("Durchrechnen"))
    return office_page(
        request, "simulation_start.html", context, section=SECTION, crumbs=crumbs, status=status
    )


def _form(
    request: StaffRequest,
    version: StoredVersion,
    earlier: SimulationView | None,
    first_on: date,
    last_on: date,
) -> SimulationForm:
    """The form; where the period's bookings need names that were not asked for yet, it comes back with the question."""
    try:
        unknown = codes_to_map(version.id, first_on, last_on) if request.POST else {}
    except BookingError:
        unknown = {}  # the period itself is at fault; starting says so
    was_asked = all(
        mapping_field(kind, code) in request.POST for kind, codes in unknown.items() for code in codes
    )
    return SimulationForm(
        request.POST if request.POST and was_asked else None,
        document=version.document,
        unknown=unknown,
        kept=earlier.question.mapping if earlier else {},
        initial={"first_on": first_on, "last_on": last_on},
    )


def _nothing(version: StoredVersion) -> Empty:
    """No booking in the period: offer the period in which there are some."""
    uses = first_and_last_use(version.ordinance_id)
    title = _("In diesem Zeitraum gibt es keine Buchungen nach dieser Ordnung")
    if uses is None:
        text = _("Nach dieser Ordnung wurde noch nichts gebucht. Der Rechner zeigt einzelne Fälle.")
        url = reverse("backoffice_version_calculator", args=[version.id])
        return Empty(title, text, Action(_("Zum Rechner"), url), icon="chart")
    first, last = (timezone.localdate(at) for at in uses)
    url = f"{reverse('backoffice_simulation_start', args=[version.id])}?first_on={first}&last_on={last}"
    return Empty(title, "", Action(_("Zeitraum aller Buchungen nehmen"), url), icon="chart")

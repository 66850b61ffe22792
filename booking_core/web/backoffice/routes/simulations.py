"""Routes of a version's simulation.

Not here: the pages themselves (``views.simulations``).
"""

from typing import Any

from django.views.decorators.http import require_POST, require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views import simulation_start, simulations

_PATH = "ordnungen/<int:version_id>/simulation/"
_SEE, _START = roles.SEE_ORDINANCES, roles.SIMULATE

urlpatterns: list[Any] = [
    office_door(_PATH, require_safe(simulations.simulation), "version_simulation", _SEE),
    office_door(f"{_PATH}neu/", simulation_start.start, "simulation_start", _START),
    office_door(f"{_PATH}abbrechen/", require_POST(simulations.stop), "simulation_stop", _START),
    office_door(f"{_PATH}nochmal/", require_POST(simulations.restart), "simulation_restart", _START),
    office_door(
        f"{_PATH}buchungen.csv", require_safe(simulations.bookings_file), "simulation_bookings", _SEE
    ),
    office_door(f"{_PATH}summen.csv", require_safe(simulations.sums_file), "simulation_sums", _SEE),
]

"""Reads of simulations: that of a version, the bookings of one.

Not here: steps of a run (``services``).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from booking_core.kernel.errors import NotFound
from booking_core.ordinances.models import OrdinanceVersion
from booking_core.ordinances.simulations.contracts import (
    SimulatedBooking,
    SimulationView,
    booking_from_data,
    findings_from_data,
    question_from_data,
)


def simulation_of(version_id: int) -> SimulationView | None:
    """A version's simulation with what it has found; None before the first. Raises NotFound. One statement."""
    versions = OrdinanceVersion.objects.select_related("ordinance").defer(None)
    row = versions.defer("document", "origin", "simulation_rows").filter(pk=version_id).first()
    if row is None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    return _view(row) if row.simulation_state else None


def known_simulation(version_id: int) -> SimulationView:
    """The same where there must be one. Raises NotFound."""
    found = simulation_of(version_id)
    if found is None:
        raise NotFound(_("Diese Simulation gibt es nicht."))
    return found


def simulated_bookings(version_id: int) -> tuple[SimulatedBooking, ...]:
    """Every booking of a finished run; none before. One statement."""
    found = OrdinanceVersion.objects.filter(pk=version_id, simulation_state="done")
    rows = found.values_list("simulation_rows", flat=True).first()
    return tuple(booking_from_data(row) for row in rows or ())


def _view(row: OrdinanceVersion) -> SimulationView:
    facts = row.simulation or {}
    return SimulationView(
        version_id=row.pk,
        ordinance_id=row.ordinance_id,
        ordinance_name=row.ordinance.name,
        version_number=row.number,
        question=question_from_data(facts["question"]),
        state=row.simulation_state,
        state_label=str(row.get_simulation_state_display()),
        attempt=row.simulation_attempt,
        revision=facts["revision"],
        revision_now=row.revision,
        started_by=facts["started_by"],
        started_at=datetime.fromisoformat(facts["started_at"]),
        progress_at=datetime.fromisoformat(facts["progress_at"]),
        finished_at=datetime.fromisoformat(facts["finished_at"]) if facts["finished_at"] else None,
        findings=findings_from_data(facts["findings"]),
    )

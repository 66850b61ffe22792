"""The steps of a simulation: start, claim, advance, finish, stop, restart; each compares under the row's lock.

Not here: computing (``workflows.simulate``), reading (``queries``). The contract stands in the package.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Func, JSONField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.models import OrdinanceVersion, SimulationState
from booking_core.ordinances.simulations.contracts import (
    OPEN_STATES,
    Findings,
    Question,
    SimulatedBooking,
    SimulationView,
    booking_to_data,
    findings_from_data,
    findings_to_data,
    question_from_data,
    question_to_data,
)
from booking_core.ordinances.simulations.queries import known_simulation, simulation_of

_SUBJECT = "simulation"  # not the version: trying it out changes nothing about it
_CLOSED_STATES = ("", *(state for state in SimulationState.values if state not in OPEN_STATES))


class AlreadySimulating(BookingError):
    """This version is being tried out at this moment."""

    code = "already-simulating"


class SimulationOver(BookingError):
    """The simulation is not in a state to be stopped or started again."""

    code = "simulation-over"


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to compute a version's simulation, until somebody else has it."""

    version_id: int
    attempt: int
    question: Question
    findings: Findings


@transaction.atomic
def start_run(version_id: int, question: Question, *, actor: Actor, now: datetime) -> SimulationView:
    """Put a simulation down to be computed; an earlier result of the version goes.

    Raises NotFound, AlreadySimulating while another of the version is open.
    """
    version = _locked(version_id, _CLOSED_STATES)
    if version is None:
        simulation_of(version_id)
        raise AlreadySimulating(
            _("Diese Fassung wird gerade schon durchgerechnet. Warten Sie darauf oder brechen Sie sie ab.")
        )
    facts = {
        "question": question_to_data(question),
        "started_by": actor.label,
        "started_at": now.isoformat(),
        **_beginning(version, now),
    }
    _write(version, SimulationState.QUEUED, facts, attempt=version.simulation_attempt + 1, rows=[])
    audit("ordinance.simulated", actor=actor, subject_type=_SUBJECT, subject_id=version_id,
          data={"first_on": facts["question"]["first_on"], "last_on": facts["question"]["last_on"]})  # fmt: skip
    return known_simulation(version_id)


@transaction.atomic
def claim_run(version_id: int, *, now: datetime) -> Claim | None:
    """Take a run up where it stands, or from its beginning where the draft was changed; None where none is open.

    Whoever was at it before finds its attempt outdated and stops.
    """
    version = _locked(version_id, OPEN_STATES)
    if version is None:
        return None
    rows: list[object] | None = None
    facts = _facts(version) | {"progress_at": now.isoformat()}
    if facts["revision"] != version.revision:
        facts, rows = {**facts, **_beginning(version, now)}, []
    attempt = version.simulation_attempt + 1
    _write(version, SimulationState.RUNNING, facts, attempt=attempt, rows=rows)
    return Claim(
        version_id, attempt, question_from_data(facts["question"]), findings_from_data(facts["findings"])
    )


@transaction.atomic
def advance_run(
    claim: Claim, findings: Findings, bookings: Sequence[SimulatedBooking], *, now: datetime
) -> bool:
    """Leave what is found so far and the batch's bookings; False where somebody else has the run now: then stop."""
    version = _locked(claim.version_id, [SimulationState.RUNNING], attempt=claim.attempt)
    if version is None:
        return False
    facts = _facts(version) | {"findings": findings_to_data(findings), "progress_at": now.isoformat()}
    _write(version, SimulationState.RUNNING, facts)
    OrdinanceVersion.objects.filter(pk=version.pk).update(
        simulation_rows=Func(
            Coalesce("simulation_rows", Value([], JSONField())),
            Value([booking_to_data(row) for row in bookings], JSONField()),
            function="jsonb_concat",
        )
    )
    return True


def finish_run(claim: Claim, *, now: datetime) -> bool:
    """Say that it is whole; False where somebody else has the run now."""
    return _end(claim, SimulationState.DONE, now)


def fail_run(claim: Claim, *, now: datetime) -> bool:
    """Note that it went wrong; it can be started again."""
    return _end(claim, SimulationState.FAILED, now)


@transaction.atomic
def stop_run(version_id: int, *, actor: Actor, now: datetime) -> None:
    """Stop a run that is open. Raises NotFound, SimulationOver."""
    version = _locked(version_id, OPEN_STATES)
    if version is None:
        known_simulation(version_id)
        raise SimulationOver(_("Diese Simulation ist schon zu Ende."))
    _write(version, SimulationState.CANCELLED, _facts(version) | {"finished_at": now.isoformat()})
    audit("ordinance.simulation_stopped", actor=actor, subject_type=_SUBJECT, subject_id=version_id)


@transaction.atomic
def restart_run(version_id: int, *, attempt: int, actor: Actor, now: datetime) -> SimulationView:
    """Put a run down again: one that stands still goes on where it stood, one that ended begins anew.

    ``attempt`` is the one the person saw. Raises NotFound, SimulationOver where somebody was faster.
    """
    version = _locked(version_id, SimulationState.values, attempt=attempt)
    if version is None:
        known_simulation(version_id)
        raise SimulationOver(_("Diese Simulation wurde inzwischen schon neu angestoßen."))
    rows: list[object] | None = None
    facts = _facts(version) | {"progress_at": now.isoformat()}
    if version.simulation_state not in OPEN_STATES:
        facts, rows = {**facts, **_beginning(version, now)}, []
    _write(version, SimulationState.QUEUED, facts, attempt=attempt + 1, rows=rows)
    audit("ordinance.simulated", actor=actor, subject_type=_SUBJECT, subject_id=version_id,
          data={"first_on": facts["question"]["first_on"], "last_on": facts["question"]["last_on"]})  # fmt: skip
    return known_simulation(version_id)


@transaction.atomic
def _end(claim: Claim, state: SimulationState, now: datetime) -> bool:
    version = _locked(claim.version_id, [SimulationState.RUNNING], attempt=claim.attempt)
    if version is not None:
        facts = _facts(version) | {"finished_at": now.isoformat(), "progress_at": now.isoformat()}
        _write(version, state, facts)
    return version is not None


def _facts(version: OrdinanceVersion) -> dict[str, Any]:
    return dict(version.simulation or {})


def _beginning(version: OrdinanceVersion, now: datetime) -> dict[str, Any]:
    """A run that has found nothing yet, for the document as it is now."""
    return {
        "revision": version.revision,
        "progress_at": now.isoformat(),
        "finished_at": None,
        "findings": findings_to_data(Findings()),
    }


def _locked(
    version_id: int, states: Collection[str], *, attempt: int | None = None
) -> OrdinanceVersion | None:
    """The version's row, locked, if it is in one of ``states`` (and at ``attempt``)."""
    found = OrdinanceVersion.objects.select_for_update(no_key=True).filter(
        pk=version_id, simulation_state__in=states
    )
    if attempt is not None:
        found = found.filter(simulation_attempt=attempt)
    return (
        found.defer(None)
        .only("revision", "simulation", "simulation_state", "simulation_attempt", "ordinance")
        .first()
    )


def _write(
    version: OrdinanceVersion,
    state: SimulationState,
    facts: dict[str, Any],
    *,
    attempt: int | None = None,
    rows: list[object] | None = None,
) -> None:
    changes: dict[str, Any] = {"simulation_state": state, "simulation": facts}
    if attempt is not None:
        changes["simulation_attempt"] = attempt
    if rows is not None:
        changes["simulation_rows"] = rows
    OrdinanceVersion.objects.filter(pk=version.pk).update(**changes)

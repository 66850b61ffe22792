"""Runs of a simulation that stop, die, come twice or meet a changed draft.

Not here: what a run finds (``test_simulate``).
"""

from datetime import date

import pytest
from django.db.models import F

from booking_core.ordinances.models import OrdinanceVersion
from booking_core.ordinances.services import publish_version
from booking_core.ordinances.simulations import services as runs
from booking_core.ordinances.simulations.contracts import Findings
from booking_core.ordinances.simulations.queries import known_simulation, simulated_bookings
from booking_core.workflows import simulate
from booking_core.workflows.simulate import run_simulation
from tests.factories.examples import CARLA, ExampleHouse, without_examples
from tests.integration.workflows.test_simulate import NOW, NUSSBAUM, draft, house, started

__all__ = ["house"]  # the fixture of the other module


def test_two_at_once_are_refused(house: ExampleHouse) -> None:
    started(house.version_id)
    with pytest.raises(runs.AlreadySimulating):
        started(house.version_id)


def dying(monkeypatch: pytest.MonkeyPatch, version_id: int, after: int) -> None:
    """Let the worker be killed in the middle of its batch after so many bookings."""
    real, seen = simulate.try_booking, []

    def dies(*args: object, **kwargs: object) -> object:
        seen.append(args)
        if len(seen) > after:
            raise KeyboardInterrupt
        return real(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came

    with monkeypatch.context() as patch:
        patch.setattr(simulate, "try_booking", dies)
        with pytest.raises(KeyboardInterrupt):
            run_simulation(version_id, batch=2)


def test_after_a_kill_the_next_worker_goes_on_where_the_first_one_stood(
    house: ExampleHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = known_or_run(house.version_id)
    version_id = started(house.version_id)
    dying(monkeypatch, version_id, after=3)
    died = known_simulation(version_id)
    assert (died.state, died.findings.done, simulated_bookings(version_id)) == ("running", 2, ())

    runs.restart_run(version_id, attempt=died.attempt, actor=CARLA, now=NOW)
    tried: list[object] = []
    real = simulate.try_booking
    monkeypatch.setattr(simulate, "try_booking", lambda *a, **k: tried.append(a) or real(*a, **k))
    assert run_simulation(version_id, batch=2)
    assert len(tried) == 2
    done = known_simulation(version_id)
    assert (done.findings, simulated_bookings(version_id)) == whole


def known_or_run(version_id: int) -> tuple[object, object]:
    """Everything an undisturbed run finds."""
    run_simulation(started(version_id), batch=2)
    return known_simulation(version_id).findings, simulated_bookings(version_id)


def test_after_a_kill_a_changed_draft_is_begun_anew(
    house: ExampleHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    version_id = started(draft(without_examples(NUSSBAUM)))
    dying(monkeypatch, version_id, after=3)
    OrdinanceVersion.objects.filter(pk=version_id).update(revision=7)
    assert run_simulation(version_id, batch=2)
    done = known_simulation(version_id)
    assert (done.findings.done, done.revision, done.is_outdated) == (4, 7, False)
    assert len(simulated_bookings(version_id)) == 4


def test_a_draft_changed_afterwards_makes_the_result_outdated(house: ExampleHouse) -> None:
    version_id = started(draft(without_examples(NUSSBAUM)))
    run_simulation(version_id)
    assert not known_simulation(version_id).is_outdated
    OrdinanceVersion.objects.filter(pk=version_id).update(revision=F("revision") + 1)
    assert known_simulation(version_id).is_outdated


def test_whoever_was_at_it_before_cannot_write(house: ExampleHouse) -> None:
    version_id = started(house.version_id)
    old = runs.claim_run(version_id, now=NOW)
    new = runs.claim_run(version_id, now=NOW)
    assert old is not None
    assert new is not None
    assert not runs.advance_run(old, Findings(done=1), (), now=NOW)
    assert not runs.finish_run(old, now=NOW)
    assert not runs.fail_run(old, now=NOW)
    assert known_simulation(version_id).findings.done == 0
    assert runs.advance_run(new, Findings(done=1), (), now=NOW)


def test_delivered_twice_it_is_written_once(house: ExampleHouse) -> None:
    version_id = started(house.version_id)
    assert run_simulation(version_id)
    assert not run_simulation(version_id)


def test_what_is_stopped_writes_nothing_and_begins_anew(
    house: ExampleHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    version_id = started(house.version_id)
    real = simulate.priced_batch

    def stopped_meanwhile(*args: object, **kwargs: object) -> object:
        if known_simulation(version_id).is_open:
            runs.stop_run(version_id, actor=CARLA, now=NOW)
        return real(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came

    with monkeypatch.context() as patch:
        patch.setattr(simulate, "priced_batch", stopped_meanwhile)
        assert not run_simulation(version_id)
    stopped = known_simulation(version_id)
    assert (stopped.state, stopped.findings.done) == ("cancelled", 0)
    assert not run_simulation(version_id)
    runs.restart_run(version_id, attempt=stopped.attempt, actor=CARLA, now=NOW)
    assert run_simulation(version_id)
    with pytest.raises(runs.SimulationOver):
        runs.restart_run(version_id, attempt=stopped.attempt, actor=CARLA, now=NOW)
    with pytest.raises(runs.SimulationOver):
        runs.stop_run(version_id, actor=CARLA, now=NOW)


def test_a_new_question_replaces_the_old_result(house: ExampleHouse) -> None:
    version_id = started(house.version_id)
    run_simulation(version_id)
    started(version_id, first_on=date(2026, 7, 1), last_on=date(2026, 7, 31))
    assert simulated_bookings(version_id) == ()
    run_simulation(version_id)
    assert {row.month for row in simulated_bookings(version_id)} == {"2026-07"}


def test_no_simulation_is_lost_by_saving_the_version(house: ExampleHouse) -> None:
    """Everything else about a version is written without the columns of its simulation."""
    version_id = started(draft(without_examples(NUSSBAUM)))
    run_simulation(version_id)
    publish_version(version_id, valid_from=date(2027, 1, 1), actor=CARLA)
    assert (known_simulation(version_id).state, len(simulated_bookings(version_id))) == ("done", 4)


def test_what_goes_wrong_is_said_and_leaves_nothing(
    house: ExampleHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object, **_kwargs: object) -> object:
        raise RuntimeError

    version_id = started(house.version_id)
    monkeypatch.setattr(simulate, "try_booking", breaks)
    with pytest.raises(RuntimeError):
        run_simulation(version_id)
    assert known_simulation(version_id).state == "failed"

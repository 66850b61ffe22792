"""The process that runs a simulation is really killed (SIGKILL) in the middle: its page says how far it came, a second
one goes on from there, and in the end stands what a run finds that nobody kills. Seen red where a run that is taken up
again begins at its first booking but keeps its sums.

Not here: the same without a kill (``tests.integration.workflows.test_simulation_steps``).
"""

import multiprocessing
import signal
from datetime import date, timedelta

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.library import library_text
from booking_core.ordinances.services import adopt_document
from booking_core.ordinances.simulations.queries import known_simulation, simulated_bookings
from booking_core.reservations.models import Booking
from booking_core.workflows.simulate import run_simulation, start_simulation
from tenants.models import Tenant
from tests.concurrency.simulation_process import BATCH, Run, run
from tests.factories.examples import example_house, without_examples
from tests.integration.workflows.test_simulate import NAMES, NUSSBAUM
from tests.web.backoffice.test_settlements import somebody

DEARER = ("purpose: family_party, price: 95.00", "purpose: family_party, price: 145.00")


def _started(version_id: int) -> int:
    start_simulation(
        version_id, first_on=date(2026, 1, 1), last_on=date(2026, 12, 31), mapping={}, actor=SYSTEM,
        now=timezone.now(),
    )  # fmt: skip
    return version_id


def _is_killed(task: Run) -> bool:
    process = multiprocessing.get_context("forkserver").Process(target=run, args=(task,))
    process.start()
    process.join(120)
    return process.exitcode == -signal.SIGKILL


def _page(clerk: Client, version_id: int, *, later: timedelta = timedelta(0)) -> str:
    with time_machine.travel(timezone.now() + later):
        return clerk.get(reverse("backoffice_version_simulation", args=[version_id])).content.decode()


def test_a_killed_run_is_told_and_goes_on_where_it_stood(committed_town: Tenant) -> None:
    house = example_house(library_text(NUSSBAUM))
    for name in NAMES:
        house.book(name)
    version_id = adopt_document(without_examples(NUSSBAUM).replace(*DEARER), code="ordnung", actor=SYSTEM).id
    run_simulation(_started(version_id), batch=BATCH)
    whole = known_simulation(version_id).findings, simulated_bookings(version_id)
    _started(version_id)
    assert _is_killed(Run(str(committed_town.schema_name), version_id, dies_after=3))

    left = known_simulation(version_id)
    assert (left.state, left.findings.done) == ("running", BATCH), "the batch it was in counts for nothing"
    clerk = somebody(committed_town, "administrator")
    restart = reverse("backoffice_simulation_restart", args=[version_id])
    for later, is_offered in ((timedelta(0), False), (timedelta(minutes=1), True)):
        page = _page(clerk, version_id, later=later)
        assert f"{BATCH} von {len(NAMES)} Buchungen" in page
        assert "Einnahmen nach Gruppe" not in page, "sums of a part are no result"
        assert (restart in page) is is_offered

    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        clerk.post(restart, {"attempt": str(left.attempt)})
    if not known_simulation(version_id).is_done:
        run_simulation(version_id, batch=BATCH)
    done = known_simulation(version_id)
    assert (done.findings, simulated_bookings(version_id)) == whole
    lines = clerk.get(reverse("backoffice_simulation_bookings", args=[version_id])).content.decode()
    numbers = [line.split(";")[0] for line in lines.splitlines()[1:]]
    assert sorted(numbers) == sorted(Booking.objects.values_list("number", flat=True))

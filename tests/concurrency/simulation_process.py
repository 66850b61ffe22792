"""One process that runs a simulation – and dies by SIGKILL at the booking it was told.

Started by ``test_simulation_crash`` through multiprocessing's fork server: importing this module readies Django.
"""

import os
import signal
from dataclasses import dataclass

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from booking_core.workflows import simulate  # noqa: E402 - needs Django to be ready
from tenants.context import in_tenant  # noqa: E402
from tenants.models import Tenant  # noqa: E402

BATCH = 2


@dataclass(frozen=True)
class Run:
    """Whose version to try out, and after how many bookings to die."""

    schema: str
    version_id: int
    dies_after: int


def run(task: Run) -> None:
    """Run it as a worker does."""
    real, seen = simulate.try_booking, 0

    def deadly(*args: object, **named: object) -> object:
        nonlocal seen
        seen += 1
        if seen > task.dies_after:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **named)  # type: ignore[arg-type]  # passed on as it came

    simulate.try_booking = deadly  # type: ignore[assignment]  # in this process only
    with in_tenant(Tenant.objects.get(schema_name=task.schema)):
        simulate.run_simulation(task.version_id, batch=BATCH)

"""One process that pays, hears of it, cancels and refunds – and dies by SIGKILL at the point it was told.

Started by ``test_payment_crash`` through multiprocessing's fork server: importing this module readies Django, once, in
a process that has no threads; each run is a fork of that.
"""

import os
import signal
from dataclasses import dataclass
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

import requests  # noqa: E402 — everything below needs Django to be ready
from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from booking_core.finance.providers import ONLINE  # noqa: E402
from booking_core.identity.contracts import Actor  # noqa: E402
from booking_core.reservations.queries import booking_by_uuid  # noqa: E402
from booking_core.workflows.cancel_booking import cancel_booking  # noqa: E402
from booking_core.workflows.payments import looking, outcomes, sending, starting  # noqa: E402
from booking_core.workflows.payments.reconciling import settle_payments  # noqa: E402
from tenants.context import in_tenant  # noqa: E402
from tenants.models import Tenant  # noqa: E402

POINTS: dict[str, tuple[object, str, bool]] = {
    "before the call": (ONLINE, "open", False),
    "after the call": (ONLINE, "open", True),
    "before its address is kept": (starting, "_note", False),
    "after its address is kept": (starting, "_note", True),
    "paid, before anything is written": (looking, "apply_state", False),
    "paid, while it is written": (looking, "follow", False),
    "paid, before it is booked": (outcomes, "_book", False),
    "paid, booked, not committed": (outcomes, "_book", True),
    "paid, committed": (looking, "apply_state", True),
    "before the refund": (ONLINE, "refund", False),
    "after the refund": (ONLINE, "refund", True),
    "before the refund is written": (sending, "apply_refund", False),
}
CITIZEN = Actor(
    "Erika Mustermann", by_staff=True
)  # by staff: nothing is owed for cancelling, so all goes back


@dataclass(frozen=True)
class Task:
    """What to do, where, and where to die."""

    schema: str
    booking: UUID
    point: str
    stripe_key: str
    stripe_base: str


def run(task: Task) -> None:
    """Everything that moves money, in one process."""
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = task.stripe_key, task.stripe_base
    where, name, after = POINTS[task.point]
    original = getattr(where, name)

    def deadly(*args: object, **named: object) -> None:
        if after:
            original(*args, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(where, name, deadly)
    with in_tenant(Tenant.objects.get(schema_name=task.schema)):
        now = timezone.now()
        booking = booking_by_uuid(task.booking)
        payment = starting.begin_payment(booking.uuid, purpose="fee", actor=CITIZEN, now=now)
        requests.post(payment.pay_url, {"number": "4242424242424242"}, timeout=10, allow_redirects=False)
        looking.look_after(payment.uuid, now=now)
        cancel_booking(booking.uuid, actor=CITIZEN, now=now)
        settle_payments(now=timezone.now())

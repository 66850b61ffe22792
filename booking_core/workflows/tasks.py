"""Background work of use cases: the waiting list, reminders, bills, own domains, simulations, forgetting answers.

Not here: what they do (``waiting_offers``, ``standing_bookings``, ``billing_runs``, ``own_domains``, ``simulate``,
``idempotency``).
"""

from uuid import UUID

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from booking_core.identity.contracts import Actor
from booking_core.workflows.billing_runs import bill_ended_bookings
from booking_core.workflows.collective_billing import bill_clubs
from booking_core.workflows.idempotency import forget_old_answers
from booking_core.workflows.own_domains import check_due_domains
from booking_core.workflows.payments import reconciling
from booking_core.workflows.reminding import send_reminder_run
from booking_core.workflows.simulate import run_simulation
from booking_core.workflows.standing_bookings import remind_of_dates
from booking_core.workflows.waiting_offers import serve_waiting_list
from booking_core.workflows.yearly_confirmation import follow_up_confirmations
from tenants.context import current_schema
from tenants.models import Tenant, TenantState
from tenants.own_domains.queries import schemas_with_claims_to_check
from tenants.stripe_accounts import towns_with_accounts
from tenants.tasks import PublicTask, TenantTask

log = structlog.get_logger(__name__)


@shared_task(base=TenantTask, creates=True)  # type: ignore[untyped-decorator]  # Celery ships no types
def serve_waiting() -> int:
    """Serve the town's waiting list; the number of offers made."""
    return serve_waiting_list(now=timezone.now())


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def serve_waiting_everywhere() -> int:
    """Start one round per live town; the number of towns."""
    return _in_every_town(serve_waiting)


@shared_task(base=TenantTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def remind_clubs() -> int:
    """Announce the town's dates that are near, follow up questions to clubs; the number of mails."""
    now = timezone.now()
    return remind_of_dates(now=now) + follow_up_confirmations(now=now)


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def remind_clubs_everywhere() -> int:
    """Start one round per live town; the number of towns."""
    return _in_every_town(remind_clubs)


@shared_task(base=TenantTask, creates=True)  # type: ignore[untyped-decorator]  # Celery ships no types
def bill_ended() -> int:
    """Write the town's invoices that are due after the use; the number of bookings looked at."""
    return bill_ended_bookings(now=timezone.now())


@shared_task(base=TenantTask, creates=True)  # type: ignore[untyped-decorator]  # Celery ships no types
def bill_clubs_now() -> int:
    """Write the town's collective invoices whose period is over; the number of invoices."""
    return bill_clubs(now=timezone.now())


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def bill_clubs_everywhere() -> int:
    """Start one run per live town; the number of towns."""
    return _in_every_town(bill_clubs_now)


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def bill_ended_everywhere() -> int:
    """Start one run per live town; the number of towns."""
    return _in_every_town(bill_ended)


@shared_task(base=TenantTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def check_domains() -> int:
    """The daily look at the town's own domains; the number of looks."""
    return check_due_domains(now=timezone.now())


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def check_domains_everywhere() -> int:
    """Start the daily look in the towns where one is due; the number of towns."""
    schemas = schemas_with_claims_to_check(now=timezone.now())
    for schema in schemas:
        check_domains.apply_async(headers={"_schema_name": schema})
    return len(schemas)


@shared_task(base=TenantTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def settle_payments() -> int:
    """Make the town's calls whose rows are there, and close what a crash left open; the number of rows looked at."""
    return reconciling.settle_payments(now=timezone.now())


@shared_task(base=TenantTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def look_after_payments() -> int:
    """Ask after the town's debits and reservations; the number of rows looked at."""
    return reconciling.look_after_slow_ones(now=timezone.now())


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def settle_payments_everywhere() -> int:
    """Start one round per town that has, or had, an account, whatever its state: money under way is not left alone."""
    return _in_towns_with_accounts(settle_payments)


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def look_after_payments_everywhere() -> int:
    """Start one round per town that has, or had, an account."""
    return _in_towns_with_accounts(look_after_payments)


def _in_towns_with_accounts(task: TenantTask) -> int:
    schemas = towns_with_accounts()
    for schema in schemas:
        task.apply_async(headers={"_schema_name": schema})
    return len(schemas)


@shared_task(base=TenantTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def forget_answers() -> int:
    """Delete the answers to repeated requests that are kept no longer; how many there were."""
    return forget_old_answers(now=timezone.now())


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def forget_answers_everywhere() -> int:
    """Start one round per live town; the number of towns."""
    return _in_every_town(forget_answers)


def look_for_waiting() -> None:
    """Ask a worker to serve the waiting list once this transaction is kept. A lost nudge costs a minute."""
    schema = current_schema()
    transaction.on_commit(lambda: _nudge(schema))


def _nudge(schema: str) -> None:
    try:
        serve_waiting.apply_async(headers={"_schema_name": schema})
    except (OperationalError, RedisError) as fault:
        log.warning("waiting_nudge_lost", tenant=schema, error=str(fault))


def _in_every_town(task: TenantTask) -> int:
    schemas = list(Tenant.objects.filter(state=TenantState.LIVE).values_list("schema_name", flat=True))
    for schema in schemas:
        task.apply_async(headers={"_schema_name": schema})
    return len(schemas)


@shared_task(base=TenantTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def simulate(version_id: int) -> bool:
    """Compute a version's simulation. Delivered twice, the second worker goes on and the first one stops."""
    return run_simulation(version_id)


def call_simulation(version_id: int) -> None:
    """Ask a worker to compute a simulation once the transaction is through.

    A lost call costs nothing but time: the run waits, and its page offers to call again.
    """
    schema = current_schema()
    transaction.on_commit(lambda: _send_simulation(version_id, schema))


def _send_simulation(version_id: int, schema: str) -> None:
    try:
        simulate.apply_async([version_id], headers={"_schema_name": schema})
    except (OperationalError, RedisError) as fault:
        log.warning("simulation_call_lost", tenant=schema, error=str(fault))


@shared_task(base=TenantTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def send_reminders(run: str, actor_label: str, user_id: int | None) -> int:
    """Send what is left of a run of reminders; how many went out. Delivered twice, the second finds nothing to do."""
    actor = Actor(actor_label, user_id, by_staff=True)
    return send_reminder_run(UUID(run), actor=actor, now=timezone.now())


def call_reminders(run: UUID, *, actor: Actor) -> None:
    """Ask a worker to send a run. A lost call costs nothing but time: the run's page offers to call again."""
    schema = current_schema()
    try:
        send_reminders.apply_async([str(run), actor.label, actor.user_id], headers={"_schema_name": schema})
    except (OperationalError, RedisError) as fault:
        log.warning("reminders_call_lost", tenant=schema, error=str(fault))

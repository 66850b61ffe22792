"""Ask a worker to make the calls whose rows are committed. A lost nudge costs a minute: the scheduler sweeps."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from tenants.context import current_schema

SETTLE = "booking_core.workflows.tasks.settle_payments"
SERVE_WAITING = "booking_core.workflows.tasks.serve_waiting"
log = structlog.get_logger(__name__)


def nudge(task: str = SETTLE) -> None:
    """Start this task of the current town once this transaction is kept."""
    schema = current_schema()
    transaction.on_commit(lambda: _send(task, schema))


def _send(task: str, schema: str) -> None:
    try:
        current_app.send_task(task, headers={"_schema_name": schema})
    except (OperationalError, RedisError) as fault:
        log.warning("nudge_lost", tenant=schema, task=task, error=str(fault))

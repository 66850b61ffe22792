"""The Celery application: tenant-aware, with the timetable of the scheduler."""

import os

from celery.signals import setup_logging, worker_init
from tenant_schemas_celery.app import CeleryApp

from config.observability import start_sentry

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = CeleryApp("biletado", task_cls="tenants.tasks:TenantTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep-outboxes": {"task": "booking_core.messaging.tasks.sweep_outboxes", "schedule": 30.0},
    "release-stale-holds": {
        "task": "booking_core.reservations.tasks.release_stale_holds_everywhere",
        "schedule": 60.0,
    },
    "serve-waiting-lists": {
        "task": "booking_core.workflows.tasks.serve_waiting_everywhere",
        "schedule": 60.0,
    },
    "settle-payments": {
        "task": "booking_core.workflows.tasks.settle_payments_everywhere",
        "schedule": 60.0,
    },
    "look-after-payments": {
        "task": "booking_core.workflows.tasks.look_after_payments_everywhere",
        "schedule": 900.0,
    },
    "remind-clubs": {"task": "booking_core.workflows.tasks.remind_clubs_everywhere", "schedule": 3600.0},
    "bill-ended": {"task": "booking_core.workflows.tasks.bill_ended_everywhere", "schedule": 3600.0},
    "bill-clubs": {"task": "booking_core.workflows.tasks.bill_clubs_everywhere", "schedule": 6 * 3600.0},
    "check-domains": {"task": "booking_core.workflows.tasks.check_domains_everywhere", "schedule": 3600.0},
    "forget-old-answers": {
        "task": "booking_core.workflows.tasks.forget_answers_everywhere",
        "schedule": 24 * 3600.0,
    },
    "resume-provisioning": {"task": "tenants.provisioning.tasks.resume_stuck_births", "schedule": 60.0},
    "look-after-fees": {"task": "subscriptions.tasks.look_after_towns", "schedule": 3600.0},
    "clean-up-failed-births": {
        "task": "tenants.provisioning.tasks.clean_up_failed_births",
        "schedule": 24 * 3600.0,
    },
}


@setup_logging.connect  # type: ignore[untyped-decorator]  # Celery ships no types
def _use_django_logging(**_: object) -> None:
    """Keep the structured logging of the settings; Celery would replace it."""


@worker_init.connect  # type: ignore[untyped-decorator]  # Celery ships no types
def _watch_worker(**_: object) -> None:
    """Report the worker's errors as those of the web process."""
    from django.conf import settings  # noqa: PLC0415 — importing this module must not need settings

    start_sentry(settings.SENTRY_DSN, environment=settings.SENTRY_ENVIRONMENT, release=settings.RELEASE)

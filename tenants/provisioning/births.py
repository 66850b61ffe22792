"""How a town comes into the world: rows in the registry first, then step by step, safe to kill at any point.

Not here: the steps of other rooms (``steps``), starting it in the background (``tasks``), removing what stayed
half-born (``cleanup``).

    start_birth → job WAITING → build: RUNNING → step, step, … → DONE
                                  │ an error: WAITING again, at the third FAILED
                                  └ kill -9: stays RUNNING, ``overdue_births`` finds it

Each step inside the town commits together with the note that it is done, so that a retry neither repeats nor misses
it. One advisory lock per job, which dies with its connection, keeps two workers apart.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.context import in_public, in_tenant
from tenants.errors import BirthFailed, NameTaken
from tenants.middleware import forget_tenant
from tenants.models import Domain, ProvisioningJob, ProvisioningState, Tenant, TenantState
from tenants.names import new_schema_name
from tenants.provisioning import schema, steps
from tenants.provisioning.plans import BirthPlan

MOST_ATTEMPTS = 3
_OPEN = (ProvisioningState.WAITING, ProvisioningState.RUNNING)
log = logging.getLogger(__name__)


def start_birth(plan: BirthPlan) -> ProvisioningJob:
    """Write the town, its domain and its job into the registry; a worker is told when that is committed.

    Raises NameTaken.
    """
    from tenants.provisioning.tasks import announce  # noqa: PLC0415 — tasks call births

    with in_public(), transaction.atomic():
        job = _register(plan)
        transaction.on_commit(lambda: announce(job.uuid))
    return job


def found_town(plan: BirthPlan) -> Tenant:
    """Build a whole town in this process and return it; a town of this name that is already there is kept.

    Raises BirthFailed.
    """
    with in_public():
        job = ProvisioningJob.objects.select_related("tenant").filter(tenant__slug=plan.slug).first()
        if job is None:
            with transaction.atomic():
                job = _register(plan)
        job = build(job.uuid)
        if job.state != ProvisioningState.DONE:
            raise BirthFailed(_("Die Seite konnte nicht eingerichtet werden: %(why)s") % {"why": job.error})
        tenant: Tenant = Tenant.objects.get(pk=job.tenant_id)
        return tenant


def build(job_uuid: UUID) -> ProvisioningJob:
    """Do what is left of a birth. Returns at once where another worker is at it, or nothing is left.

    An error of a step is logged and kept with the job, not raised: the job's state tells.
    """
    with in_public(), _alone(job_uuid) as is_alone:
        job = ProvisioningJob.objects.select_related("tenant").get(uuid=job_uuid)
        if is_alone and job.state in _OPEN:
            _attempt(job)
        return job


def retry_birth(job_uuid: UUID) -> None:
    """Give a failed birth three more attempts; what is done stays done."""
    from tenants.provisioning.tasks import announce  # noqa: PLC0415 — tasks call births

    with in_public(), transaction.atomic():
        failed = ProvisioningJob.objects.filter(uuid=job_uuid, state=ProvisioningState.FAILED)
        if failed.update(state=ProvisioningState.WAITING, attempts=0, error="", updated_at=timezone.now()):
            transaction.on_commit(lambda: announce(job_uuid))


def overdue_births(*, quiet_for: timedelta) -> tuple[UUID, ...]:
    """Jobs nobody has touched for a while: their worker is dead, or the message to it was lost."""
    before = timezone.now() - quiet_for
    with in_public():
        found = ProvisioningJob.objects.filter(state__in=_OPEN, updated_at__lt=before)
        return tuple(found.order_by("updated_at").values_list("uuid", flat=True))


def _register(plan: BirthPlan) -> ProvisioningJob:
    try:
        with transaction.atomic():
            tenant = Tenant.objects.create(schema_name=new_schema_name(), **plan.tenant_facts())
            Domain.objects.create(
                tenant=tenant,
                domain=f"{plan.slug}.{settings.BASE_HOST}",
                is_primary=True,
                verified_at=timezone.now(),
            )
            job = ProvisioningJob.objects.create(tenant=tenant, plan=plan.to_json())
    except IntegrityError as fault:
        if not Tenant.objects.filter(slug=plan.slug).exists():
            raise
        raise NameTaken(_("Diese Adresse ist schon vergeben. Bitte wählen Sie eine andere.")) from fault
    forget_tenant(tenant)  # a visitor may have asked for the host before it was there
    return job


def _attempt(job: ProvisioningJob) -> None:
    if job.attempts >= MOST_ATTEMPTS:
        _save(job, state=ProvisioningState.FAILED, error=job.error or "gave up: the worker died each time")
        return
    _save(job, state=ProvisioningState.RUNNING, attempts=job.attempts + 1)
    try:
        for step in steps.all_steps():
            if step.name not in job.steps_done:
                _take(step, job)
    except Exception as fault:
        log.exception("a birth stopped at step %s", job.step)
        given_up = job.attempts >= MOST_ATTEMPTS
        state = ProvisioningState.FAILED if given_up else ProvisioningState.WAITING
        _save(job, state=state, error=f"{type(fault).__name__}: {fault}"[:2000])
        return
    _save(job, state=ProvisioningState.DONE, step="", percent=100, error="", finished_at=timezone.now())


def _take(step: steps.Step, job: ProvisioningJob) -> None:
    _save(job, step=step.name)
    plan = BirthPlan.from_json(job.plan)
    done = [*job.steps_done, step.name]
    if not step.in_town:
        step.work(job.tenant, plan)
        _save(job, steps_done=done, percent=step.percent)
        return
    with transaction.atomic():
        with in_tenant(job.tenant):
            step.work(job.tenant, plan)
        ProvisioningJob.objects.filter(pk=job.pk).update(steps_done=done, percent=step.percent)
    job.steps_done, job.percent = done, step.percent


def _save(job: ProvisioningJob, **values: object) -> None:
    for name, value in values.items():
        setattr(job, name, value)
    job.save(update_fields=[*values, "updated_at"])


@contextmanager
def _alone(job_uuid: UUID) -> Iterator[bool]:
    """Hold the job's advisory lock; yields False where another connection has it."""
    key = int.from_bytes(job_uuid.bytes[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _make_schema(tenant: Tenant, _plan: BirthPlan) -> None:
    name = str(tenant.schema_name)
    if not schema.is_current(name):
        schema.create_schema(name)


def _open_doors(tenant: Tenant, _plan: BirthPlan) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(
        state=TenantState.LIVE, schema_version=schema.migrations_digest(), last_activity_at=timezone.now()
    )
    forget_tenant(tenant)


def register_own_steps() -> None:
    """The first and the last step of every birth; called when apps are ready."""
    steps.register("schema", gettext_lazy("Eigener Datenraum"), 40, _make_schema, in_town=False)
    steps.register("live", gettext_lazy("Seite freischalten"), 100, _open_doors, in_town=False)

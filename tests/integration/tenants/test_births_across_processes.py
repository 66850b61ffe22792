"""Births with really committed rows: a process that dies, and two workers at once."""

import os
import signal
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from PIL import Image

from booking_core.identity.models import User
from tenants.context import in_tenant
from tenants.models import Domain, ProvisioningJob, ProvisioningState, Tenant, TenantState
from tenants.provisioning import schema, steps
from tenants.provisioning.births import MOST_ATTEMPTS, build, start_birth
from tenants.provisioning.cleanup import clean_up_half_born
from tenants.provisioning.plans import BirthPlan

SLUG = "prozessdorf"
PLAN = BirthPlan(
    slug=SLUG, kind="municipality", official_name="Gemeinde Prozessdorf", short_name="Prozessdorf",
    administrator_email="max.mustermann@example.org",
)  # fmt: skip
_DYING = """
import os, signal, sys, django
django.setup()
from uuid import UUID
from tenants.provisioning import births, steps
victim = next(step for step in steps.all_steps() if step.name == sys.argv[2])
def dying(tenant, plan):
    victim.work(tenant, plan)
    os.kill(os.getpid(), signal.SIGKILL)
steps.register(victim.name, victim.label, victim.percent, dying, in_town=victim.in_town)
births.build(UUID(sys.argv[1]))
"""


@pytest.fixture
def committed(django_db_blocker: Any) -> Iterator[None]:
    """Rows are really committed; every town of this module is removed afterwards."""
    registered = dict(steps._registered)
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        try:
            yield
        finally:
            steps._registered.clear()
            steps._registered.update(registered)
            connection.set_schema_to_public()
            for tenant in Tenant.objects.filter(slug__startswith=SLUG):
                schema.drop_schema(tenant.schema_name)
                tenant.delete()
            connection.close()


def _assert_one_whole_town(job: ProvisioningJob) -> None:
    tenant = Tenant.objects.get(slug=SLUG)
    assert tenant.state == TenantState.LIVE
    assert schema.is_current(tenant.schema_name)
    with in_tenant(tenant):
        assert [user.email for user in User.objects.all()] == [PLAN.administrator_email]
    job.refresh_from_db()
    assert len(job.steps_done) == len(set(job.steps_done)) == len(steps.all_steps())


def _wait_until_the_dead_hold_nothing() -> None:
    """PostgreSQL notices a moment later that nobody is there any more; until then a birth counts as being worked on."""
    for _moment in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
                "WHERE locktype = 'advisory' AND datname = current_database()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    raise AssertionError("a process that is dead still holds its lock")


def _work_and_die(job: ProvisioningJob, at: str) -> None:
    """A worker of its own, killed at the end of a step, before the note that it is done is committed."""
    done = subprocess.run(
        [sys.executable, "-c", _DYING, str(job.uuid), at],
        cwd=settings.BASE_DIR, env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    _wait_until_the_dead_hold_nothing()
    job.refresh_from_db()
    assert (job.state, job.step) == (ProvisioningState.RUNNING, at)


@pytest.mark.parametrize("at", ["schema", "administrator", "live"])
def test_a_process_that_dies_in_a_step_leaves_a_birth_that_can_go_on(at: str, committed: None) -> None:
    """The dead process told nobody; its transaction is rolled back and its advisory lock is gone."""
    job = start_birth(PLAN)
    _work_and_die(job, at)
    if at == "administrator":
        with in_tenant(job.tenant):
            assert User.objects.count() == 0
    assert build(job.uuid).state == ProvisioningState.DONE
    _assert_one_whole_town(job)


def test_two_workers_on_one_birth_build_it_once(committed: None, django_db_blocker: Any) -> None:
    """Seen red without ``_alone``: both take the step "slow" and it runs twice."""
    times: list[int] = []
    both_are_here = threading.Barrier(2, timeout=20)

    def slow(_tenant: Tenant, _plan: BirthPlan) -> None:
        times.append(1)
        both_are_here.wait()

    steps.register("slow", "Langsam", 70, slow)
    job = start_birth(PLAN)

    def first() -> str:
        try:
            return build(job.uuid).state
        finally:
            connection.close()

    def second() -> str:
        try:
            while not times:
                pass
            state = build(job.uuid).state
            both_are_here.wait()
            return state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        states = [pool.submit(worker) for worker in (first, second)]
        assert [state.result(timeout=30) for state in states] == [
            ProvisioningState.DONE,
            ProvisioningState.RUNNING,
        ]
    assert times == [1]
    _assert_one_whole_town(job)


def test_towns_born_at_the_same_time_do_not_disturb_each_other(committed: None) -> None:
    jobs = [start_birth(replace(PLAN, slug=f"{SLUG}-{number}")) for number in range(3)]

    def worker(job: ProvisioningJob) -> str:
        try:
            return build(job.uuid).state
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(worker, jobs)) == [ProvisioningState.DONE] * 3
    names = [job.tenant.schema_name for job in jobs]
    assert all(schema.is_current(name) for name in names)
    assert len(set(names)) == 3


def test_a_failed_birth_is_cleaned_up_and_nothing_else(committed: None) -> None:
    def failing(_tenant: Tenant, _plan: BirthPlan) -> None:
        raise ValueError

    before = _schemas()
    steps.register("furnish", "Angebote", 80, failing)
    job = start_birth(PLAN)
    assert [build(job.uuid).state for _ in range(3)][-1] == ProvisioningState.FAILED
    folder = Path(settings.MEDIA_ROOT) / str(job.tenant.uuid)
    folder.mkdir(parents=True)
    assert clean_up_half_born(older_than=timedelta(hours=1)) == ()
    ProvisioningJob.objects.filter(pk=job.pk).update(updated_at=timezone.now() - timedelta(hours=2))
    assert clean_up_half_born(older_than=timedelta(hours=1)) == (SLUG,)
    assert _schemas() == before
    assert not folder.exists()
    assert not Tenant.objects.filter(slug=SLUG).exists()
    assert not Domain.objects.filter(domain__startswith=SLUG).exists()
    assert Tenant.objects.filter(slug="musterstadt").exists()


@pytest.mark.parametrize(
    "at",
    ["logo", *(pytest.param(step, marks=pytest.mark.slow) for step in ("schema", "administrator", "offers"))],
)
def test_what_a_killed_worker_left_for_good_is_cleaned_up(at: str, committed: None) -> None:
    """Killed at its last attempt, then given up; the logo is the file it leaves.

    Seen red without ``drop_schema``, without the removal of the folder, and with a birth given up only after an error.
    """
    before, logo = _schemas(), b64encode(_png()).decode()
    job = start_birth(replace(PLAN, furnish={"logo": logo}))
    folder = Path(settings.MEDIA_ROOT) / str(job.tenant.uuid)
    ProvisioningJob.objects.filter(pk=job.pk).update(attempts=MOST_ATTEMPTS - 1)
    _work_and_die(job, at)
    job = build(job.uuid)
    assert (job.state, job.error) == (ProvisioningState.FAILED, "gave up: the worker died each time")
    assert _schemas() - before == {job.tenant.schema_name}
    assert folder.exists() == (at in {"logo", "offers"})
    ProvisioningJob.objects.filter(pk=job.pk).update(updated_at=timezone.now() - timedelta(hours=2))
    assert clean_up_half_born(older_than=timedelta(hours=1)) == (SLUG,)
    assert (_schemas(), folder.exists()) == (before, False)
    assert not ProvisioningJob.objects.filter(pk=job.pk).exists()
    assert start_birth(PLAN).tenant.slug == SLUG  # the name is free again


def test_a_town_that_opened_before_its_worker_died_is_kept(committed: None) -> None:
    """All was done but the last note: whoever books there already shall not lose the town."""
    job = start_birth(PLAN)
    build(job.uuid)
    two_hours_ago = timezone.now() - timedelta(hours=2)
    ProvisioningJob.objects.filter(pk=job.pk).update(state=ProvisioningState.FAILED, updated_at=two_hours_ago)
    assert clean_up_half_born(older_than=timedelta(hours=1)) == ()
    _assert_one_whole_town(job)


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 40), "teal").save(out, "PNG")
    return out.getvalue()


def _schemas() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 't\\_%'")
        return {row[0] for row in cursor.fetchall()}

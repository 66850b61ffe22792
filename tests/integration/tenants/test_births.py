"""A town is born once and whole, whatever kills the worker and however often it is retried."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from booking_core.identity.models import Role, StaffRole, User
from tenants.context import in_tenant
from tenants.errors import BirthFailed, NameTaken
from tenants.models import Domain, ProvisioningJob, ProvisioningState, Tenant, TenantState
from tenants.provisioning import schema, steps
from tenants.provisioning.births import build, found_town, overdue_births, retry_birth, start_birth
from tenants.provisioning.plans import BirthPlan
from tests.conftest import client_of_host

pytestmark = pytest.mark.django_db
SLUG = "probestadt"
PLAN = BirthPlan(
    slug=SLUG,
    kind="municipality",
    official_name="Gemeinde Probestadt",
    short_name="Probestadt",
    administrator_email="erika.mustermann@example.org",
    administrator_name="Erika Mustermann",
)


class Killed(BaseException):
    """Ends the worker without any of its ``except Exception`` seeing it."""


@pytest.fixture
def only_plain_steps() -> Iterator[None]:
    """Steps a test adds are gone afterwards."""
    before = dict(steps._registered)
    yield
    steps._registered.clear()
    steps._registered.update(before)


def _schemas() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 't\\_%'")
        return {row[0] for row in cursor.fetchall()}


def _assert_whole(tenant: Tenant) -> None:
    assert tenant.state == TenantState.LIVE
    assert schema.is_current(tenant.schema_name)
    assert tenant.schema_version == schema.migrations_digest()
    assert Tenant.objects.filter(slug=SLUG).count() == 1
    assert Domain.objects.get(tenant=tenant).domain == f"{SLUG}.biletado.localhost"
    with in_tenant(tenant):
        assert [role.role for role in StaffRole.objects.all()] == [Role.ADMINISTRATOR]
        user = User.objects.get()
        assert user.email == PLAN.administrator_email
        assert [(row.verified, row.primary) for row in user.emailaddress_set.all()] == [(True, True)]


def test_a_town_is_founded_whole_and_a_second_time_kept() -> None:
    before = _schemas()
    tenant = found_town(PLAN)
    _assert_whole(tenant)
    assert _schemas() - before == {tenant.schema_name}
    assert found_town(PLAN).pk == tenant.pk
    _assert_whole(tenant)
    assert _schemas() - before == {tenant.schema_name}


def test_visitors_are_told_to_wait_until_the_town_is_open() -> None:
    job = start_birth(PLAN)
    visitor = client_of_host(f"{SLUG}.biletado.localhost")
    answer = visitor.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    build(job.uuid)
    assert visitor.get("/").status_code != 503


def test_the_same_name_is_refused_with_a_sentence() -> None:
    start_birth(PLAN)
    with pytest.raises(NameTaken, match="schon vergeben"):
        start_birth(PLAN)
    assert Tenant.objects.filter(slug=SLUG).count() == 1


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("at", ["schema", "administrator", "live"])
def test_killed_at_a_step_and_resumed(at: str, moment: str, only_plain_steps: None) -> None:
    job = start_birth(PLAN)
    victim = next(step for step in steps.all_steps() if step.name == at)

    def dying(tenant: Tenant, plan: BirthPlan) -> None:
        if moment == "after":
            victim.work(tenant, plan)
        raise Killed

    steps.register(at, victim.label, victim.percent, dying, in_town=victim.in_town)
    with pytest.raises(Killed), transaction.atomic():
        build(job.uuid)
    steps.register(at, victim.label, victim.percent, victim.work, in_town=victim.in_town)
    assert build(job.uuid).state == ProvisioningState.DONE
    _assert_whole(Tenant.objects.get(slug=SLUG))


def test_a_failing_step_is_tried_three_times_and_told(only_plain_steps: None) -> None:
    def failing(_tenant: Tenant, _plan: BirthPlan) -> None:
        raise ValueError("the hall is missing")

    steps.register("furnish", "Angebote", 80, failing)
    job = start_birth(PLAN)
    states = [build(job.uuid).state for _ in range(4)]
    assert states == ["waiting", "waiting", "failed", "failed"]
    job.refresh_from_db()
    assert "the hall is missing" in job.error
    with pytest.raises(BirthFailed, match="the hall is missing"):
        found_town(PLAN)
    steps.register("furnish", "Angebote", 80, lambda _tenant, _plan: None)
    retry_birth(job.uuid)
    assert build(job.uuid).state == ProvisioningState.DONE
    _assert_whole(Tenant.objects.get(slug=SLUG))


def test_a_birth_nobody_works_on_is_found() -> None:
    job = start_birth(PLAN)
    assert overdue_births(quiet_for=timedelta(minutes=1)) == ()
    ProvisioningJob.objects.update(updated_at=timezone.now() - timedelta(minutes=2))
    assert overdue_births(quiet_for=timedelta(minutes=1)) == (job.uuid,)
    build(job.uuid)
    assert overdue_births(quiet_for=timedelta(seconds=-5)) == ()

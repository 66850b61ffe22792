"""Law 3: cache keys, files, signed tokens and tasks carry the town.

Each was seen red without its defence: ``KEY_FUNCTION``, ``base_location``, the uuid in ``signing._salt``, the checks in
``TenantTask``.
"""

from datetime import timedelta
from typing import Any

import pytest
import redis
from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tenants.context import NoTenant, current_schema, in_tenant
from tenants.models import Tenant
from tenants.signing import TokenInvalid, sign, sign_public, unsign, unsign_public
from tenants.tasks import PublicTask, TenantRequired, TenantTask
from tests.conftest import client_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class TestCache:
    def test_the_same_key_never_meets(self, tenant_a: Tenant, tenant_b: Tenant) -> None:
        with in_tenant(tenant_a):
            cache.set("key", "A")
        with in_tenant(tenant_b):
            assert cache.get("key") is None
            cache.set("key", "B")
        assert cache.get("key") is None
        with in_tenant(tenant_a):
            assert cache.get("key") == "A"

    def test_every_key_in_redis_names_its_schema(self, tenant_a: Tenant, tenant_b: Tenant) -> None:
        for town in (tenant_a, tenant_b):
            client_of(town).get("/")
            with in_tenant(town):
                cache.set("some-key", 1)
        keys = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"]).keys("*")
        ours = [key.decode() for key in keys if not key.startswith((b"celery:", b"_kombu", b"unacked"))]
        prefixes = {key.split(":")[0] for key in ours}
        assert {str(tenant_a.schema_name), str(tenant_b.schema_name)} <= prefixes
        assert prefixes <= {"public", str(tenant_a.schema_name), str(tenant_b.schema_name)}


class TestFiles:
    @pytest.mark.parametrize("name", ["../x.txt", "a/../../x.txt", "/etc/passwd", "..\\x.txt/../../y"])
    def test_a_name_cannot_lead_out(self, town: Tenant, name: str) -> None:
        for use in (default_storage.path, default_storage.open, default_storage.exists):
            with pytest.raises((SuspiciousFileOperation, FileNotFoundError)):
                assert not use(name), name
                raise FileNotFoundError
        with pytest.raises(SuspiciousFileOperation):
            default_storage.save("../x.txt", ContentFile(b"x"))

    def test_the_same_name_is_two_files(self, tenant_a: Tenant, tenant_b: Tenant) -> None:
        with in_tenant(tenant_a):
            default_storage.save("probe/a.txt", ContentFile(b"A"))
            path = default_storage.path("probe/a.txt")
            assert str(tenant_a.uuid) in path
        with in_tenant(tenant_b):
            assert not default_storage.exists("probe/a.txt")
            with pytest.raises(SuspiciousFileOperation):
                default_storage.open(f"../{tenant_a.uuid}/probe/a.txt")

    def test_without_a_town_there_are_no_files(self, db: None) -> None:
        with pytest.raises(NoTenant):
            default_storage.save("a.txt", ContentFile(b"x"))


class TestTokens:
    def test_valid_in_its_town_for_its_purpose_only(self, tenant_a: Tenant, tenant_b: Tenant) -> None:
        with in_tenant(tenant_a):
            token = sign({"id": 1}, purpose="probe")
            assert unsign(token, purpose="probe", max_age=HOUR) == {"id": 1}
            with pytest.raises(TokenInvalid):
                unsign(token, purpose="other", max_age=HOUR)
            with pytest.raises(TokenInvalid):
                unsign(token, purpose="probe", max_age=timedelta(seconds=-1))
        with in_tenant(tenant_b), pytest.raises(TokenInvalid):
            unsign(token, purpose="probe", max_age=HOUR)
        with pytest.raises(TokenInvalid):
            unsign_public(token, purpose="probe", max_age=HOUR)

    def test_the_main_hosts_tokens_are_worth_nothing_in_towns(self, tenant_a: Tenant) -> None:
        token = sign_public(1, purpose="probe")
        assert unsign_public(token, purpose="probe", max_age=HOUR) == 1
        with in_tenant(tenant_a), pytest.raises(TokenInvalid):
            unsign(token, purpose="probe", max_age=HOUR)

    def test_without_a_town_nothing_is_signed(self, db: None) -> None:
        with pytest.raises(NoTenant):
            sign(1, purpose="probe")


@shared_task(base=TenantTask, name="tests.town_task")  # type: ignore[untyped-decorator]
def _town_task() -> str:
    return current_schema()


@shared_task(base=PublicTask, name="tests.public_task")  # type: ignore[untyped-decorator]
def _public_task() -> str:
    return current_schema()


class TestTasks:
    def test_without_a_town_it_is_neither_sent_nor_run(self, db: None) -> None:
        with pytest.raises(TenantRequired):
            _town_task.delay()
        with pytest.raises(TenantRequired):
            _town_task()
        with pytest.raises(TenantRequired):
            _town_task.apply(throw=True).get()

    def test_it_runs_in_the_town_it_was_sent_from(self, tenant_a: Tenant, tenant_b: Tenant) -> None:
        with in_tenant(tenant_a):
            assert _town_task.apply().get() == tenant_a.schema_name
        answer = _town_task.apply(headers={"_schema_name": tenant_b.schema_name})
        assert answer.get() == tenant_b.schema_name
        assert current_schema() == "public"

    def test_an_unknown_schema_is_refused(self, db: None) -> None:
        with pytest.raises(TenantRequired):
            _town_task.apply(headers={"_schema_name": "t_nobody00"}, throw=True).get()

    def test_registry_work_stands_in_public_wherever_it_is_sent_from(
        self, tenant_a: Tenant, monkeypatch: Any
    ) -> None:
        sent: dict[str, Any] = {}
        monkeypatch.setattr("celery.app.task.Task.apply_async", lambda *_a, **options: sent.update(options))
        with in_tenant(tenant_a):
            _public_task.delay()
        assert sent["headers"]["_schema_name"] == "public"

"""API keys: shown once, kept as a digest, limited, ended."""

import hashlib
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking_core.identity.api_keys import (
    api_key_by_secret,
    api_keys,
    change_api_key,
    create_api_key,
    revoke_api_key,
)
from booking_core.identity.contracts import SYSTEM
from booking_core.identity.errors import KeyRefused
from booking_core.identity.models import ApiKey, AuditEntry
from booking_core.kernel.errors import InvalidInput, NotFound
from tenants.models import Tenant


def test_only_the_digest_is_stored(town: Tenant) -> None:
    key, secret = create_api_key("Türschloss", ["bookings.read"], actor=SYSTEM)
    random_part = secret.removeprefix(f"{key.prefix}_")
    assert len(random_part) >= 40
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(k)::text, digest FROM identity_apikey k")
        row, digest = cursor.fetchone()
        cursor.execute("SELECT coalesce(string_agg(row_to_json(a)::text, ''), '') FROM identity_auditentry a")
        trail = cursor.fetchone()[0]
    assert random_part not in row
    assert random_part not in trail
    assert digest == hashlib.sha256(secret.encode()).hexdigest()
    assert api_key_by_secret(secret).id == key.id


def test_secrets_differ(town: Tenant) -> None:
    assert create_api_key("a", ["read"], actor=SYSTEM)[1] != create_api_key("a", ["read"], actor=SYSTEM)[1]


@pytest.mark.parametrize(
    ("name", "scopes", "field"),
    [
        pytest.param(" ", ["read"], "name", id="no name"),
        pytest.param("x" * 101, ["read"], "name", id="long name"),
        pytest.param("a", [], "scopes", id="no scope"),
        pytest.param("a", ["read", "alles"], "scopes", id="unknown scope"),
    ],
)
def test_wrong_keys_are_not_made(town: Tenant, name: str, scopes: list[str], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        create_api_key(name, scopes, actor=SYSTEM)
    assert refusal.value.field == field
    assert not ApiKey.objects.exists()


def test_a_revoked_key_ends_and_stays_in_the_list(town: Tenant) -> None:
    key, secret = create_api_key("Alt", ["read"], actor=SYSTEM)
    revoke_api_key(key.id, actor=SYSTEM)
    revoke_api_key(key.id, actor=SYSTEM)
    with pytest.raises(KeyRefused):
        api_key_by_secret(secret)
    assert api_keys()[0].revoked_at is not None
    assert AuditEntry.objects.filter(action="api_key.revoked").count() == 1


def test_what_is_not_there_cannot_be_revoked(town: Tenant) -> None:
    with pytest.raises(NotFound):
        revoke_api_key(999_999, actor=SYSTEM)


@pytest.mark.parametrize("secret", ["", "bil_", "x" * 10_000, "bil_00000000_ä\x00"])
def test_made_up_secrets_open_nothing(town: Tenant, secret: str) -> None:
    create_api_key("a", ["read"], actor=SYSTEM)
    with pytest.raises(KeyRefused):
        api_key_by_secret(secret)


def _statements(secret: str) -> int:
    with CaptureQueriesContext(connection) as taken:
        api_key_by_secret(secret)
    return len([one for one in taken if not one["sql"].startswith("SET ")])


def test_a_known_key_takes_no_statement_and_ends_at_once(committed_town: Tenant) -> None:
    """Other processes are told by the version alone, as here. Seen red without the telling."""
    key, secret = create_api_key("Türschloss", ["read"], actor=SYSTEM)
    api_key_by_secret(secret)
    assert _statements(secret) == 0
    other, other_secret = create_api_key("Anzeige", ["read"], actor=SYSTEM)
    assert api_key_by_secret(other_secret).id == other.id, "a new key is known at once"
    change_api_key(key.id, "Türschloss", ["bookings.read"], actor=SYSTEM)
    assert api_key_by_secret(secret).scopes == ("bookings.read",)
    revoke_api_key(key.id, actor=SYSTEM)
    with pytest.raises(KeyRefused):
        api_key_by_secret(secret)


def test_a_kept_key_expires_by_the_clock(committed_town: Tenant) -> None:
    soon = timezone.now() + timedelta(minutes=5)
    _key, secret = create_api_key("Befristet", ["read"], actor=SYSTEM, expires_at=soon)
    api_key_by_secret(secret)
    with time_machine.travel(soon + timedelta(seconds=1)), pytest.raises(KeyRefused):
        api_key_by_secret(secret)


def test_a_key_that_ended_unheard_is_refused_soon(
    committed_town: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where whoever revoked it died before telling, or Redis forgot."""
    key, secret = create_api_key("Alt", ["read"], actor=SYSTEM)
    api_key_by_secret(secret)
    ApiKey.objects.filter(pk=key.id).update(revoked_at=timezone.now())
    later = time.monotonic() + 31
    monkeypatch.setattr("booking_core.identity.api_keys.time.monotonic", lambda: later)
    with pytest.raises(KeyRefused):
        api_key_by_secret(secret)


def test_use_is_written_down_every_ten_minutes(committed_town: Tenant) -> None:
    key, secret = create_api_key("Anzeige", ["read"], actor=SYSTEM)
    for minutes, seen in ((0, 0), (9, 0), (11, 11)):
        at = timezone.now() + timedelta(minutes=minutes)
        with time_machine.travel(at, tick=False):
            api_key_by_secret(secret)
            used = ApiKey.objects.get(pk=key.id).last_used_at
        assert used is not None
        assert round((at - used).total_seconds() / 60) == minutes - seen

"""The operator console: who gets in, what is shown, what suspending does."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import AuditEntry, Party, User
from booking_core.identity.services import create_account
from booking_core.reservations.models import Booking
from onboarding.models import SignUp
from operator_console import town_figures
from operator_console.queries import towns
from operator_console.services import make_operator
from tenants.context import in_tenant
from tenants.models import Tenant, TenantState
from tests.conftest import client_of

PAGES = [
    "/betrieb/",
    "/betrieb/anmeldungen/",
    "/betrieb/satzungen/",
    "/betrieb/protokoll/",
    "/betrieb/beitraege/",
    "/betrieb/beitraege/tarife/",
    "/betrieb/beitraege/bedingungen/",
    "/betrieb/beitraege/rechnungslauf/",
    "/betrieb/beitraege/mahnlauf/",
]


def _sign_in(client: Client, email: str, *methods: str, hours_ago: float = 0) -> None:
    """Sign in with the records allauth leaves for each proof given."""
    client.force_login(User.objects.get(email=email))
    session = client.session
    session["account_authentication_methods"] = [
        {"method": method, "at": time.time() - hours_ago * 3600} for method in methods
    ]
    session["account_authentication_methods_user"] = str(client.session["_auth_user_id"])
    session.save()


@pytest.fixture
def operator_client(main_client: Client) -> Client:
    make_operator("betrieb@partnerschaft.example", name="Olga Operator", actor=SYSTEM)
    _sign_in(main_client, "betrieb@partnerschaft.example", "password", "mfa")
    return main_client


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_sent_to_the_sign_in(main_client: Client, path: str) -> None:
    answer = main_client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/login/")


@pytest.mark.parametrize("path", PAGES)
def test_accounts_without_the_role_are_refused(main_client: Client, path: str) -> None:
    create_account(email="jemand@example.org", verified=True)
    _sign_in(main_client, "jemand@example.org", "mfa")
    assert main_client.get(path).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_operators_without_a_second_factor_must_set_one_up(main_client: Client, path: str) -> None:
    make_operator("betrieb@partnerschaft.example", name="Olga", actor=SYSTEM)
    _sign_in(main_client, "betrieb@partnerschaft.example", "password")
    answer = main_client.get(path)
    assert answer.status_code == 302
    assert "/2fa/" in answer["Location"]


def test_the_console_is_not_there_on_a_towns_host(tenant_a: Tenant) -> None:
    assert client_of(tenant_a).get("/betrieb/").status_code == 404


def test_all_towns_are_listed_with_state_and_health(operator_client: Client, tenant_a: Tenant) -> None:
    page = operator_client.get("/betrieb/").content.decode()
    assert "Musterstadt" in page
    assert "Nachbarort" in page
    found = operator_client.get("/betrieb/?q=nachbar").content.decode()
    assert "Musterstadt" not in found


def test_the_list_tells_each_towns_last_booking_and_version(
    operator_client: Client, tenant_a: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read from the town's own schema."""
    booked_at = timezone.now().replace(microsecond=0)
    with in_tenant(tenant_a):
        party = Party.objects.create(name="Erika Muster", email="erika@example.org")
        Booking.objects.create(party=party, number="B-1", title="Chor", requested_at=booked_at)
    found = {row.id: row.figures for row in towns()}
    assert found[tenant_a.pk].last_booking_at == booked_at
    assert found[tenant_a.pk].is_current
    assert [one.last_booking_at for town, one in found.items() if town != tenant_a.pk] == [None]
    monkeypatch.setattr(town_figures, "_AT_ONCE", 1)
    assert {row.id: row.figures for row in towns()} == found
    assert "aktuell" in operator_client.get("/betrieb/").content.decode()


def test_a_town_that_misses_a_migration_is_named(tenant_a: Tenant) -> None:
    """What was written at birth says nothing of the migrations since."""
    with in_tenant(tenant_a), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)")
    faults = {row.id: row.faults for row in towns()}
    assert faults[tenant_a.pk] == ("Schema veraltet",)
    assert [faults[one] for one in faults if one != tenant_a.pk] == [()]


def test_the_number_of_statements_does_not_grow_with_the_towns(
    operator_client: Client, tenant_a: Tenant, django_assert_max_num_queries: object
) -> None:
    with CaptureQueriesContext(connection) as few:
        operator_client.get("/betrieb/")
    for number in range(20):
        Tenant.objects.create(
            schema_name=f"t_extratown{number:04d}", slug=f"extra-{number}", kind="municipality",
            official_name=f"Gemeinde Extra {number}", short_name=f"Extra {number}",
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        operator_client.get("/betrieb/")
    assert len(many) == len(few)


def test_one_town_shows_its_health(operator_client: Client, tenant_a: Tenant) -> None:
    page = operator_client.get(f"/betrieb/kommunen/{tenant_a.pk}/").content.decode()
    assert "Gemeinde Musterstadt" in page
    assert "Wartende E-Mails" in page


def test_suspending_closes_the_site_and_resuming_opens_it(operator_client: Client, tenant_a: Tenant) -> None:
    town = client_of(tenant_a)
    assert town.get("/impressum/").status_code == 200
    with _committed():
        answer = operator_client.post(
            f"/betrieb/kommunen/{tenant_a.pk}/abschalten/", {"reason": "Vertrag beendet"}
        )
    assert answer.status_code == 302
    assert town.get("/impressum/").status_code == 503
    entry = AuditEntry.objects.get(action="town.suspended")
    assert (entry.reason, entry.actor_label) == ("Vertrag beendet", "Olga Operator")
    with _committed():
        operator_client.post(f"/betrieb/kommunen/{tenant_a.pk}/einschalten/", {"reason": "Verlängert"})
    assert town.get("/impressum/").status_code == 200


def test_suspending_without_a_reason_changes_nothing(operator_client: Client, tenant_a: Tenant) -> None:
    answer = operator_client.post(f"/betrieb/kommunen/{tenant_a.pk}/abschalten/", {"reason": "  "})
    assert answer.status_code == 200
    tenant_a.refresh_from_db()
    assert tenant_a.state == TenantState.LIVE
    assert not AuditEntry.objects.filter(action="town.suspended").exists()


def test_suspending_twice_is_told(operator_client: Client, tenant_a: Tenant) -> None:
    Tenant.objects.filter(pk=tenant_a.pk).update(state=TenantState.SUSPENDED)
    answer = operator_client.post(f"/betrieb/kommunen/{tenant_a.pk}/abschalten/", {"reason": "noch einmal"})
    assert "ist inzwischen abgeschaltet" in answer.content.decode()


def test_sign_ups_in_progress_can_be_read(operator_client: Client) -> None:
    row = SignUp.objects.create(
        email="amt@beispieldorf.example",
        email_verified_at=timezone.now(),
        answers={"name": {"official_name": "Gemeinde Beispieldorf"}, "look": {"logo": "iVBORw0KGgo"}},
    )
    assert "Gemeinde Beispieldorf" in operator_client.get("/betrieb/anmeldungen/").content.decode()
    page = operator_client.get(f"/betrieb/anmeldungen/{row.uuid}/").content.decode()
    assert "amt@beispieldorf.example" in page
    assert "Amtlicher Name" in page
    assert "iVBORw0KGgo" not in page


def _committed():
    from django.test import TestCase

    return TestCase.captureOnCommitCallbacks(execute=True)

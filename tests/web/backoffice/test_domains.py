"""The town's web addresses: entered, proven by a record in the DNS, chosen, given up; every sentence on the way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking_core.identity.queries import audit_rows
from booking_core.messaging.queries import recent_messages
from booking_core.workflows.own_domains import check_due_domains, claim_own_domain, own_claims, own_hosts
from booking_core.workflows.tasks import check_domains_everywhere
from tenants.context import in_public
from tenants.links import tenant_origin
from tenants.models import DomainClaim, Tenant
from tenants.own_domains.claims import claim_domain
from tenants.own_domains.contracts import ClaimView
from tests.conftest import MAIN_HOST
from tests.name_server import NameServer, name_server
from tests.statements import asked
from tests.web.backoffice.conftest import CONNY, Office

OWN = "buchen.musterstadt.example"
LIST = "/verwaltung/einstellungen/webadressen/"


@pytest.fixture
def dns(settings: Any) -> Iterator[NameServer]:
    with name_server() as server:
        settings.DNS_RESOLVERS = [server.address]
        yield server


@pytest.fixture
def neighbour(tenant_b: Tenant) -> Tenant:
    """Another town; made before the test stands in its own."""
    return tenant_b


def enter(client: Client, domain: str = OWN) -> ClaimView:
    client.post(f"{LIST}neu/", {"domain": domain})
    return next(claim for claim in own_claims() if claim.domain == domain)


def check(client: Client, claim: ClaimView) -> str:
    return client.post(reverse("backoffice_domain_check", args=[claim.uuid]), follow=True).content.decode()


def test_a_town_proves_its_domain_and_makes_it_primary(
    office: Office,
    administrator: Client,
    dns: NameServer,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    claim = enter(administrator, OWN)
    page = administrator.get(reverse("backoffice_domain", args=[claim.uuid])).content.decode()
    assert f"_biletado.{OWN}" in page
    assert claim.record_value in page
    assert "Der Nachweis steht noch aus." in page
    assert "noch nicht gefunden" in check(administrator, claim)
    dns.set_text(claim.record_name, claim.record_value)
    dns.records[OWN, "A"] = dns.records[MAIN_HOST, "A"] = ["192.0.2.7"]
    assert "Die Adresse ist nachgewiesen." in check(administrator, claim)
    assert [row.action for row in audit_rows()[:2]] == ["domain.proven", "domain.claimed"]
    primary = f"{reverse('backoffice_domain_primary')}?adresse={OWN}"
    assert primary in administrator.get(LIST).content.decode()
    assert "Passkey" in administrator.get(primary).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.post(primary).status_code == 302
    assert tenant_origin() == f"https://{OWN}"
    assert audit_rows()[0].action == "domain.primary_chosen"


def test_an_own_domain_shows_the_town(
    office: Office, administrator: Client, dns: NameServer, town_client: Client
) -> None:
    claim = enter(administrator)
    assert town_client.get("/", headers={"host": OWN}).status_code == 404
    dns.set_text(claim.record_name, claim.record_value)
    check(administrator, claim)
    cache.clear()
    answer = town_client.get("/", headers={"host": OWN})
    assert answer.status_code == 200
    assert "Musterstadt" in answer.content.decode()
    assert answer["Strict-Transport-Security"] == f"max-age={django_settings.SECURE_HSTS_SECONDS}"
    assert "includeSubDomains" in town_client.get("/")["Strict-Transport-Security"]


def test_giving_up_asks_first_and_leads_links_back(
    office: Office,
    administrator: Client,
    dns: NameServer,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    claim = enter(administrator)
    dns.set_text(claim.record_name, claim.record_value)
    check(administrator, claim)
    administrator.post(reverse("backoffice_domain_primary"), {"adresse": OWN})
    release = reverse("backoffice_domain_release", args=[claim.uuid])
    assert "ins Leere" in administrator.get(release).content.decode()
    assert own_claims(), "asking alone changes nothing"
    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.post(release)["Location"] == LIST
    assert own_claims() == ()
    assert [(host.host, host.is_primary) for host in own_hosts()] == [(f"musterstadt.{MAIN_HOST}", True)]
    assert tenant_origin() == f"https://musterstadt.{MAIN_HOST}"
    assert administrator.get(reverse("backoffice_domain", args=[claim.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("musterstadt", "die ganze Adresse"),
        ("a b.example", "keine Internetadresse"),
        ("rathaus.local", "gibt es im Internet nicht"),
        (f"nachbarort.{MAIN_HOST}", "vergibt die Plattform selbst"),
        ("biletad0.example", "mit der Plattform zu verwechseln"),
        ("", "Pflichtfeld"),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(
    office: Office, administrator: Client, typed: str, sentence: str
) -> None:
    answer = administrator.post(f"{LIST}neu/", {"domain": typed})
    assert answer.status_code == 422
    assert "domain" in answer.context["form"].errors
    page = answer.content.decode()
    assert sentence in page or typed == ""
    assert f'value="{typed}"' in page or typed == ""
    assert own_claims() == ()


def test_another_towns_domain_is_refused_in_words(
    neighbour: Tenant, administrator: Client, office: Office
) -> None:
    with in_public():
        theirs = claim_domain(neighbour.pk, OWN, now=timezone.now())
        neighbour.domains.create(domain=OWN, verified_at=timezone.now(), is_primary=False)
    answer = administrator.post(f"{LIST}neu/", {"domain": OWN})
    assert "hat schon eine andere Kommune nachgewiesen" in answer.content.decode()
    for name in ("backoffice_domain", "backoffice_domain_release"):
        assert administrator.get(reverse(name, args=[theirs.uuid])).status_code == 404
    assert administrator.post(reverse("backoffice_domain_check", args=[theirs.uuid])).status_code == 404
    assert administrator.get(f"{reverse('backoffice_domain_primary')}?adresse={OWN}").status_code == 404


@pytest.mark.parametrize(
    ("state", "finding", "sentence"),
    [
        ("pending", "", "Tragen Sie den Eintrag unten"),
        ("pending", "missing", "noch nicht gefunden"),
        ("pending", "wrong", "ein anderer Eintrag"),
        ("pending", "silent", "nicht rechtzeitig geantwortet"),
        ("pending", "resting", "ruht noch"),
        ("failed", "missing", "nicht gelungen"),
        ("failed", "taken", "hat eine andere Kommune nachgewiesen"),
    ],
)
def test_every_state_has_its_sentence(
    office: Office, administrator: Client, state: str, finding: str, sentence: str
) -> None:
    claim = enter(administrator)
    with in_public():
        DomainClaim.objects.update(state=state, finding=finding)
    page = administrator.get(reverse("backoffice_domain", args=[claim.uuid])).content.decode()
    assert sentence in page
    assert administrator.get(LIST).status_code == 200


def test_administrators_hear_what_the_daily_look_changed(office: Office, dns: NameServer) -> None:
    office.client("clerk")
    start = timezone.now()
    claim = claim_own_domain(OWN, actor=CONNY, now=start)
    dns.set_text(claim.record_name, claim.record_value)

    def kinds_after(days: float) -> list[tuple[str, str]]:
        before = len(recent_messages())
        assert check_due_domains(now=start + timedelta(days=days)) == 1
        return [(mail.kind, mail.recipient) for mail in recent_messages()[: len(recent_messages()) - before]]

    assert kinds_after(0) == [("domain_proven", "chefin@example.org")]
    assert kinds_after(1) == []
    dns.set_text(claim.record_name)
    assert kinds_after(2) == [("domain_missing", "chefin@example.org")]
    assert kinds_after(3) == []
    assert kinds_after(9) == [("domain_lost", "chefin@example.org")]
    assert check_due_domains(now=start + timedelta(days=11)) == 0


def test_only_towns_with_a_claim_are_asked_to_look(
    neighbour: Tenant, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(
        "booking_core.workflows.tasks.check_domains.apply_async",
        lambda headers: sent.append(headers["_schema_name"]),
    )
    claim_own_domain(OWN, actor=CONNY, now=timezone.now())
    with in_public():
        assert check_domains_everywhere() == 1
    assert sent == [office.town.schema_name]


def test_the_list_does_not_grow_in_statements(office: Office, administrator: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert administrator.get(LIST).status_code == 200
        return asked(captured)

    enter(administrator)
    statements()
    at_one = statements()
    for number in range(9):
        claim_own_domain(f"n{number}.musterstadt.example", actor=CONNY, now=timezone.now())
    assert statements() == at_one


def test_the_base_host_is_where_the_alias_leads(office: Office, administrator: Client) -> None:
    claim = enter(administrator)
    page = administrator.get(reverse("backoffice_domain", args=[claim.uuid])).content.decode()
    assert f">{django_settings.BASE_HOST}</code>" in page

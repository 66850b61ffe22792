"""A town proves a domain by a TXT record, keeps it while the record stands, and loses it a week after it is gone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from tenants.errors import ClaimUnknown, DomainRefused
from tenants.links import tenant_origin
from tenants.models import Domain, DomainClaim, Tenant
from tenants.own_domains import claims, lookup
from tenants.own_domains.contracts import Checked, ClaimView
from tenants.own_domains.queries import (
    claim_of,
    claims_of,
    claims_to_check,
    hosts_of,
    schemas_with_claims_to_check,
)
from tenants.queries import is_own_domain, taken_names
from tests.conftest import MAIN_HOST, client_of_host
from tests.name_server import NameServer, name_server

pytestmark = pytest.mark.django_db
OWN = "buchen.musterstadt.example"
NOW = datetime(2027, 3, 1, 5, tzinfo=UTC)


@pytest.fixture
def dns(settings: Any) -> Iterator[NameServer]:
    with name_server() as server:
        settings.DNS_RESOLVERS = [server.address]
        yield server


def look(town: Tenant, uuid: UUID, *, after: timedelta = timedelta()) -> Checked:
    return claims.keep_sighting(town.pk, uuid, claims.look_at(town.pk, uuid), now=NOW + after)


def claimed(town: Tenant, dns: NameServer | None = None) -> ClaimView:
    claim = claims.claim_domain(town.pk, OWN, now=NOW)
    if dns is not None:
        dns.set_text(claim.record_name, claim.record_value)
    return claim


def proven(town: Tenant, dns: NameServer) -> ClaimView:
    return look(town, claimed(town, dns).uuid).claim


def shows_a_town(host: str) -> bool:
    cache.clear()
    return client_of_host(host).get("/").status_code == 200


def test_a_claim_alone_opens_nothing(tenant_a: Tenant, dns: NameServer) -> None:
    claim = claimed(tenant_a)
    assert (claim.state, claim.finding) == ("pending", "")
    assert not shows_a_town(OWN)
    assert not is_own_domain(OWN)
    checked = look(tenant_a, claim.uuid)
    assert (checked.change, checked.claim.state, checked.claim.finding) == ("", "pending", "missing")
    assert not shows_a_town(OWN)
    assert f"TXT _biletado.{OWN}" in dns.questions


def test_the_record_opens_the_domain(tenant_a: Tenant, dns: NameServer) -> None:
    checked = look(tenant_a, claimed(tenant_a, dns).uuid)
    assert (checked.change, checked.claim.state, checked.claim.proven_at) == ("proven", "verified", NOW)
    assert shows_a_town(OWN)
    assert is_own_domain(OWN)
    assert tenant_origin(tenant_a) == f"https://musterstadt.{MAIN_HOST}"
    assert look(tenant_a, checked.claim.uuid).change == ""


def test_other_records_beside_it_do_not_harm_and_prove_nothing(tenant_a: Tenant, dns: NameServer) -> None:
    claim = claimed(tenant_a)
    dns.set_text(claim.record_name, "v=spf1 -all", f"{claim.record_value}x")
    assert look(tenant_a, claim.uuid).claim.finding == "wrong"
    dns.set_text(claim.record_name, "v=spf1 -all", claim.record_value)
    assert look(tenant_a, claim.uuid).claim.state == "verified"


def test_another_towns_record_proves_nothing(tenant_a: Tenant, tenant_b: Tenant, dns: NameServer) -> None:
    theirs, mine = claimed(tenant_b, dns), claimed(tenant_a)
    assert theirs.record_value != mine.record_value
    assert look(tenant_a, mine.uuid).claim.state == "pending"
    assert look(tenant_b, theirs.uuid).claim.state == "verified"


def test_of_two_towns_with_records_the_first_gets_it(
    tenant_a: Tenant, tenant_b: Tenant, dns: NameServer
) -> None:
    mine, theirs = claimed(tenant_a), claimed(tenant_b)
    dns.set_text(mine.record_name, mine.record_value, theirs.record_value)
    assert look(tenant_a, mine.uuid).claim.state == "verified"
    second = look(tenant_b, theirs.uuid).claim
    assert (second.state, second.finding) == ("failed", "taken")
    assert Domain.objects.get(domain=OWN).tenant_id == tenant_a.pk


def test_a_proven_domain_cannot_be_claimed_by_another_town(
    tenant_a: Tenant, tenant_b: Tenant, dns: NameServer
) -> None:
    proven(tenant_a, dns)
    with pytest.raises(DomainRefused, match="andere Kommune"):
        claims.claim_domain(tenant_b.pk, OWN, now=NOW)
    with pytest.raises(DomainRefused, match="verwechseln"):
        claims.claim_domain(tenant_b.pk, "buchen.rnusterstadt.example", now=NOW)
    with pytest.raises(DomainRefused):
        claims.claim_domain(tenant_b.pk, f"musterstadt.{MAIN_HOST}", now=NOW)


def test_a_released_domain_rests_before_another_town_may_have_it(
    tenant_a: Tenant, tenant_b: Tenant, dns: NameServer
) -> None:
    waiting = claimed(tenant_b)
    mine = proven(tenant_a, dns)
    claims.release_claim(tenant_a.pk, mine.uuid, now=NOW)
    assert not shows_a_town(OWN)
    assert not is_own_domain(OWN)
    dns.set_text(waiting.record_name, waiting.record_value)
    early = look(tenant_b, waiting.uuid, after=timedelta(days=13)).claim
    assert (early.state, early.finding) == ("pending", "resting")
    claims.release_claim(tenant_b.pk, waiting.uuid, now=NOW)
    with pytest.raises(DomainRefused, match="30 Tage"):
        claims.claim_domain(tenant_b.pk, OWN, now=NOW + timedelta(days=29))
    later = claims.claim_domain(tenant_b.pk, OWN, now=NOW + timedelta(days=31))
    dns.set_text(later.record_name, later.record_value)
    assert look(tenant_b, later.uuid, after=timedelta(days=31)).claim.state == "verified"


def test_the_same_town_proves_a_released_domain_anew_at_once(tenant_a: Tenant, dns: NameServer) -> None:
    old = proven(tenant_a, dns)
    claims.release_claim(tenant_a.pk, old.uuid, now=NOW)
    with pytest.raises(ClaimUnknown):
        claim_of(tenant_a.pk, old.uuid)
    new = claims.claim_domain(tenant_a.pk, OWN, now=NOW)
    assert new.record_value != old.record_value
    assert look(tenant_a, new.uuid).claim.state == "pending"


def test_a_missing_record_takes_the_domain_after_seven_days(tenant_a: Tenant, dns: NameServer) -> None:
    claim = proven(tenant_a, dns)
    claims.choose_primary(tenant_a.pk, OWN)
    dns.set_text(claim.record_name)
    first = look(tenant_a, claim.uuid, after=timedelta(days=1))
    assert (first.change, first.claim.ends_at) == ("went_missing", NOW + timedelta(days=8))
    assert look(tenant_a, claim.uuid, after=timedelta(days=7)).change == ""
    assert shows_a_town(OWN)
    assert look(tenant_a, claim.uuid, after=timedelta(days=8)).change == "lost"
    cache.clear()
    assert not shows_a_town(OWN)
    assert tenant_origin(tenant_a) == f"https://musterstadt.{MAIN_HOST}"


def test_a_record_that_comes_back_ends_the_countdown(tenant_a: Tenant, dns: NameServer) -> None:
    claim = proven(tenant_a, dns)
    dns.set_text(claim.record_name, "something else")
    look(tenant_a, claim.uuid, after=timedelta(days=1))
    dns.set_text(claim.record_name, claim.record_value)
    assert look(tenant_a, claim.uuid, after=timedelta(days=6)).claim.ends_at is None
    dns.set_text(claim.record_name)
    assert look(tenant_a, claim.uuid, after=timedelta(days=9)).change == "went_missing"


@pytest.mark.parametrize("fault", ["is_broken", "is_silent"])
def test_no_answer_proves_nothing_and_takes_nothing(
    tenant_a: Tenant, dns: NameServer, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(lookup, "SECONDS_IN_ALL", 0.2)
    claim = proven(tenant_a, dns)
    setattr(dns, fault, True)
    for days in (1, 9, 20):
        checked = look(tenant_a, claim.uuid, after=timedelta(days=days))
        assert (checked.change, checked.claim.state, checked.claim.finding) == ("", "verified", "silent")


def test_a_look_ends_in_time_however_slow_the_servers_are(dns: NameServer) -> None:
    dns.is_silent = True
    one = lookup.Look(seconds=0.2)
    for ask in (one.texts, one.addresses):
        with pytest.raises(lookup.DnsSilent):
            ask(OWN)
    asked = len(dns.questions)
    with pytest.raises(lookup.DnsSilent):
        one.texts(OWN)
    assert len(dns.questions) == asked, "the time was over, nobody is asked any more"


def test_a_claim_that_is_never_proven_ends(tenant_a: Tenant, dns: NameServer) -> None:
    claim = claimed(tenant_a)
    assert look(tenant_a, claim.uuid, after=timedelta(days=13)).change == ""
    assert look(tenant_a, claim.uuid, after=timedelta(days=14)).change == "expired"
    dns.set_text(claim.record_name, claim.record_value)
    assert look(tenant_a, claim.uuid, after=timedelta(days=20)).change == "proven"


def test_where_the_domain_leads_is_told(tenant_a: Tenant, dns: NameServer) -> None:
    claim = claimed(tenant_a, dns)
    dns.records[MAIN_HOST, "A"] = ["192.0.2.7"]
    assert look(tenant_a, claim.uuid).claim.pointing == "nowhere"
    dns.records[OWN, "AAAA"] = ["2001:db8::7"]
    assert look(tenant_a, claim.uuid).claim.pointing == "elsewhere"
    dns.records[OWN, "A"] = ["192.0.2.7"]
    assert look(tenant_a, claim.uuid).claim.pointing == "here"


def test_only_a_proven_host_of_the_town_becomes_primary(
    tenant_a: Tenant, tenant_b: Tenant, dns: NameServer
) -> None:
    claimed(tenant_b)
    proven(tenant_a, dns)
    for host in (OWN, f"musterstadt.{MAIN_HOST}", "x.example"):
        with pytest.raises(ClaimUnknown):
            claims.choose_primary(tenant_b.pk, host)
    assert claims.choose_primary(tenant_a.pk, OWN) == f"musterstadt.{MAIN_HOST}"
    assert [host.host for host in hosts_of(tenant_a.pk) if host.is_primary] == [OWN]
    with pytest.raises(IntegrityError, match="domain_primary_is_verified"), transaction.atomic():
        Domain.objects.filter(tenant=tenant_b, is_primary=True).update(verified_at=None)


def test_a_claim_belongs_to_its_town(tenant_a: Tenant, tenant_b: Tenant, dns: NameServer) -> None:
    claim = proven(tenant_a, dns)
    for act in (claims.look_at, claim_of):
        with pytest.raises(ClaimUnknown):
            act(tenant_b.pk, claim.uuid)
    with pytest.raises(ClaimUnknown):
        claims.release_claim(tenant_b.pk, claim.uuid, now=NOW)
    assert claims_of(tenant_b.pk) == ()


def test_claims_are_few_and_stay_single(tenant_a: Tenant) -> None:
    one, again = claimed(tenant_a), claimed(tenant_a)
    assert one == again
    for number in range(claims.MOST_CLAIMS - 1):
        claims.claim_domain(tenant_a.pk, f"n{number}.musterstadt.example", now=NOW)
    with pytest.raises(DomainRefused, match="zehn"):
        claims.claim_domain(tenant_a.pk, "mehr.musterstadt.example", now=NOW)


def test_every_claim_is_looked_at_daily(tenant_a: Tenant, tenant_b: Tenant, dns: NameServer) -> None:
    claim = claimed(tenant_a)
    assert claims_to_check(tenant_a.pk, now=NOW) == (claim.uuid,)
    assert schemas_with_claims_to_check(now=NOW) == (tenant_a.schema_name,)
    look(tenant_a, claim.uuid)
    assert claims_to_check(tenant_a.pk, now=NOW + timedelta(hours=22)) == ()
    assert claims_to_check(tenant_a.pk, now=NOW + timedelta(hours=24)) == (claim.uuid,)
    DomainClaim.objects.update(state="failed")
    assert schemas_with_claims_to_check(now=NOW + timedelta(days=2)) == ()


def test_own_domains_take_no_sub_domain_from_others(tenant_a: Tenant, dns: NameServer) -> None:
    proven(tenant_a, dns)
    assert "buchen" not in taken_names()

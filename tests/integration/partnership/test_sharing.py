"""Sharing is a choice, shows only what the council published, and ends at once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.engines.ordinance import document_to_data
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.models import AuditEntry
from booking_core.identity.services import create_account
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.ordinances.services import adopt_document, adopt_from_library, publish_version
from partnership.catalogue import all_sharings, entries, entry_page, sharing_of
from partnership.contracts import CatalogueFilter
from partnership.errors import NothingToShare, TakenDown, WrongSharingState
from partnership.models import SharedOrdinance, SharedVersion
from partnership.sharing import put_back, share_ordinance, take_down, withdraw_ordinance
from tenants.context import in_tenant
from tenants.models import Tenant, TenantState

pytestmark = pytest.mark.django_db
TOWNS = CatalogueFilter(publisher="towns")
OPERATOR = Actor("Olga Operator", by_staff=True)


def next_version(tenant: Tenant, *, starts: date = date(2027, 1, 1), publish: bool = True) -> int:
    """A second version in which storage is dearer."""
    with in_tenant(tenant):
        data: dict[str, Any] = document_to_data(entry_document(tenant))
        next(one for one in data["rates"] if one["id"] == "storage")["price"] = "18"
        data["examples"] = []
        draft = adopt_document(data, code="halle", actor=SYSTEM)
        if publish:
            publish_version(draft.id, valid_from=starts, actor=SYSTEM)
        return draft.id


def entry_document(tenant: Tenant) -> Any:
    with in_tenant(tenant):
        return stored_version(ordinances_list()[0].versions[-1].id).document


def test_nothing_is_shared_by_itself(tenant_a: Tenant, published: int) -> None:
    assert entries(TOWNS) == ()
    assert sharing_of(tenant_a, "halle") is None


def test_a_shared_version_is_there_for_everyone(tenant_a: Tenant, tenant_b: Tenant, slug: str) -> None:
    with in_tenant(tenant_b):
        (entry,) = entries(TOWNS)
        page = entry_page(entry.slug)
    assert (entry.slug, entry.publisher) == (slug, str(tenant_a.uuid))
    assert page.version.valid_from == date(2026, 1, 1)
    assert page.version.council_decision == "Rat vom 12.11.2025, TOP 7"
    assert page.document.resources
    assert page.document.content.examples


def test_only_these_columns_leave_a_town() -> None:
    """A snapshot: whoever adds a column says here that it holds no personal data."""
    shown = {
        model.__name__: sorted(field.name for field in model._meta.concrete_fields)
        for model in (SharedOrdinance, SharedVersion)
    }
    assert shown == {
        "SharedOrdinance": [
            "federal_state", "id", "kinds", "municipality", "name_de", "name_en", "ordinance_code", "resource_count",
            "search_text", "shared_at", "slug", "state", "taken_down_reason", "tenant",
        ],
        "SharedVersion": [
            "council_decision", "document", "id", "number", "ordinance", "published_at", "readings", "sha256",
            "valid_from",
        ],
    }  # fmt: skip


def test_remarks_and_staff_stay_in_the_town(tenant_a: Tenant, published: int) -> None:
    with in_tenant(tenant_a):
        clerk = create_account(email="klaus@example.org", name="Klaus Kanzlei", verified=True)
        share_ordinance(published, actor=Actor("Klaus Kanzlei", clerk.pk, by_staff=True))
    row = SharedVersion.objects.get()
    copied = f"{row.document}{row.readings}{row.council_decision}{vars(row.ordinance)}"
    assert "Streit im Ausschuss" not in copied
    assert "Klaus" not in copied


def test_drafts_cannot_be_shared(tenant_a: Tenant) -> None:
    with in_tenant(tenant_a):
        draft = adopt_from_library("nussbaum-halle", code="entwurf", actor=SYSTEM)
        with pytest.raises(NothingToShare):
            share_ordinance(draft.ordinance_id, actor=SYSTEM)


def test_a_later_publication_follows_a_draft_does_not(tenant_a: Tenant, slug: str) -> None:
    next_version(tenant_a, publish=False)
    assert [one.number for one in entry_page(slug).versions] == [1]
    next_version(tenant_a)
    page = entry_page(slug)
    assert [one.number for one in page.versions] == [3, 1]
    assert page.version.sha256 != page.versions[1].sha256


def test_a_publication_of_what_is_not_shared_stays_at_home(tenant_a: Tenant, published: int) -> None:
    next_version(tenant_a)
    assert not SharedVersion.objects.exists()


def test_withdrawing_removes_it_at_once(
    tenant_a: Tenant, tenant_b: Tenant, published: int, slug: str
) -> None:
    entry_page(slug)  # the document is cached by now
    with in_tenant(tenant_a):
        withdraw_ordinance(published, actor=SYSTEM)
    with in_tenant(tenant_b), pytest.raises(NotFound):
        entry_page(slug)
    assert entries(TOWNS) == ()
    assert not SharedVersion.objects.exists()
    next_version(tenant_a)
    assert not SharedVersion.objects.exists(), "what is withdrawn follows no publication"
    with in_tenant(tenant_a):
        assert share_ordinance(published, actor=SYSTEM) == slug


def test_a_suspended_town_shows_nothing(tenant_a: Tenant, slug: str) -> None:
    Tenant.objects.filter(pk=tenant_a.pk).update(state=TenantState.SUSPENDED)
    assert entries(TOWNS) == ()
    with pytest.raises(NotFound):
        entry_page(slug)


def test_operators_take_an_entry_down_and_it_stays_down(tenant_a: Tenant, published: int, slug: str) -> None:
    (shared,) = all_sharings()
    with pytest.raises(InvalidInput):
        take_down(shared.id, reason=" ", actor=OPERATOR)
    take_down(shared.id, reason="Enthält Werbung", actor=OPERATOR)
    assert entries(TOWNS) == ()
    assert AuditEntry.objects.get(action="exchange.taken_down").reason == "Enthält Werbung"
    with in_tenant(tenant_a), pytest.raises(TakenDown, match="Enthält Werbung"):
        share_ordinance(published, actor=SYSTEM)
    with in_tenant(tenant_a):
        withdraw_ordinance(published, actor=SYSTEM)
        with pytest.raises(TakenDown):
            share_ordinance(published, actor=SYSTEM)
    with pytest.raises(WrongSharingState):
        take_down(shared.id, reason="noch einmal", actor=OPERATOR)


def test_operators_put_an_entry_back(tenant_a: Tenant, slug: str) -> None:
    (shared,) = all_sharings()
    take_down(shared.id, reason="Prüfung", actor=OPERATOR)
    put_back(shared.id, reason="in Ordnung", actor=OPERATOR)
    assert entry_page(slug).entry.slug == slug
    assert all_sharings()[0].reason == ""


def test_sharing_and_withdrawing_are_in_the_towns_own_trail(
    tenant_a: Tenant, published: int, slug: str
) -> None:
    with in_tenant(tenant_a):
        withdraw_ordinance(published, actor=SYSTEM)
        actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"ordinance.shared", "ordinance.withdrawn"} <= actions
    assert not AuditEntry.objects.filter(action="ordinance.shared").exists()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CatalogueFilter(text="sitzungsraum"), True),
        (CatalogueFilter(text="meeting room"), True),
        (CatalogueFilter(text="schwimmbad"), False),
        (CatalogueFilter(kind="hall"), True),
        (CatalogueFilter(kind="vehicle"), False),
        (CatalogueFilter(state="RP"), True),
        (CatalogueFilter(state="BY"), False),
        (CatalogueFilter(publisher="towns"), True),
        (CatalogueFilter(publisher="collection"), False),
    ],
    ids=str,
)
def test_the_catalogue_is_searched(
    tenant_a: Tenant, slug: str, wanted: CatalogueFilter, expected: bool
) -> None:
    assert (slug in {one.slug for one in entries(wanted)}) is expected


def test_the_collection_stands_beside_towns() -> None:
    found = entries(CatalogueFilter(publisher="collection"))
    assert len(found) > 20
    page = entry_page("sammlung-esslingen-rskn")
    assert page.document.municipality
    assert page.entry.publisher == ""


def test_what_a_town_shares_unchanged_is_listed_once(tenant_a: Tenant, published: int, slug: str) -> None:
    collected = "sammlung-nussbaum-halle"
    listed = {one.slug for one in entries()}
    assert slug in listed
    assert collected not in listed
    assert collected in {one.slug for one in entries(CatalogueFilter(publisher="collection"))}
    with in_tenant(tenant_a):
        withdraw_ordinance(published, actor=SYSTEM)
    assert collected in {one.slug for one in entries()}


def test_the_catalogue_takes_one_statement(tenant_a: Tenant, slug: str) -> None:
    entries()  # builds the collection once per process
    few = statements()
    for number in range(19):
        SharedOrdinance.objects.create(
            tenant=tenant_a, ordinance_code=f"o{number}", slug=f"o{number}", municipality="X", federal_state="RP",
            name_de="N", name_en="N", shared_at=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip
    assert statements() == few == 1


def statements() -> int:
    with CaptureQueriesContext(connection) as taken:
        entries()
    return len([one for one in taken if not one["sql"].startswith("SET ")])

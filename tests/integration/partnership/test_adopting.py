"""An entry becomes an own draft that remembers its origin; later changes there are taken over one by one."""

from datetime import date
from typing import Any

import pytest

from booking_core.engines.ordinance import Standing, document_to_data
from booking_core.identity.contracts import SYSTEM
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.errors import ChangeCollides, ChangeNeedsOthers
from booking_core.ordinances.origins import adopted, origins
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.ordinances.services import adopt_document, publish_version
from partnership.adopting import adopt_entry, keep_as_is, newer_origins, origin_page, take_over_changes
from partnership.sharing import withdraw_ordinance
from tenants.context import in_tenant
from tenants.models import Tenant

pytestmark = pytest.mark.django_db


def set_price(data: dict[str, Any], section: str, name: str, price: str) -> None:
    next(one for one in data[section] if one["id"] == name)["price"] = price


def publish_changes(tenant: Tenant, *prices: tuple[str, str, str]) -> None:
    """The origin decides new prices from 2027."""
    with in_tenant(tenant):
        newest = stored_version(ordinances_list()[0].versions[0].id)
        data = document_to_data(newest.document)
        data["examples"] = []
        for section, name, price in prices:
            set_price(data, section, name, price)
        draft = adopt_document(data, code="halle", actor=SYSTEM)
        publish_version(draft.id, valid_from=date(2027, 1, 1), actor=SYSTEM)


@pytest.fixture
def own(tenant_b: Tenant, slug: str) -> int:
    """Town B adopted the entry of town A."""
    with in_tenant(tenant_b):
        return adopt_entry(slug, code="unsere-halle", actor=SYSTEM).ordinance_id


def price_of(ordinance_id: int, section: str, name: str) -> str:
    known = adopted(ordinance_id)
    assert known is not None
    data: Any = document_to_data(known.own.document)
    return str(next(one for one in data[section] if one["id"] == name)["price"]["amount"])


def test_the_draft_is_the_towns_own(tenant_a: Tenant, tenant_b: Tenant, slug: str, own: int) -> None:
    with in_tenant(tenant_b):
        known = adopted(own)
        assert known is not None
        assert known.own.state == "draft"
        assert known.own.document.municipality == tenant_b.short_name
        assert known.own.document.info.sources == ()
        assert (known.origin.entry, known.origin.publisher) == (slug, str(tenant_a.uuid))
        assert origins() == {own: known.origin}
        assert not origin_page(own).is_newer
    with in_tenant(tenant_a):
        assert origins() == {}


def test_the_collection_is_adopted_the_same_way(tenant_b: Tenant) -> None:
    with in_tenant(tenant_b):
        draft = adopt_entry("sammlung-esslingen-rskn", code="saal", actor=SYSTEM)
        page = origin_page(draft.ordinance_id)
    assert page.adopted.origin.publisher == ""
    assert not page.is_newer
    assert page.own == ()


def test_a_new_version_there_is_shown_and_taken_over_one_by_one(
    tenant_a: Tenant, tenant_b: Tenant, own: int
) -> None:
    publish_changes(tenant_a, ("rates", "storage", "18"), ("addons", "cleaning_hall", "30"))
    with in_tenant(tenant_b):
        assert [one for one, _origin in newer_origins()] == [own]
        page = origin_page(own)
        assert page.is_newer
        assert {one.change.id for one in page.standing(Standing.OPEN)} >= {"storage", "cleaning_hall"}
        take_over_changes(own, only=("rates", "storage"), actor=SYSTEM)
        assert price_of(own, "rates", "storage") == "18"
        assert price_of(own, "addons", "cleaning_hall") == "25.00"
        page = origin_page(own)
        assert {one.change.id for one in page.standing(Standing.TAKEN)} == {"storage"}
        keep_as_is(own, actor=SYSTEM)
        assert not origin_page(own).is_newer
        assert newer_origins() == ()


def test_what_was_changed_here_is_not_overwritten(tenant_a: Tenant, tenant_b: Tenant, own: int) -> None:
    with in_tenant(tenant_b):
        known = adopted(own)
        assert known is not None
        data = document_to_data(known.own.document)
        set_price(data, "rates", "storage", "16")
        adopt_document(data, code="unsere-halle", actor=SYSTEM)
    publish_changes(tenant_a, ("rates", "storage", "18"))
    with in_tenant(tenant_b):
        page = origin_page(own)
        assert [one.change.id for one in page.standing(Standing.COLLIDES)] == ["storage"]
        assert [one.id for one in page.own] == ["storage"]
        with pytest.raises(ChangeCollides):
            take_over_changes(own, only=("rates", "storage"), actor=SYSTEM)
        take_over_changes(own, actor=SYSTEM)  # everything open: not what was changed here
        assert price_of(own, "rates", "storage") == "16"
        take_over_changes(own, only=("rates", "storage"), is_forced=True, actor=SYSTEM)
        assert price_of(own, "rates", "storage") == "18"


def test_changes_that_need_each_other_are_taken_together(
    tenant_a: Tenant, tenant_b: Tenant, own: int
) -> None:
    with in_tenant(tenant_a):
        data: dict[str, Any] = document_to_data(stored_version(ordinances_list()[0].versions[0].id).document)
        data["groups"].append({"id": "school", "label": {"de": "Schulen", "en": "Schools"}})
        storage = next(one for one in data["rates"] if one["id"] == "storage")
        storage["when"] = {**storage.get("when", {}), "group": ["school"]}
        data["examples"] = []
        draft = adopt_document(data, code="halle", actor=SYSTEM)
        publish_version(draft.id, valid_from=date(2027, 1, 1), actor=SYSTEM)
    with in_tenant(tenant_b):
        with pytest.raises(ChangeNeedsOthers):
            take_over_changes(own, only=("rates", "storage"), actor=SYSTEM)
        taken = take_over_changes(own, actor=SYSTEM)
        assert "school" in {one.id for one in taken.document.groups}
        assert origin_page(own).standing(Standing.OPEN) == ()


def test_a_published_version_never_changes(tenant_a: Tenant, tenant_b: Tenant, own: int) -> None:
    with in_tenant(tenant_b):
        known = adopted(own)
        assert known is not None
        publish_version(known.own.id, valid_from=date(2026, 6, 1), actor=SYSTEM)
    publish_changes(tenant_a, ("rates", "storage", "18"))
    with in_tenant(tenant_b):
        made = take_over_changes(own, only=("rates", "storage"), actor=SYSTEM)
        assert (made.state, made.number) == ("draft", 2)
        before: Any = document_to_data(stored_version(known.own.id).document)
        assert next(one for one in before["rates"] if one["id"] == "storage")["price"]["amount"] == "15.00"


def test_an_origin_that_is_withdrawn_leaves_the_own_draft(
    tenant_a: Tenant, tenant_b: Tenant, published: int, own: int
) -> None:
    with in_tenant(tenant_a):
        withdraw_ordinance(published, actor=SYSTEM)
    with in_tenant(tenant_b):
        page = origin_page(own)
        assert page.there is None
        assert not page.is_newer
        with pytest.raises(NotFound):
            take_over_changes(own, only=("rates", "storage"), actor=SYSTEM)


def test_what_was_written_here_has_no_origin(tenant_b: Tenant) -> None:
    with in_tenant(tenant_b), pytest.raises(NotFound):
        origin_page(4711)

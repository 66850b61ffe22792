"""Adopting, publishing and binding ordinances, and which version prices which day."""

from datetime import date
from decimal import Decimal

import pytest

from booking_core.catalog.contracts import LocationData, ResourceData
from booking_core.catalog.services import save_location, save_resource
from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import AuditEntry
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span, end_of_day_or
from booking_core.ordinances.contracts import PriceQuestion, StoredVersion
from booking_core.ordinances.errors import (
    AlreadyPublished,
    CodeUnknown,
    DocumentFaulty,
    ExamplesFail,
    StartDateTaken,
)
from booking_core.ordinances.library import library_entries, library_text
from booking_core.ordinances.queries import (
    document_of_version,
    ordinances_list,
    price_tables,
    version_for,
)
from booking_core.ordinances.quoting import quote_for
from booking_core.ordinances.services import (
    adopt_document,
    adopt_from_library,
    bind_resource,
    choose_readings,
    publish_version,
)
from tenants.context import tenant_zone
from tenants.models import Tenant

BORGSTEDT = "borgstedt-doerpshus"
IN_FORCE = date(2016, 11, 2)


@pytest.fixture
def hall(town: Tenant) -> int:
    place = save_location(LocationData(name="Dörpshus"), actor=SYSTEM)
    return save_resource(ResourceData(location_id=place.id, name="Großer Saal", kind="hall"), actor=SYSTEM).id


@pytest.fixture
def published(hall: int) -> StoredVersion:
    draft = adopt_from_library(BORGSTEDT, actor=SYSTEM)
    version = publish_version(draft.id, valid_from=IN_FORCE, actor=SYSTEM)
    bind_resource(hall, version.ordinance_id, ["grosser_saal"], actor=SYSTEM)
    return version


def period(day: date) -> Span:
    zone = tenant_zone()
    return Span(
        end_of_day_or(day, 660, zone), end_of_day_or(date.fromordinal(day.toordinal() + 1), 660, zone)
    )


def price(hall: int, day: date, **facts: object) -> Money | None:
    question = PriceQuestion((hall,), (period(day),), group="private", purpose="private_event", **facts)  # type: ignore[arg-type]
    return quote.total if (quote := quote_for(question)[0]) else None


def test_a_draft_prices_nothing_until_it_is_published(hall: int) -> None:
    draft = adopt_from_library(BORGSTEDT, actor=SYSTEM)
    bind_resource(hall, draft.ordinance_id, ["grosser_saal"], actor=SYSTEM)
    assert price(hall, date(2026, 9, 12)) is None

    publish_version(draft.id, valid_from=IN_FORCE, actor=SYSTEM)
    assert price(hall, date(2026, 9, 12)) == Money(9000)
    assert price(hall, date(2016, 10, 1)) is None
    assert {entry.action for entry in AuditEntry.objects.all()} >= {
        "ordinance.adopted", "ordinance.published", "ordinance.bound",
    }  # fmt: skip


def test_a_version_whose_examples_fail_is_not_published(hall: int, published: StoredVersion) -> None:
    wrong = library_text(BORGSTEDT).replace("total: 90.00", "total: 91.00", 1)
    draft = adopt_document(wrong, code=BORGSTEDT, actor=SYSTEM)

    with pytest.raises(ExamplesFail) as refusal:
        publish_version(draft.id, valid_from=date(2027, 1, 1), actor=SYSTEM)

    assert refusal.value.context["examples"]
    assert price(hall, date(2027, 6, 1)) == Money(9000)


def test_the_later_version_takes_over_on_its_date(hall: int, published: StoredVersion) -> None:
    second = adopt_from_library(BORGSTEDT, actor=SYSTEM)
    publish_version(second.id, valid_from=date(2027, 1, 1), actor=SYSTEM)

    assert (second.number, second.ordinance_id) == (2, published.ordinance_id)
    assert version_for([hall], date(2026, 12, 31)).id == published.id  # type: ignore[union-attr]
    assert version_for([hall], date(2027, 1, 1)).id == second.id  # type: ignore[union-attr]


def test_published_versions_stay_as_they_are(published: StoredVersion) -> None:
    with pytest.raises(AlreadyPublished):
        publish_version(published.id, valid_from=date(2030, 1, 1), actor=SYSTEM)
    with pytest.raises(AlreadyPublished):
        choose_readings(published.id, {"hourly_rooms": "once"}, actor=SYSTEM)


def test_two_versions_do_not_start_on_the_same_day(published: StoredVersion) -> None:
    second = adopt_from_library(BORGSTEDT, actor=SYSTEM)
    with pytest.raises(StartDateTaken):
        publish_version(second.id, valid_from=IN_FORCE, actor=SYSTEM)
    with pytest.raises(InvalidInput):
        publish_version(second.id, actor=SYSTEM)


def test_a_faulty_document_is_refused_with_its_lines(town: Tenant) -> None:
    with pytest.raises(DocumentFaulty) as refusal:
        adopt_document("name: nothing else\n", code="x", actor=SYSTEM)

    problems = refusal.value.context["problems"]
    assert isinstance(problems, list)
    assert {"line", "column", "path", "message"} == set(problems[0])
    assert ordinances_list() == ()


def test_a_new_version_must_know_what_is_bound(hall: int, published: StoredVersion) -> None:
    other = adopt_document(library_text("nussbaum-halle"), code=BORGSTEDT, actor=SYSTEM)
    with pytest.raises(CodeUnknown):
        publish_version(other.id, valid_from=date(2027, 1, 1), actor=SYSTEM)


def test_binding_refuses_what_is_not_there(hall: int, published: StoredVersion) -> None:
    for codes, error in ((["ballroom"], CodeUnknown), ([], InvalidInput)):
        with pytest.raises(error):
            bind_resource(hall, published.ordinance_id, codes, actor=SYSTEM)
    with pytest.raises(NotFound):
        bind_resource(0, published.ordinance_id, ["grosser_saal"], actor=SYSTEM)
    assert price(hall, date(2026, 9, 12)) == Money(9000)


def test_readings_are_the_towns_choice(hall: int, town: Tenant) -> None:
    draft = adopt_from_library(BORGSTEDT, actor=SYSTEM)
    with pytest.raises(InvalidInput):
        choose_readings(draft.id, {"beyond_eight_hours": "guess"}, actor=SYSTEM)
    chosen = choose_readings(draft.id, {"beyond_eight_hours": "decide"}, actor=SYSTEM)

    assert chosen.readings["beyond_eight_hours"] == "decide"


def test_unknown_answers_are_named_by_their_field(hall: int, published: StoredVersion) -> None:
    with pytest.raises(InvalidInput) as refusal:
        price(hall, date(2026, 9, 12), extras={"fireworks": Decimal(1)})
    assert refusal.value.field == "extras"


def test_the_price_table_is_in_words(hall: int, published: StoredVersion) -> None:
    (table,) = price_tables(hall, date(2026, 9, 12))

    assert table.label_de == "Großer Saal"
    assert any("90,00" in row.price.de for row in table.rows)
    assert table.rules
    assert price_tables(hall, date(2000, 1, 1)) == ()


def test_the_list_names_versions_and_resources(hall: int, published: StoredVersion) -> None:
    adopt_from_library(BORGSTEDT, actor=SYSTEM)
    (view,) = ordinances_list()

    assert [(row.number, row.state_label) for row in view.versions] == [(2, "Entwurf"), (1, "veröffentlicht")]
    assert view.resource_ids == (hall,)


def test_a_document_is_read_back_as_it_was(published: StoredVersion) -> None:
    assert document_of_version(published.id) == published.document
    with pytest.raises(NotFound):
        document_of_version(0)


@pytest.mark.parametrize("entry", library_entries(), ids=lambda entry: entry.slug)
def test_every_ready_made_document_can_be_published(town: Tenant, entry: object) -> None:
    draft = adopt_from_library(entry.slug, actor=SYSTEM)  # type: ignore[attr-defined]

    assert publish_version(draft.id, valid_from=date(2020, 1, 1), actor=SYSTEM).state == "published"


def test_a_slug_cannot_lead_out_of_the_library() -> None:
    with pytest.raises(NotFound):
        library_text("../services")

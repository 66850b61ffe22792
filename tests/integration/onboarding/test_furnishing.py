"""A new town starts with offers that can be booked and priced at once."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from booking_core.catalog.queries import locations, opening_rules, published_resources
from booking_core.ordinances.library import library_entries, library_text
from booking_core.ordinances.queries import ordinances_list, version_for
from onboarding.birth_steps import put_up_logo
from onboarding.furnishing import Town, furnish
from onboarding.offers import TEMPLATES, template_text
from onboarding.ordinance_trials import report_on
from tenants.context import in_public
from tenants.models import Tenant
from tenants.provisioning.plans import BirthPlan

BORGSTEDT = Town("Gemeinde Borgstedt", "Musterweg 1", "24794", "Borgstedt", "SH")
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("choice", TEMPLATES)
def test_the_examples_of_a_template_come_out(choice: str) -> None:
    report = report_on(template_text(choice))
    assert [row for row in report.examples if not row.passed] == []
    assert len(report.examples) >= 3
    assert report.passed


@pytest.mark.parametrize("choice", TEMPLATES)
def test_a_template_becomes_a_house(choice: str, town: Tenant) -> None:
    furnish(BORGSTEDT, choice=choice, place="", ordinance=template_text(choice), today=TODAY)
    (place,) = locations()
    assert place.city == "Borgstedt"
    resources = published_resources()
    assert len(resources) >= 2
    version = version_for([resource.id for resource in resources], TODAY)
    assert version is not None
    assert version.document.municipality == "Gemeinde Borgstedt"
    assert all(resource.tariff_codes and resource.summary for resource in resources)


def test_a_hall_claims_what_its_thirds_claim(town: Tenant) -> None:
    furnish(
        BORGSTEDT,
        choice="sports_hall",
        place="Eiderhalle",
        ordinance=template_text("sports_hall"),
        today=TODAY,
    )
    whole, *thirds = published_resources()
    assert whole.name == "Ganze Halle"
    units = [claim.unit_id for third in thirds for claim in third.claims]
    assert sorted(claim.unit_id for claim in whole.claims) == sorted(units)
    assert len(set(units)) == 3
    assert locations()[0].name == "Eiderhalle"
    hours = opening_rules([whole.id])[whole.id].weekly
    assert {(row.opens_minutes, row.closes_minutes) for row in hours} == {(480, 1320), (540, 1200)}


def test_pieces_come_from_the_document(town: Tenant) -> None:
    furnish(BORGSTEDT, choice="coworking", place="", ordinance=template_text("coworking"), today=TODAY)
    assert {resource.name: resource.most_pieces for resource in published_resources()} == {
        "Arbeitsplatz": 12,
        "Besprechungsraum": 1,
    }


@pytest.mark.parametrize("slug", [entry.slug for entry in library_entries()])
def test_every_ordinance_of_the_library_can_be_the_start(slug: str, town: Tenant) -> None:
    furnish(BORGSTEDT, choice="library", place="Uns Dörpshus", ordinance=library_text(slug), today=TODAY)
    assert published_resources()
    (ordinance,) = ordinances_list()
    assert ordinance.resource_ids


def test_a_town_may_start_empty(town: Tenant) -> None:
    furnish(BORGSTEDT, choice="later", place="", ordinance="", today=TODAY)
    assert published_resources() == ()


def test_a_logo_is_put_up_once(town: Tenant) -> None:
    plan = BirthPlan(
        slug="x", kind="municipality", official_name="x", short_name="x", administrator_email="a@example.org",
        furnish={"logo": "iVBORw0KGgo="},
    )  # fmt: skip
    put_up_logo(town, plan)
    put_up_logo(town, plan)
    with in_public():
        town.refresh_from_db()
    assert town.logo.startswith("marke/")
    assert default_storage.exists(town.logo)
    assert len(list(Path(default_storage.path("marke")).iterdir())) == 1

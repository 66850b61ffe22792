"""What the main host says about prices and towns: the front page with many of them, the wizard before "go"."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from subscriptions.queries.towns import subscription_of
from tenants.models import Domain, Tenant, TenantState
from tests.conftest import MAIN_HOST, client_of
from tests.factories import fees
from tests.web.onboarding.conftest import Player

pytestmark = pytest.mark.django_db


def _towns(count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        town = Tenant.objects.create(
            schema_name=f"t_manytown{number:04}", slug=f"manytown{number}", kind="municipality",
            city=f"Bad {number:04}",
            official_name=f"Gemeinde Viel {number:04}", short_name=f"Viel {number:04}", state=TenantState.LIVE,
        )  # fmt: skip
        Domain.objects.create(
            tenant=town, domain=f"manytown{number}.{MAIN_HOST}", is_primary=True, verified_at=timezone.now()
        )


def test_few_towns_need_no_search(main_client: Client, tenant_a: Tenant) -> None:
    page = main_client.get("/").content.decode()
    assert "Musterstadt" in page
    assert 'name="ort"' not in page


def test_a_thousand_towns_come_in_pages_and_are_found(main_client: Client, tenant_a: Tenant) -> None:
    main_client.get("/")
    with CaptureQueriesContext(connection) as few:
        main_client.get("/")
    _towns(1000)
    with CaptureQueriesContext(connection) as many:
        answer = main_client.get("/")
    assert len(many) == len(few)
    page = answer.content.decode()
    assert page.count("manytown") == 22  # and the two that are there
    assert "1002 Kommunen" in page
    assert "seite=2" in page
    found = main_client.get("/", {"ort": "bad 0777"}).content.decode()
    assert found.count("manytown") == 1
    assert "manytown777" in found
    assert "Keine Kommune gefunden" in main_client.get("/", {"ort": "Nirgendwo"}).content.decode()
    for strange in ("0", "-1", "viel", "99999"):
        assert main_client.get("/", {"seite": strange}).status_code == 200


def test_prices_stand_on_the_front_page_once_there_are_some(main_client: Client) -> None:
    assert "Was die Teilnahme kostet" not in main_client.get("/").content.decode()
    fees.set_up_terms()
    fees.make_plan("Klein", name_en="Small")
    fees.make_plan("Alt", is_offered=False)
    page = main_client.get("/").content.decode()
    assert "1.190" in page
    assert "Klein" in page
    assert "Alt</" not in page
    assert "Small" in main_client.get("/", headers={"accept-language": "en"}).content.decode()


def test_the_wizard_says_what_it_costs_before_go(player: Player) -> None:
    fees.set_up_terms()
    fees.make_plan("Dorf", population_to=5_000)
    fees.make_plan("Stadt", population_from=5_001, yearly=300_000)
    player.play_until("")
    page = player.client.get(player.url("pruefen")).content.decode()
    assert "90 Tagen" in page
    assert "Dorf" in page
    assert "ausdrücklich bestellen" in page
    player.send("schluessel", municipality_key="01058022", population="12000")
    page = player.client.get(player.url("pruefen")).content.decode()
    assert "Stadt" in page
    assert "12000" in page


@pytest.mark.parametrize("population", ["-1", "0", "viele", "99999999999", "1.5"])
def test_an_odd_number_of_people_is_refused_at_its_field(player: Player, population: str) -> None:
    player.play_until("schluessel")
    answer = player.send("schluessel", municipality_key="01058022", population=population)
    assert answer.status_code == 422
    assert "population" in answer.context["form"].errors


def test_a_trial_starts_with_the_town(db: None) -> None:
    from tenants.provisioning.births import found_town
    from tenants.provisioning.plans import BirthPlan
    from tests.factories.fees import TERMS

    fees.set_up_terms()
    plan = BirthPlan(
        slug="neudorf", kind="municipality", official_name="Gemeinde Neudorf", short_name="Neudorf",
        administrator_email="chef@neudorf.example", population=1200,
    )  # fmt: skip
    town = found_town(plan)
    one = subscription_of(town.pk, today=timezone.localdate())
    assert (one.state, one.trial_days_left, one.population) == ("trial", TERMS.trial_days, 1200)


def test_a_closed_town_is_no_error(tenant_a: Tenant, caplog: pytest.LogCaptureFixture) -> None:
    """Django would log every 503 as an error of ours."""
    Tenant.objects.filter(pk=tenant_a.pk).update(state=TenantState.SUSPENDED)
    client = client_of(tenant_a)
    with caplog.at_level("DEBUG"):
        answers = [client.get("/").status_code for _number in range(3)]
    assert answers == [503, 503, 503]
    assert [record for record in caplog.records if record.levelname in {"ERROR", "WARNING"}] == []

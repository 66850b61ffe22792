"""The exchange on pages: everyone reads and calculates, administrators share and adopt, operators take down."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booking_core.engines.ordinance import document_to_data
from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.ordinances.services import adopt_document, adopt_from_library, publish_version
from partnership.catalogue import all_sharings, entry_page
from partnership.sharing import share_ordinance, withdraw_ordinance
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.conftest import MAIN_HOST
from tests.web.backoffice.conftest import Office

pytestmark = pytest.mark.django_db
ENTRY = "musterstadt-borgstedt-doerpshus"
CASE = "codes=grosser_saal&tag=2027-01-09&von=11:00&bis=11:00&group=private&purpose=private_event"


def on_main_host(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, headers={"host": MAIN_HOST, **headers})
    assert answer.status_code == 200, path
    return answer.content.decode().replace("\xa0", " ")


def test_the_front_page_calculates_for_a_town(shared: str, main_client: Client) -> None:
    page = on_main_host(main_client, "/")
    assert "Was würde es kosten?" in page
    assert "90,00 €" in page
    assert "Warum?" in page
    assert 'href="/satzungen/"' in page


def test_the_front_page_calculates_without_any_town(main_client: Client) -> None:
    assert "Was würde es kosten?" in on_main_host(main_client, "/")


def test_a_case_is_worked_out_for_everyone(shared: str, main_client: Client) -> None:
    answer = main_client.get(f"/rechner/?satzung={shared}&{CASE}")
    view = answer.context["calculator"]
    assert view.panel.price.total.replace("\xa0", " ") == "90,00 €"
    assert dict(view.panel.price.rows[0].why)["Fundstelle"] == "Gebühren je Raum"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "X-Robots-Tag" not in main_client.get("/rechner/").headers
    assert view.hidden == [("satzung", shared)]


def test_a_withdrawn_ordinance_cannot_be_calculated_with(
    shared: str, main_client: Client, office: Office
) -> None:
    with in_tenant(office.town):
        withdraw_ordinance(ordinances_list()[0].id, actor=SYSTEM)
    for path in (
        f"/rechner/?satzung={shared}&{CASE}",
        f"/satzungen/{shared}/",
        f"/satzungen/{shared}/satzung.yaml",
    ):
        assert main_client.get(path).status_code == 404, path


def test_haste_is_stopped(shared: str, main_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking_core.web.tariffs.answers._MOST_PER_MINUTE", 3)
    answers = {main_client.get(f"/rechner/?satzung={shared}&{CASE}").status_code for _turn in range(4)}
    assert answers == {200, 429}


def test_the_catalogue_is_read_and_filtered(shared: str, main_client: Client) -> None:
    page = on_main_host(main_client, "/satzungen/")
    assert f"/satzungen/{shared}/" in page
    assert "sammlung-esslingen-rskn" in page
    towns = on_main_host(main_client, "/satzungen/?von=towns")
    assert "sammlung-" not in towns
    assert "ist nichts geteilt" in on_main_host(main_client, "/satzungen/?q=raumschiff")
    assert shared in on_main_host(main_client, "/satzungen/?land=ZZ"), "nonsense filters nothing"


def test_an_entry_shows_words_prices_and_passing_examples(shared: str, main_client: Client) -> None:
    page = on_main_host(main_client, f"/satzungen/{shared}/")
    for words in ("Großer Saal", "90,00 € je Übergabezeitraum", "alle stimmen", "Entgeltrechner"):
        assert words in page, words
    english = on_main_host(main_client, f"/satzungen/{shared}/", **{"accept-language": "en"})
    for words in ("Large hall", "€90.00 per handover period", "all right"):
        assert words in english, words


def test_an_entry_is_downloaded_and_read_in_again(shared: str, main_client: Client, office: Office) -> None:
    text = main_client.get(f"/satzungen/{shared}/satzung.yaml").content.decode()
    with in_tenant(office.town):
        assert adopt_document(text, code="kopie", actor=SYSTEM).document.resources


@pytest.mark.parametrize("slug", ["sammlung-gibt-es-nicht", "gibt-es-nicht"])
def test_unknown_entries_are_not_found(main_client: Client, slug: str) -> None:
    assert main_client.get(f"/satzungen/{slug}/").status_code == 404


def test_an_administrator_shares_and_withdraws(office: Office, administrator: Client) -> None:
    (ordinance,) = ordinances_list()
    url = reverse("backoffice_share", args=[ordinance.id])
    assert "Nicht geteilt werden" in administrator.get(url).content.decode()
    assert administrator.post(url, {"action": "share"}).status_code == 302
    assert "Diese Ordnung ist geteilt." in administrator.get(url).content.decode()
    assert entry_page(ENTRY).entry.municipality == office.town.short_name
    assert administrator.post(url, {"action": "withdraw"}).status_code == 302
    assert [one.state for one in all_sharings()] == ["withdrawn"]


def test_a_clerk_adopts_a_draft_but_does_not_share(office: Office, clerk: Client, shared: str) -> None:
    """Clerks edit drafts; what other towns see is for the administration."""
    assert clerk.get(reverse("backoffice_exchange")).status_code == 200
    page = clerk.get(reverse("backoffice_exchange_entry", args=[shared]))
    assert page.status_code == 200
    assert page.context["form"] is not None
    assert clerk.get(reverse("backoffice_share", args=[1])).status_code == 403
    adopt = reverse("backoffice_exchange_adopt", args=[shared])
    assert clerk.post(adopt, {"code": "uebernommen"}).status_code == 302


def test_an_entry_is_adopted_as_a_draft(office: Office, administrator: Client) -> None:
    adopt = reverse("backoffice_exchange_adopt", args=["sammlung-nussbaum-halle"])
    answer = administrator.post(adopt, {"code": "gemeindehalle"})
    draft = next(one for one in ordinances_list() if one.code == "gemeindehalle").versions[0]
    assert answer["Location"] == reverse("backoffice_version", args=[draft.id])
    assert stored_version(draft.id).state == "draft"
    version = administrator.get(answer["Location"]).content.decode()
    origin_url = reverse("backoffice_origin", args=[stored_version(draft.id).ordinance_id])
    assert origin_url in version
    origin = administrator.get(origin_url).content.decode()
    assert "Die Vorlage ist noch dieselbe." in origin


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"code": ""}, "code"), ({"code": "borgstedt-doerpshus"}, "code"), ({"code": "Ö Ö"}, "code")],
    ids=["no name", "taken", "no slug"],
)
def test_a_bad_name_is_refused_at_its_field(
    office: Office,
    administrator: Client,
    typed: dict[str, str],
    field: str,
) -> None:
    adopt = reverse("backoffice_exchange_adopt", args=["sammlung-nussbaum-halle"])
    answer = administrator.post(adopt, typed)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert len(ordinances_list()) == 1


def test_a_taken_name_offers_two_ways_out(office: Office, administrator: Client) -> None:
    adopt = reverse("backoffice_exchange_adopt", args=["sammlung-nussbaum-halle"])
    answer = administrator.post(adopt, {"code": "borgstedt-doerpshus"})
    (next_version, new_one) = answer.context["ways"]
    assert administrator.post(adopt, {"ordinance": next_version[1], "code": ""}).status_code == 302
    assert administrator.post(adopt, {"ordinance": "", "code": new_one[2]}).status_code == 302
    found = {one.code: len(one.versions) for one in ordinances_list()}
    assert found == {"borgstedt-doerpshus": 2, "borgstedt-doerpshus-2": 1}


def test_changes_of_the_origin_are_taken_over_on_the_page(
    office: Office,
    administrator: Client,
    neighbour: Tenant,
) -> None:
    with in_tenant(neighbour):
        first = adopt_from_library("nussbaum-halle", code="halle", actor=SYSTEM)
        publish_version(first.id, valid_from=date(2026, 1, 1), actor=SYSTEM)
        slug = share_ordinance(first.ordinance_id, actor=SYSTEM)
    with in_tenant(office.town):
        administrator.post(reverse("backoffice_exchange_adopt", args=[slug]), {"code": "halle"})
    with in_tenant(neighbour):
        data: dict[str, Any] = document_to_data(first.document)
        next(one for one in data["rates"] if one["id"] == "storage")["price"] = "18"
        data["examples"] = []
        second = adopt_document(data, code="halle", actor=SYSTEM)
        publish_version(second.id, valid_from=date(2027, 1, 1), actor=SYSTEM)
    with in_tenant(office.town):
        own = next(one for one in ordinances_list() if one.code == "halle").id
        url = reverse("backoffice_origin", args=[own])
        page = administrator.get(url).content.decode().replace("\xa0", " ")
        for words in ("Die Vorlage hat eine neue Fassung.", "15,00 € einmalig", "18,00 € einmalig"):
            assert words in page, words
        take = {"section": "rates", "id": "storage"}
        administrator.post(reverse("backoffice_origin_take", args=[own]), take)
        assert "Schon genauso bei Ihnen" in administrator.get(url).content.decode()
        version = stored_version(next(one for one in ordinances_list() if one.id == own).versions[0].id)
        changed: dict[str, Any] = document_to_data(version.document)
        next(one for one in changed["rates"] if one["id"] == "storage")["price"] = "16"
        adopt_document(changed, code="halle", actor=SYSTEM)
        assert "Trotzdem übernehmen" in administrator.get(url).content.decode()
        administrator.post(reverse("backoffice_origin_take", args=[own]), {**take, "trotzdem": "1"})
        assert "Schon genauso bei Ihnen" in administrator.get(url).content.decode()
        again = administrator.post(reverse("backoffice_origin_take", args=[own]), take, follow=True)
        assert "lässt sich nicht übernehmen" in again.content.decode()
        administrator.post(reverse("backoffice_origin_settle", args=[own]))
        assert "Die Vorlage ist noch dieselbe." in administrator.get(url).content.decode()


def test_operators_take_an_entry_down_with_a_reason(
    shared: str,
    operator_client: Client,
    main_client: Client,
) -> None:
    (entry,) = all_sharings()
    listed = operator_client.get("/betrieb/satzungen/", headers={"host": MAIN_HOST})
    assert f"/betrieb/satzungen/{entry.id}/herunternehmen/" in listed.content.decode()
    url = f"/betrieb/satzungen/{entry.id}/herunternehmen/"
    assert operator_client.post(url, {"reason": ""}).status_code == 200
    assert all_sharings()[0].is_shared
    assert operator_client.post(url, {"reason": "Enthält Werbung"}).status_code == 302
    assert main_client.get(f"/satzungen/{shared}/").status_code == 404
    assert "Enthält Werbung" in operator_client.get("/betrieb/satzungen/").content.decode()
    assert (
        "Eintrag im Austausch heruntergenommen" in operator_client.get("/betrieb/protokoll/").content.decode()
    )
    assert (
        operator_client.post(f"/betrieb/satzungen/{entry.id}/zeigen/", {"reason": "geklärt"}).status_code
        == 302
    )
    assert main_client.get(f"/satzungen/{shared}/").status_code == 200

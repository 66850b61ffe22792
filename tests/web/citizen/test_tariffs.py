"""What does it cost? Prices in words and the calculator, for everybody, without an account."""

import pytest
from django.test import Client

from booking_core.catalog.contracts import ResourceView
from tests.factories.catalogue import make_location, make_room
from tests.web.citizen.test_places import many_rooms, statements

CASE = "?codes=grosser_saal&tag=2027-01-09&von=11:00&bis=11:00&group=private&purpose=private_event&persons=40"


def shown(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200, url
    return answer.content.decode().replace("\xa0", " ")


def test_a_price_stands_there_before_anything_is_typed(town_client: Client, saal: ResourceView) -> None:
    page = shown(town_client, "/entgelte/")
    assert "Entgeltrechner" in page
    assert "90,00 €" in page
    assert "180,00 €" in page, "the deposit"
    assert "Warum?" in page


def test_a_case_is_worked_out_with_rule_and_paragraph(town_client: Client, saal: ResourceView) -> None:
    row = town_client.get("/entgelte/" + CASE).context["calculator"].panel.price.rows[0]
    reasons = dict(row.why)
    assert reasons["Fundstelle"] == "Gebühren je Raum"
    assert "90,00 € je Übergabezeitraum" in reasons["Regel"].replace("\xa0", " ")
    assert reasons["Berechnung"].startswith("1 (Übergabezeitraum)")


def test_english_pages_explain_in_english(town_client: Client, saal: ResourceView) -> None:
    answer = town_client.get("/entgelte/" + CASE, headers={"accept-language": "en"})
    reasons = dict(answer.context["calculator"].panel.price.rows[0].why)
    assert "per handover period" in reasons["Rule"]


def test_what_a_clerk_must_decide_names_its_paragraph(town_client: Client, saal: ResourceView) -> None:
    early = CASE.replace("von=11:00", "von=08:00") + "&bis_tag=2027-01-10"
    panel = town_client.get("/entgelte/" + early).context["calculator"].panel
    assert [one.paragraph for one in panel.decisions] == ["Benutzungszeit"]


def test_a_mistake_stands_at_its_field_and_in_the_answer(town_client: Client, saal: ResourceView) -> None:
    wrong = "/entgelte/" + CASE.replace("von=11:00", "von=irgendwann")
    answer = town_client.get(wrong)
    assert answer.status_code == 422
    assert answer.context["calculator"].form.errors["von"]
    assert answer.context["calculator"].panel is None
    part = town_client.get(wrong, headers={"hx-request": "true"})
    assert part.status_code == 200, "htmx shows only answers it may swap in"
    assert part.context["calculator"].missing


@pytest.mark.parametrize("code", ["luftschloss", ""])
def test_what_the_ordinance_does_not_know_is_refused(
    town_client: Client, saal: ResourceView, code: str
) -> None:
    assert town_client.get("/entgelte/" + CASE.replace("grosser_saal", code)).status_code == 422


def test_robots_may_keep_the_page_but_no_result(town_client: Client, saal: ResourceView) -> None:
    assert "X-Robots-Tag" not in town_client.get("/entgelte/").headers
    assert "noindex" in town_client.get("/entgelte/" + CASE)["X-Robots-Tag"]


def test_haste_is_stopped_but_reading_is_not(
    town_client: Client, saal: ResourceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booking_core.web.tariffs.answers._MOST_PER_MINUTE", 3)
    answers = {town_client.get("/entgelte/" + CASE).status_code for _turn in range(4)}
    assert answers == {200, 429}
    assert town_client.get("/entgelte/").status_code == 200


def test_every_resource_is_listed_also_without_an_ordinance(town_client: Client, saal: ResourceView) -> None:
    make_room(make_location(name="Alte Scheune"), name="Tenne")
    page = shown(town_client, "/entgelte/")
    assert "Tenne" in page
    assert "Den Preis legt die Verwaltung fest" in page


def test_a_town_without_anything_says_so(town_client: Client) -> None:
    page = shown(town_client, "/entgelte/")
    assert "Hier gibt es noch nichts zu buchen" in page
    assert 'id="rechner"' not in page


def test_home_resource_and_footer_lead_there(town_client: Client, saal: ResourceView) -> None:
    for url in ("/", f"/raum/{saal.slug}/", "/impressum/"):
        assert 'href="/entgelte/"' in shown(town_client, url), url


def test_statements_do_not_grow_with_resources(town_client: Client, saal: ResourceView) -> None:
    urls = ("/entgelte/", "/entgelte/" + CASE)
    few = {url: statements(town_client, url) for url in urls}
    many_rooms(saal, 19)
    assert {url: statements(town_client, url) for url in urls} == few


def test_hits_show_their_price_line_by_line(town_client: Client, saal: ResourceView) -> None:
    wish = "?tag=2027-01-09&von=11:00&bis=11:00&gruppe=private"
    (hit,) = town_client.get("/suche/" + wish).context["hits"]
    assert hit.price is not None
    assert dict(hit.price.rows[0].why)["Fundstelle"] == "Gebühren je Raum"
    assert town_client.get("/suche/").context["hits"][0].price is None

"""The first step of booking: the price before anything is kept, and every refusal of a time."""

from datetime import date, timedelta

import pytest
from django.test import Client

from booking_core.catalog.contracts import ResourceView
from booking_core.reservations.models import Hold, Occupancy
from tests.factories.bookings import make_booking
from tests.web.citizen.conftest import Answers, eleven_to_eleven, typed_value


def test_prefilled_address_shows_the_price_with_its_paragraphs(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    page = town_client.get(f"/buchen/{saal.slug}/", time_answers).content.decode()
    assert "90,00 €" in page
    assert "180,00 €" in page
    assert "Gebühren je Raum" in page
    assert "Warum dieser Preis?" in page
    assert "für: Private" in page


def test_calculating_a_price_keeps_nothing(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    answer = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "preis"})
    assert answer.status_code == 200
    assert "90,00 €" in answer.content.decode()
    assert not Hold.objects.exists()


def test_live_price_is_the_panel_alone(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    answer = town_client.post(
        f"/buchen/{saal.slug}/", {**time_answers, "action": "preis"}, headers={"HX-Request": "true"}
    )
    assert answer.content.decode().lstrip().startswith('<div id="preis"')


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"von": ""}, "von"),
        ({"tag": "31.2.2027"}, "Geben Sie das Datum so ein"),
        ({"von": "25 Uhr"}, "Geben Sie die Uhrzeit so ein"),
        ({"gruppe": ""}, "Wählen Sie, als wer Sie buchen"),
        ({"zweck": ""}, "Wählen Sie, wofür Sie buchen"),
        ({"personen": "viele"}, "Geben Sie eine Zahl ein"),
        ({"personen": "61"}, "höchstens 60 Personen"),
        ({"tag": "2020-01-04"}, "Diese Zeit hat schon begonnen"),
        ({"von": "11:07"}, "alle 30 Minuten buchen"),
        ({"bis_tag": "2020-01-04"}, "Das Ende muss nach dem Beginn liegen"),
    ],
)
def test_each_refusal_says_its_sentence_and_keeps_what_was_typed(
    town_client: Client, saal: ResourceView, time_answers: Answers, changes: Answers, sentence: str
) -> None:
    typed = {**time_answers, **changes, "action": "weiter"}
    answer = town_client.post(f"/buchen/{saal.slug}/", typed)
    page = answer.content.decode()
    assert 400 <= answer.status_code < 500
    assert sentence in page
    assert "Bitte prüfen Sie Ihre Angaben" in page
    for name in ("tag", "von", "bis", "personen"):
        if typed[name]:
            assert typed_value(page, name) == typed[name]
    assert not Hold.objects.exists()


def test_skipped_hour_is_refused_with_its_reason(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    typed = {**time_answers, "tag": "2027-03-28", "von": "02:30", "bis": "10:00", "action": "weiter"}
    page = town_client.post(f"/buchen/{saal.slug}/", typed).content.decode()
    assert (
        "In dieser Nacht werden die Uhren vorgestellt: 2:30 Uhr gibt es am So, 28. März 2027 nicht." in page
    )


def test_doubled_hour_is_asked_for_and_then_meant(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    typed = {**time_answers, "tag": "2027-10-31", "von": "02:30", "bis": "10:00", "action": "weiter"}
    asked = town_client.post(f"/buchen/{saal.slug}/", typed).content.decode()
    assert "Diese Stunde gibt es in dieser Nacht zweimal" in asked
    assert 'name="von_mal"' in asked
    assert town_client.post(f"/buchen/{saal.slug}/", {**typed, "von_mal": "1"}).status_code == 302
    assert Occupancy.objects.get().span.lower.isoformat() == "2027-10-31T01:30:00+00:00"


def test_taken_time_says_so_and_offers_another(
    town_client: Client, saal: ResourceView, time_answers: Answers, day: date
) -> None:
    make_booking(saal, eleven_to_eleven(day))
    shown = town_client.get(f"/buchen/{saal.slug}/", time_answers).content.decode()
    assert "Zu dieser Zeit ist Großer Saal nicht frei." in shown
    refused = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Das geht stattdessen" in page
    next_day = day + timedelta(days=1)
    assert f"tag={next_day.isoformat()}&amp;von=11%3A00" in page

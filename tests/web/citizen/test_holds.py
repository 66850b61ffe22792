"""The time kept free during booking: changed, run out, lost to somebody else, found again."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.reservations.models import Hold
from booking_core.web.citizen import hold_limits
from tests.factories.bookings import make_booking
from tests.web.citizen.conftest import Answers, eleven_to_eleven, typed_value


def test_coming_back_to_change_the_time_replaces_the_hold_and_keeps_the_contact(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers, day: date
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    town_client.post(first, contact_answers)
    uuid = first.split("/")[-3]
    shown = town_client.get(f"/buchen/{saal.slug}/?halten={uuid}").content.decode()
    assert typed_value(shown, "tag") == day.isoformat()
    later = {**time_answers, "von": "12:00", "bis": "12:00", "action": "weiter"}
    second = town_client.post(f"/buchen/{saal.slug}/?halten={uuid}", later).headers["Location"]
    assert typed_value(town_client.get(second).content.decode(), "name") == "Erika Mustermann"
    assert Hold.objects.count() == 1


def test_expired_hold_is_renewed_quietly(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    town_client.post(first, contact_answers)
    Hold.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    page = town_client.get(first, follow=True)
    assert page.status_code == 200
    assert typed_value(page.content.decode(), "name") == "Erika Mustermann"
    assert Hold.objects.filter(expires_at__gt=timezone.now()).count() == 1


def test_time_lost_meanwhile_is_told_with_what_was_typed_kept(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers, day: date
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    town_client.post(first, contact_answers)
    Hold.objects.all().delete()
    make_booking(saal, eleven_to_eleven(day))
    lost = town_client.get(first)
    page = lost.content.decode()
    assert lost.status_code == 409
    assert "Alles, was Sie eingegeben haben, ist noch da." in page
    uuid = first.split("/")[-3]
    assert f"halten={uuid}" in page
    next_day = {**time_answers, "tag": (day + timedelta(days=1)).isoformat(), "action": "weiter"}
    again = town_client.post(f"/buchen/{saal.slug}/?halten={uuid}", next_day).headers["Location"]
    assert typed_value(town_client.get(again).content.decode(), "name") == "Erika Mustermann"


def test_hold_of_a_lost_session_is_found_again(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    town_client.cookies.clear()
    page = town_client.get(first).content.decode()
    assert "90,00 €" in page


def test_unknown_hold_starts_over(town_client: Client, saal: ResourceView) -> None:
    nobody = UUID(int=7)
    answer = town_client.get(f"/buchen/{saal.slug}/{nobody}/angaben/")
    assert answer.headers["Location"] == f"/buchen/{saal.slug}/"


def test_checking_before_contact_leads_to_contact(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    assert town_client.get(first.replace("angaben", "pruefen")).headers["Location"] == first


def test_one_visitor_keeps_only_a_few_times_at_once(
    town_client: Client, saal: ResourceView, time_answers: Answers, day: date
) -> None:
    for number in range(7):
        answers = {**time_answers, "tag": str(day + timedelta(days=2 * number)), "action": "weiter"}
        assert town_client.post(f"/buchen/{saal.slug}/", answers).status_code == 302
    assert Hold.objects.count() == 5


def test_a_bot_cannot_keep_everything(
    town_client: Client, saal: ResourceView, time_answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hold_limits, "MOST_OF_A_STRANGER", 2)
    answers = {**time_answers, "action": "weiter"}
    for _number in range(2):
        held = town_client.post(f"/buchen/{saal.slug}/", answers)
        assert held.status_code == 302
        Hold.objects.all().delete()
    refused = town_client.post(f"/buchen/{saal.slug}/", answers)
    assert refused.status_code == 429
    assert "sehr viele Zeiten" in refused.content.decode()
    assert Hold.objects.count() == 0

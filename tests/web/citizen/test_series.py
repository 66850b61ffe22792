"""A booking that repeats: asked for, conflicts settled date by date, changed later."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.models import User
from booking_core.messaging.models import OutboxMessage
from booking_core.messaging.standing_links import continue_link, release_link
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.queries import booking_by_uuid, free_times
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.standing_bookings import ask_to_confirm
from tests.factories.bookings import make_booking
from tests.factories.catalogue import CLERK
from tests.factories.mails import letters
from tests.web.citizen.conftest import Answers, TownClient, eleven_to_eleven

WEEKLY = {"rhythmus": "w1", "anzahl": "4"}


@pytest.fixture
def signed_in(town_client: TownClient, erika: User) -> TownClient:
    town_client.force_login(erika)
    return town_client


@pytest.fixture
def ask(signed_in: TownClient, saal: ResourceView, time_answers: Answers) -> Callable[..., str]:
    """Hold the first date and come to the dates of the series; gives the address."""

    def go(**rule: str) -> str:
        held = signed_in.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "wiederholen"})
        assert held.status_code == 302, held.content.decode()
        return f"{held.headers['Location']}?{urlencode({**WEEKLY, **rule})}"

    return go


def all_free(url: str, day: date, count: int = 4) -> dict[str, str]:
    return {f"termin_{day + timedelta(weeks=number)}": "on" for number in range(count)}


def send(client: TownClient, held_url: str, contact: Answers) -> BookingView:
    check = client.post(held_url, contact).headers["Location"]
    done = client.post(check, {"house_rules": "on"})
    assert done.status_code == 302, done.content.decode()
    return booking_by_uuid(Booking.objects.latest("id").uuid)


@pytest.fixture
def series(
    signed_in: TownClient, ask: Callable[..., str], day: date, contact_answers: Answers
) -> BookingView:
    url = ask()
    held = signed_in.post(url, all_free(url, day))
    return send(signed_in, held.headers["Location"], contact_answers)


def test_what_was_shown_and_agreed_is_what_is_stored(series: BookingView, day: date) -> None:
    assert [item.span for item in series.items] == [
        eleven_to_eleven(day + timedelta(weeks=number)) for number in range(4)
    ]
    assert [item.slot for item in series.items] == [str(day + timedelta(weeks=n)) for n in range(4)]
    assert series.series is not None and series.series.away == ()
    assert series.total.cents == 4 * 9000
    assert Occupancy.objects.filter(item__booking_id=series.id).count() == 4
    text = letters(kind="booking_requested")[0].text
    assert "jede Woche am" in text and "4 Termine" in text


def test_a_conflict_is_shown_with_proposals_and_can_be_left_out(
    signed_in: TownClient,
    ask: Callable[..., str],
    day: date,
    saal: ResourceView,
    contact_answers: Answers,
) -> None:
    make_booking(saal, eleven_to_eleven(day + timedelta(weeks=1)))
    url = ask()
    page = signed_in.get(url).content.decode()
    assert "1 Termin geht so nicht" in page and "3 Termine sind frei" in page
    assert "Diese Zeit ist schon vergeben." in page and "diesen Termin auslassen" in page
    taken = f"termin_{day + timedelta(weeks=1)}"
    held = signed_in.post(url, {**all_free(url, day), taken: ""})
    made = send(signed_in, held.headers["Location"], contact_answers)
    assert [item.slot for item in made.items] == [str(day + timedelta(weeks=n)) for n in (0, 2, 3)]
    assert made.series is not None
    assert [(one.key, one.why) for one in made.series.away] == [(str(day + timedelta(weeks=1)), "taken")]


def test_strangers_prove_their_address_before_they_keep_many_times(
    town_client: TownClient, saal: ResourceView, time_answers: Answers
) -> None:
    held = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "wiederholen"})
    asked = town_client.get(held.headers["Location"])
    assert asked.status_code == 302 and asked.headers["Location"].endswith("/angaben/")
    assert Occupancy.objects.count() == 1


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"anzahl": ""}, "Geben Sie entweder den letzten Tag oder die Zahl der Termine an."),
        ({"anzahl": "900"}, "160"),
        ({"bis": "2020-01-01", "anzahl": ""}, "Der letzte Tag liegt vor dem ersten."),
    ],
)
def test_a_rule_without_sense_is_told_at_its_field(
    signed_in: TownClient, ask: Callable[..., str], rule: dict[str, str], sentence: str
) -> None:
    page = signed_in.get(ask(**rule))
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_cancelling_from_here_on_shows_the_price_first(
    signed_in: TownClient, series: BookingView, saal: ResourceView, day: date
) -> None:
    second = str(day + timedelta(weeks=1))
    url = f"/meine-buchungen/{series.uuid}/termine/{second}/absagen/"
    assert "absagen" in signed_in.get(f"/meine-buchungen/{series.uuid}/").content.decode()
    answers = {"reach": "onward", "reason": "Sommerpause", "version": str(series.version)}
    shown = signed_in.post(url, {**answers, "step": "check"}).content.decode()
    assert "Die Serie kostet dann 90,00" in shown
    assert Occupancy.objects.filter(item__booking_id=series.id).count() == 4
    assert signed_in.post(url, {**answers, "step": "drop"}).status_code == 302
    left = booking_by_uuid(series.uuid)
    assert [item.slot for item in left.items] == [str(day)]
    assert left.total.cents == 9000
    assert left.series is not None and {one.why for one in left.series.away} == {"cancelled"}
    span = eleven_to_eleven(day + timedelta(weeks=1))
    assert free_times([saal.id], span, now=left.requested_at)[saal.id] == (span,)
    assert OutboxMessage.objects.filter(kind="dates_cancelled").exists()
    late = signed_in.post(url, {**answers, "step": "drop"})
    assert late.status_code == 404


def test_a_cancelled_date_comes_back_while_it_is_free(
    signed_in: TownClient, series: BookingView, day: date
) -> None:
    base = f"/meine-buchungen/{series.uuid}/termine/{day}"
    signed_in.post(f"{base}/absagen/", {"reach": "one", "step": "drop", "version": str(series.version)})
    assert "doch stattfinden lassen" in signed_in.get(f"/meine-buchungen/{series.uuid}/").content.decode()
    assert "360,00" in signed_in.get(f"{base}/aufnehmen/").content.decode()
    assert signed_in.post(f"{base}/aufnehmen/", {}).status_code == 302
    back = booking_by_uuid(series.uuid)
    assert next(item.slot for item in back.items) == str(day)
    assert back.total.cents == 36000 and back.series is not None and not back.series.away


def test_moving_one_date_leaves_the_others(signed_in: TownClient, series: BookingView, day: date) -> None:
    other = day + timedelta(days=1)
    url = f"/meine-buchungen/{series.uuid}/termine/{day}/verlegen/"
    answers = {"raum": str(series.items[0].resource_id), "tag": str(other), "von": "11:00", "bis": "11:00"}
    assert "Der Preis bleibt gleich" in signed_in.post(url, {**answers, "step": "check"}).content.decode()
    moved = signed_in.post(url, {**answers, "step": "move", "version": str(series.version)})
    assert moved.status_code == 302, moved.content.decode()
    after = booking_by_uuid(series.uuid)
    assert next((item.slot, item.span) for item in after.items) == (str(day), eleven_to_eleven(other))
    assert len(after.items) == 4 and after.state == series.state


def test_all_dates_at_once_is_a_cancellation(signed_in: TownClient, series: BookingView, day: date) -> None:
    url = f"/meine-buchungen/{series.uuid}/termine/{day}/absagen/"
    refused = signed_in.post(url, {"reach": "all", "step": "drop", "version": str(series.version)})
    assert refused.status_code == 409
    assert "Stornieren Sie dann die ganze Buchung" in refused.content.decode()


def test_dates_are_nobody_elses(town_client: TownClient, series: BookingView, day: date) -> None:
    town_client.logout()
    for page in ("absagen", "verlegen", "aufnehmen"):
        assert town_client.get(f"/meine-buchungen/{series.uuid}/termine/{day}/{page}/").status_code == 404


def test_a_date_is_released_from_the_mail_without_signing_in(
    town_client: TownClient, series: BookingView, saal: ResourceView, day: date
) -> None:
    confirm_booking(series.uuid, actor=CLERK, expected_version=series.version)
    town_client.logout()
    link = release_link(series.uuid, str(day))
    path = link[link.index("/termin-freigeben/") :]
    assert "Fällt dieser Termin aus?" in town_client.get(path).content.decode()
    assert len(booking_by_uuid(series.uuid).items) == 4  # a mail scanner that follows links changes nothing
    assert town_client.post(path).status_code == 302
    after = booking_by_uuid(series.uuid)
    assert [item.slot for item in after.items] == [str(day + timedelta(weeks=n)) for n in (1, 2, 3)]
    assert after.total == series.total
    assert "Dieser Termin findet nicht statt" in town_client.get(path).content.decode()
    assert town_client.post(path).status_code == 302  # tapped twice
    assert OutboxMessage.objects.filter(kind="dates_notice").count() == 1


def test_a_club_says_by_link_that_it_goes_on(town_client: TownClient, series: BookingView) -> None:
    ask_to_confirm(
        series.uuid, confirm_by=timezone.localdate() + timedelta(days=9), actor=CLERK, now=timezone.now()
    )
    town_client.logout()
    link = continue_link(series.uuid)
    path = link[link.index("/serie-bestaetigen/") :]
    assert "Ja, wir brauchen die Termine weiter" in town_client.get(path).content.decode()
    assert town_client.post(path).status_code == 302
    assert "Ihre Termine sind bestätigt" in town_client.get(path).content.decode()


def test_reminders_are_the_clubs_choice(signed_in: TownClient, series: BookingView) -> None:
    url = f"/meine-buchungen/{series.uuid}/"
    assert "Erinnerungen abschalten" in signed_in.get(url).content.decode()
    signed_in.post(f"{url}erinnerungen/", {"erinnern": "aus"})
    assert "Vor jedem Termin erinnern" in signed_in.get(url).content.decode()
    signed_in.logout()
    assert signed_in.post(f"{url}erinnerungen/", {"erinnern": "an"}).status_code == 404

"""The inbox: everything needed to decide, and decisions that never overwrite somebody else's."""

from datetime import UTC, datetime, timedelta

from django.test import Client
from django.urls import reverse

from booking_core.identity.contracts import Actor
from booking_core.kernel.money import Money
from booking_core.messaging.queries import messages_about
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.decide_booking import confirm_booking, decline_booking
from tests.web.backoffice.conftest import Office

COLLEAGUE = Actor("Conny Kollegin", by_staff=True)


def _post(client: Client, name: str, booking: BookingView, **data: object) -> object:
    return client.post(reverse(f"backoffice_{name}", args=[booking.uuid]), data)


def test_a_request_shows_price_paragraph_contact_and_message(office: Office, clerk: Client) -> None:
    booking = office.book()
    page = clerk.get(reverse("backoffice_inbox_request", args=[booking.uuid])).content.decode()
    assert booking.total == Money(9000)
    shown = (
        "90,00\xa0€",
        "180,00\xa0€",
        "Erika Mustermann",
        "0431 123456",
        "Wir bringen eigenes Geschirr mit.",
        "Nichts anderes berührt diese Zeit.",
        "Dies ist die einzige Buchung.",
        "Regeln, die nicht galten, und warum",
        "gilt nicht:",
    )
    for words in shown:
        assert words.replace("\xa0", " ") in page.replace("\xa0", " ").replace("&nbsp;", " "), words


def test_the_list_opens_the_request_that_is_due_first(office: Office, clerk: Client) -> None:
    late = office.book(days=9)
    soon = office.book(days=1, now=datetime.now(UTC) - timedelta(days=5))
    answer = clerk.get(reverse("backoffice_inbox"))
    entries = answer.context["entries"]
    assert [entry.url for entry in entries] == [
        reverse("backoffice_inbox_request", args=[soon.uuid]),
        reverse("backoffice_inbox_request", args=[late.uuid]),
    ]
    assert answer.context["case"].booking.uuid == soon.uuid


def test_history_and_conflicts_stand_beside_the_request(office: Office, clerk: Client) -> None:
    earlier = office.book(days=5, title="Taufe")
    booking = office.book()
    case = clerk.get(reverse("backoffice_inbox_request", args=[booking.uuid])).context["case"]
    assert [row[0].text for row in case.history.rows] == ["Taufe"]
    assert case.conflicts.rows == []
    assert earlier.uuid != booking.uuid


def test_confirming_agrees_and_writes_a_mail_with_the_text(office: Office, clerk: Client) -> None:
    booking = office.book()
    answer = _post(clerk, "confirm", booking, expected_version=booking.version, text="Schlüssel im Rathaus.")
    assert answer.status_code == 302
    assert booking_by_uuid(booking.uuid).state == "confirmed"
    mails = [mail for mail in messages_about("booking", booking.uuid) if mail.kind == "booking_confirmed"]
    assert len(mails) == 1
    assert "Schlüssel im Rathaus." in mails[0].text


def test_a_colleague_was_faster(office: Office, clerk: Client) -> None:
    booking = office.book()
    decline_booking(booking.uuid, actor=COLLEAGUE, expected_version=booking.version, reason="Wir renovieren.")
    answer = _post(clerk, "confirm", booking, expected_version=booking.version, text="Gern!")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Inzwischen hat Conny Kollegin entschieden." in page
    assert "abgelehnt" in page
    assert booking_by_uuid(booking.uuid).state == "declined"
    assert not [mail for mail in messages_about("booking", booking.uuid) if mail.kind == "booking_confirmed"]


def test_declining_needs_a_reason(office: Office, clerk: Client) -> None:
    booking = office.book()
    answer = _post(clerk, "decline", booking, expected_version=booking.version, reason="  ")
    assert answer.status_code == 422
    assert "Nennen Sie einen Grund." in answer.content.decode()
    assert booking_by_uuid(booking.uuid).state == "requested"


def test_declining_joins_the_ready_sentence_and_own_words(office: Office, clerk: Client) -> None:
    booking = office.book()
    _post(
        clerk,
        "decline",
        booking,
        expected_version=booking.version,
        module="repair",
        reason="Ab Februar geht es.",
    )
    after = booking_by_uuid(booking.uuid)
    assert after.state == "declined"
    assert after.decision_reason == "Der Raum wird zu dieser Zeit instand gesetzt. Ab Februar geht es."


def test_a_question_keeps_the_request_in_the_inbox(office: Office, clerk: Client) -> None:
    booking = office.book()
    assert _post(clerk, "ask", booking, text="Wie viele Autos kommen?").status_code == 302
    after = booking_by_uuid(booking.uuid)
    assert (after.state, after.question_at is not None) == ("requested", True)
    assert clerk.get(reverse("backoffice_inbox")).context["entries"][0].has_open_question


def test_an_empty_question_is_refused(office: Office, clerk: Client) -> None:
    booking = office.book()
    assert _post(clerk, "ask", booking, text="").status_code == 422
    assert booking_by_uuid(booking.uuid).question_at is None


def test_readers_look_but_do_not_decide(office: Office) -> None:
    booking, reader = office.book(), office.client("reader")
    page = reader.get(reverse("backoffice_inbox_request", args=[booking.uuid]))
    assert page.context["can_decide"] is False
    assert _post(reader, "confirm", booking, expected_version=booking.version).status_code == 403
    assert booking_by_uuid(booking.uuid).state == "requested"


def test_a_clerk_of_one_location_sees_only_its_requests(office: Office) -> None:
    here, there = office.book(), office.book(office.barn)
    limited = office.client("clerk", location_ids=(office.saal.location.id,))
    entries = limited.get(reverse("backoffice_inbox")).context["entries"]
    assert [entry.url for entry in entries] == [reverse("backoffice_inbox_request", args=[here.uuid])]
    assert limited.get(reverse("backoffice_inbox_request", args=[there.uuid])).status_code == 404
    for name, data in (("confirm", {"expected_version": 1}), ("decline", {"expected_version": 1, "reason": "x"}),
                       ("ask", {"text": "x"})):  # fmt: skip
        assert _post(limited, name, there, **data).status_code == 404
    assert booking_by_uuid(there.uuid).state == "requested"


def test_a_decided_request_offers_no_decision(office: Office, clerk: Client) -> None:
    booking = office.book()
    confirm_booking(booking.uuid, actor=COLLEAGUE, expected_version=booking.version)
    answer = clerk.get(reverse("backoffice_inbox_request", args=[booking.uuid]))
    assert answer.status_code == 200
    assert answer.context["can_decide"] is False


def test_an_empty_inbox_says_so(office: Office, clerk: Client) -> None:
    assert "Alles entschieden" in clerk.get(reverse("backoffice_inbox")).content.decode()


def test_a_price_nobody_has_named_is_open_and_not_nothing(office: Office, clerk: Client) -> None:
    office.book(office.barn)
    for page in ("backoffice_inbox", "backoffice_bookings"):
        shown = clerk.get(reverse(page)).content.decode()
        assert "offen" in shown
        assert "0,00" not in shown
    line = clerk.get(reverse("backoffice_bookings_csv")).content.decode().splitlines()[1]
    assert "0,00" not in line

"""What the mails say, in both languages, and that text and HTML say the same."""

from dataclasses import replace
from html import unescape

import pytest
from icalendar import Calendar

from booking_core.engines.ordinance import Outcome
from booking_core.kernel.money import ZERO
from booking_core.messaging import composing, composing_access
from booking_core.messaging.booking_links import booking_of_token
from booking_core.messaging.contracts import MailDraft
from booking_core.messaging.queries import KIND_LABELS, previews
from booking_core.reservations.contracts import BookingView
from tenants.models import Tenant


def calendar_of(draft: MailDraft) -> Calendar:
    (part,) = draft.attachments
    return Calendar.from_ical(part.text)


def test_the_confirmation_carries_price_deposit_and_calendar(booking: BookingView) -> None:
    draft = composing.booking_confirmed(booking, text="Den Schlüssel gibt es im Rathaus.")

    assert (draft.kind, draft.recipient, draft.language) == ("booking_confirmed", "erika@example.org", "de")
    assert draft.subject == "Ihre Buchung 2026-000001 ist bestätigt"
    for words in (
        "Guten Tag Erika Mustermann,",
        "Entgelt: 90,00 €",
        "Kaution: 180,00 €",
        "Sa, 24. Oktober 2026, 11 Uhr – So, 25. Oktober 2026, 11 Uhr (Zeitumstellung, dauert 25 Stunden)",
        "Den Schlüssel gibt es im Rathaus.",
        "Gemeinde Musterstadt",
    ):
        assert words in draft.text
    assert "Geburtstag &lt;Erika&gt;" in draft.html
    assert calendar_of(draft)["METHOD"] == "PUBLISH"
    assert (draft.subject_type, draft.subject_id) == ("booking", str(booking.uuid))


def test_english_mails_are_english(booking: BookingView) -> None:
    draft = composing.booking_confirmed(replace(booking, language="en"))

    assert draft.subject == "Your booking 2026-000001 is confirmed"
    assert "€90.00" in draft.text
    assert "Guten Tag" not in draft.text
    assert 'lang="en"' in draft.html


def test_the_link_in_a_mail_leads_to_the_booking_and_to_the_towns_own_domain(booking: BookingView) -> None:
    draft = composing.booking_requested(booking)
    address = next(line for line in draft.text.splitlines() if "/buchung/" in line)

    assert address.startswith("https://musterstadt.biletado.localhost/")
    assert booking_of_token(address.rstrip("/").rsplit("/", 1)[1]) == booking.uuid


def test_an_open_price_is_said_to_be_open(booking: BookingView) -> None:
    undecided = replace(booking, quote={"outcome": Outcome.NEEDS_DECISION.value}, total=ZERO, deposit=ZERO)

    assert "Das Entgelt legt die Verwaltung fest." in composing.booking_requested(undecided).text
    assert (
        "Das Entgelt legt die Verwaltung fest."
        in composing.booking_requested(replace(undecided, quote={})).text
    )


def test_nothing_to_pay_is_free_of_charge(booking: BookingView) -> None:
    assert "Entgelt: kostenfrei" in composing.booking_requested(replace(booking, total=ZERO)).text


def test_a_decline_gives_the_reason_and_a_way_on(booking: BookingView) -> None:
    draft = composing.booking_declined(booking, reason="Der Boden wird erneuert.")

    assert "Der Boden wird erneuert." in draft.text
    assert "https://musterstadt.biletado.localhost/" in draft.text
    assert not draft.attachments


def test_a_moved_booking_replaces_the_event(booking: BookingView) -> None:
    before = (booking.items[0].span,)
    event = calendar_of(composing.booking_moved(replace(booking, sequence=7), before=before)).walk("VEVENT")[
        0
    ]

    assert event["SEQUENCE"] == 7
    assert not composing.booking_moved(replace(booking, state="requested"), before=before).attachments


def test_a_cancellation_says_who_and_what_it_costs(booking: BookingView) -> None:
    gone = replace(booking, state="cancelled")
    by_town = composing.booking_cancelled(
        gone, by_staff=True, reason="Wasserschaden", fee_words="Kostet nichts."
    )

    assert "die Verwaltung hat Ihre Buchung storniert." in by_town.text
    assert "Wasserschaden" in by_town.text
    assert "Kostet nichts." in by_town.text
    assert calendar_of(by_town)["METHOD"] == "CANCEL"


@pytest.mark.parametrize("state", ["declined", "cancelled"])
def test_no_price_stands_beside_what_is_over(booking: BookingView, state: str) -> None:
    over = replace(booking, state=state)
    mails = (composing.booking_declined(over, reason="x"), composing.booking_cancelled(over, by_staff=False))

    assert all("90,00" not in mail.text and "180,00" not in mail.html for mail in mails)


def test_a_document_without_fees_leaves_the_price_open(booking: BookingView) -> None:
    rules_only = replace(booking, quote={"outcome": "accepted", "fee_known": False}, total=ZERO)

    assert "Das Entgelt legt die Verwaltung fest." in composing.booking_requested(rules_only).text


def test_mails_to_the_staff_go_to_the_towns_mailbox_in_german(booking: BookingView) -> None:
    english = replace(booking, language="en")
    for draft in (composing.new_request(english), composing.question_answered(english, text="Ja, bitte.")):
        assert (draft.recipient, draft.language) == ("rathaus@musterstadt.example", "de")
        assert "/verwaltung/" in draft.text
        assert "Anfrage öffnen" in draft.text


def test_text_and_html_say_the_same(booking: BookingView) -> None:
    for preview in previews():
        plain = unescape(preview.html)
        for line in preview.text.splitlines():
            for words in line.split(": "):
                assert words.strip(" -:") in plain, f"{preview.kind} ({preview.language}): {words!r}"


def test_every_kind_has_a_preview_in_both_languages(town: Tenant) -> None:
    shown = {(preview.kind, preview.language) for preview in previews()}

    assert shown == {(kind, language) for kind in KIND_LABELS for language in ("de", "en")} - {
        ("signup_resume", "de"),
        ("signup_resume", "en"),
    }
    for preview in previews():
        if preview.language == "en" and preview.kind not in {
            "new_request",
            "question_answered",
            "dates_notice",
            "continuation_notice",
            "confirmation_missing",
            "hold_lapsed_notice",
        }:
            assert "Guten Tag" not in preview.text, preview.kind


@pytest.mark.usefixtures("db")
def test_the_main_host_writes_in_the_platforms_name() -> None:
    code = composing_access.email_code(recipient="neu@example.org", code="482913", language="de")
    resume = composing_access.signup_resume(
        recipient="neu@example.org", town_name="Borgstedt", link="https://x.example/a"
    )

    assert "482913" in code.text and "482913" in code.html
    assert "Biletado" in code.text
    assert "https://x.example/a" in resume.text
    assert "Borgstedt" in resume.text

"""The outbox: mails that failed, mails that carry codes, and how every mail would look."""

import pytest
from django.test import Client
from django.urls import reverse

from booking_core.identity.queries import audit_rows
from booking_core.messaging.contracts import MailDraft
from booking_core.messaging.models import OutboxMessage
from booking_core.messaging.outbox import queue_mail
from booking_core.messaging.queries import previews, recent_messages
from tests.factories.mails import letters
from tests.web.backoffice.conftest import Office


def _failed_mail(subject_type: str = "booking") -> OutboxMessage:
    draft = MailDraft(
        "email_code",
        "erika@example.org",
        "de",
        "Ihr Code 123456",
        "Code: 123456",
        "<p>Code: 123456</p>",
        subject_type=subject_type,
        subject_id="x",
    )
    queue_mail(draft)
    row = OutboxMessage.objects.latest("id")
    row.state, row.last_error = "failed", "550 unknown"
    row.save()
    return row


def test_a_failed_message_is_sent_again(office: Office, clerk: Client) -> None:
    row = _failed_mail()
    url = reverse("backoffice_message", args=[row.uuid])
    assert "550 unknown" in clerk.get(url).content.decode()
    clerk.post(url)
    row.refresh_from_db()
    assert row.state == "waiting"
    clerk.post(url)
    assert [entry.action for entry in audit_rows()][:2].count("message.retried") == 1


def test_nobody_reads_codes_of_others(office: Office, administrator: Client) -> None:
    row = _failed_mail(subject_type="")
    for url in (reverse("backoffice_message", args=[row.uuid]), reverse("backoffice_messages"),
                reverse("backoffice_message_html", args=[row.uuid])):  # fmt: skip
        assert "123456" not in administrator.get(url).content.decode(), url


def test_mails_are_framed_under_a_policy_of_their_own(office: Office, clerk: Client) -> None:
    office.book()
    row = recent_messages()[0]
    framed = clerk.get(reverse("backoffice_message_html", args=[row.uuid]))
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert "script-src" not in framed["Content-Security-Policy"]


def test_a_limited_clerk_has_no_outbox(office: Office) -> None:
    limited = office.client("clerk", location_ids=(office.saal.location.id,))
    row = _failed_mail()
    for url in (reverse("backoffice_messages"), reverse("backoffice_message", args=[row.uuid]),
                reverse("backoffice_message_html", args=[row.uuid])):  # fmt: skip
        assert limited.get(url).status_code == 403


def test_every_mail_can_be_previewed(office: Office, clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mails are composed once, not once for each page: what they say is tested with them."""
    known = {language: previews(language) for language in ("de", "en")}
    monkeypatch.setattr(
        "booking_core.web.backoffice.views.messages.previews", lambda language: known[language]
    )
    shown = clerk.get(reverse("backoffice_mail_previews")).context
    assert len(shown["kinds"]) == len(known["de"])
    for item in (*shown["kinds"], *shown["languages"]):
        assert clerk.get(item.url).status_code == 200
    assert clerk.get(reverse("backoffice_mail_preview_html") + "?art=unsinn").status_code == 404


def test_mails_say_line_by_line_how_the_price_comes_about(office: Office) -> None:
    office.book()
    mail = letters(kind="booking_requested")[0]
    assert "So entsteht es" in mail.text
    assert "Großer Saal 90,00 € (Gebühren je Raum)" in mail.text.replace("\xa0", " ")

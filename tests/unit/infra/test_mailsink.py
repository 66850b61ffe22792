"""A mail sent by SMTP is found, read and its files downloaded on the pages.

Not here: which mails the application sends.
"""

import http.client
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from infra.embedded.free_port import LOOPBACK, free_port
from infra.embedded.mail_store import MailStore
from infra.embedded.mailsink import MailSink

SMTP_PORT = free_port()


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[MailSink]:
    running = MailSink(MailStore(tmp_path), smtp_port=SMTP_PORT, http_port=0)
    running.start()
    yield running
    running.stop()


def send(*recipients: str, subject: str = "Ihre Anfrage für den Großen Saal") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "rathaus@borgstedt.example", recipients[0], subject
    message.set_content("Guten Tag & willkommen: http://borgstedt.biletado.localhost:8000/b/7?a=1.")
    message.add_alternative("<h1>Guten Tag</h1><script>alert(1)</script>", subtype="html")
    message.add_attachment(
        b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="termin für Erika.ics"
    )
    with smtplib.SMTP(LOOPBACK, SMTP_PORT) as server:
        server.send_message(message, to_addrs=list(recipients))


def get(sink: MailSink, path: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection(LOOPBACK, sink.http_port)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_an_empty_sink_says_so(sink: MailSink) -> None:
    assert "Noch ist keine Mail angekommen" in get(sink, "/")[2]


def test_the_list_is_newest_first_and_filtered_by_recipient(sink: MailSink) -> None:
    send("erika@example.org", subject="Erste")
    send("max@example.org", "verdeckt@example.org", subject="Zweite")
    page = get(sink, "/")[2]
    assert page.index("Zweite") < page.index("Erste")
    filtered = get(sink, "/?an=verdeckt@example.org")[2]
    assert "Zweite" in filtered
    assert "Erste" not in filtered
    assert "Für diesen Empfänger" in get(sink, "/?an=niemand@example.org")[2]


def test_a_mail_shows_text_files_and_a_frame(sink: MailSink) -> None:
    send("erika@example.org")
    (name,) = sink.store.names()
    page = get(sink, f"/mail/{name}")[2]
    assert "Ihre Anfrage für den Großen Saal" in page
    assert '<a href="http://borgstedt.biletado.localhost:8000/b/7?a=1">' in page
    assert "Guten Tag &amp; willkommen" in page
    assert "<script" not in page
    status, headers, body = get(sink, f"/mail/{name}/html")
    assert (status, "<h1>Guten Tag</h1>" in body) == (200, True)
    assert "sandbox" in headers["content-security-policy"]
    assert "allow-scripts" not in headers["content-security-policy"]
    number = sink.store.read(name).attachments[0].number
    status, headers, body = get(sink, f"/mail/{name}/teil/{number}")
    assert (status, body.strip()) == (200, "BEGIN:VCALENDAR")
    assert headers["content-disposition"] == "attachment; filename*=UTF-8''termin%20f%C3%BCr%20Erika.ics"


@pytest.mark.parametrize(
    "path",
    [
        "/mail/../../etc/passwd",
        "/mail/nothing",
        "/mail/20260101T000000000000-abcdef",
        "/other",
        "/mail/x/teil/1",
    ],
)
def test_addresses_that_do_not_exist(sink: MailSink, path: str) -> None:
    assert get(sink, path)[0] == 404

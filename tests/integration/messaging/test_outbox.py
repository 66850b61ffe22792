"""Queueing and delivery against the real database and a real mail server in this process."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from queue import Empty
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.db import connection, transaction
from django.utils import timezone
from icalendar import Calendar
from kombu import Connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from booking_core.messaging import composing, composing_access, delivery
from booking_core.messaging.contracts import MailDraft
from booking_core.messaging.models import MessageState, OutboxMessage
from booking_core.messaging.outbox import queue_mail
from booking_core.messaging.queries import messages_about, outbox_counts
from booking_core.messaging.tasks import deliver_waiting, sweep_outboxes
from booking_core.reservations.contracts import BookingView
from config.celery_app import app
from infra.embedded.free_port import free_port
from tenants.context import in_tenant
from tenants.models import Tenant


class Mailbox:
    """Takes every mail; refuses the recipients it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 — the library's name
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 — the library's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def mailbox(settings: LazySettings) -> Iterator[Mailbox]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield box
    controller.stop()


def draft(recipient: str = "erika@example.org") -> MailDraft:
    return MailDraft(
        "test", recipient, "de", "Überschrift", "Text\n", "<p>Text</p>", subject_type="x", subject_id="1"
    )


def test_a_mail_is_a_row_of_the_transaction(town: Tenant) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue_mail(draft())
        raise RuntimeError("the use case failed")

    assert not OutboxMessage.objects.exists()


def test_a_worker_is_told_after_the_commit_and_for_this_town(
    town: Tenant, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with app.connection_for_read() as broker:
        broker.default_channel.queue_purge("celery")
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        queue_mail(draft())
    assert len(callbacks) == 1

    with app.connection_for_read() as broker:
        message = broker.SimpleQueue("celery").get(timeout=2)
        message.ack()
    assert message.headers["task"] == "booking_core.messaging.tasks.deliver_waiting"
    assert message.headers["_schema_name"] == town.schema_name


def test_a_broker_that_is_down_breaks_nothing(
    town: Tenant,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nobody = Connection(f"redis://127.0.0.1:{free_port()}/0", transport_options={"max_retries": 0})
    monkeypatch.setattr(
        deliver_waiting, "apply_async", partial(deliver_waiting.apply_async, connection=nobody)
    )

    with django_capture_on_commit_callbacks(execute=True):
        queue_mail(draft())

    assert OutboxMessage.objects.get().state == MessageState.WAITING


def test_a_town_without_a_mailbox_gets_no_mail(town: Tenant) -> None:
    queue_mail(draft(recipient=""))

    assert not OutboxMessage.objects.exists()


def test_a_mail_arrives_in_the_towns_name_with_its_calendar(booking: BookingView, mailbox: Mailbox) -> None:
    queue_mail(composing.booking_confirmed(booking))

    assert delivery.deliver_batch() == 1
    assert delivery.deliver_batch() == 0

    (mail,) = mailbox.mails
    row = OutboxMessage.objects.get()
    assert mail["From"].addresses[0].display_name == "Gemeinde Musterstadt"
    assert mail["Reply-To"] == "rathaus@musterstadt.example"
    assert mail["To"] == "erika@example.org"
    assert mail["Message-ID"].strip() == f"<{row.uuid}@musterstadt.biletado.localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().startswith("Guten Tag Erika Mustermann,")  # type: ignore[union-attr]
    assert "<html" in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    (part,) = mail.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert event["SUMMARY"] == "Geburtstag <Erika> – Großer Saal"
    assert (row.state, row.attempts) == (MessageState.SENT, 1)
    assert row.sent_at is not None


def test_a_refused_mail_is_put_off_and_the_others_go(town: Tenant, mailbox: Mailbox) -> None:
    mailbox.refused.add("gone@example.org")
    queue_mail(draft("gone@example.org"))
    queue_mail(draft("here@example.org"))

    assert delivery.deliver_batch() == 1

    row = OutboxMessage.objects.get(recipient="gone@example.org")
    assert (row.state, row.attempts) == (MessageState.WAITING, 1)
    assert timedelta(seconds=50) < row.next_attempt_at - timezone.now() <= timedelta(minutes=1)
    assert "no such mailbox" in row.last_error


def test_the_pauses_grow_and_the_tenth_refusal_is_the_last(town: Tenant, mailbox: Mailbox) -> None:
    mailbox.refused.add("gone@example.org")
    queue_mail(draft("gone@example.org"))
    pauses = []
    for _attempt in range(10):
        OutboxMessage.objects.update(next_attempt_at=timezone.now())
        delivery.deliver_batch()
        row = OutboxMessage.objects.get()
        pauses.append(round((row.next_attempt_at - timezone.now()) / timedelta(minutes=1)))

    assert pauses[:4] == [1, 5, 15, 60]
    assert pauses[:9] == sorted(pauses[:9])
    assert (row.state, row.attempts) == (MessageState.FAILED, 10)
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    assert delivery.deliver_batch() == 0
    assert outbox_counts() == {"waiting": 0, "sent": 0, "failed": 1}


def test_a_server_that_is_away_costs_no_attempt(town: Tenant, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    queue_mail(draft("one@example.org"))
    queue_mail(draft("two@example.org"))

    assert delivery.deliver_batch() == 0

    rows = list(OutboxMessage.objects.order_by("id"))
    assert [row.attempts for row in rows] == [0, 0]
    assert rows[0].next_attempt_at > timezone.now()
    assert rows[1].next_attempt_at <= timezone.now(), "the rest of the batch was not tried"


def test_a_mail_that_may_have_gone_keeps_its_id(town: Tenant, mailbox: Mailbox) -> None:
    queue_mail(draft())
    delivery.deliver_batch()
    OutboxMessage.objects.update(state=MessageState.WAITING)  # as if the process had died before noting it
    delivery.deliver_batch()

    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1
    assert len(mailbox.mails) == 2


def test_a_header_cannot_be_smuggled_in(town: Tenant, mailbox: Mailbox) -> None:
    OutboxMessage.objects.create(
        kind="x", recipient="a@example.org", sender_name="Ort", subject="Hallo\nBcc: b@example.org", text="x",
        next_attempt_at=timezone.now(),
    )  # fmt: skip

    assert delivery.deliver_batch() == 0
    assert not mailbox.mails
    assert OutboxMessage.objects.get().attempts == 1


def test_the_history_of_one_thing(town: Tenant) -> None:
    queue_mail(draft())

    (row,) = messages_about("x", 1)
    assert (row.subject, row.state, row.state_label) == ("Überschrift", "waiting", "wartet")
    assert messages_about("x", 2) == ()


def test_workers_side_by_side_send_each_mail_once(committed_town: Tenant, mailbox: Mailbox) -> None:
    for number in range(12):
        queue_mail(draft(f"person{number}@example.org"))

    def work(_number: int) -> int:
        try:
            with in_tenant(committed_town):
                return delivery.deliver_batch()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(work, range(4)))

    assert sum(sent) == 12
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == len(mailbox.mails) == 12


def test_the_sweeper_visits_live_towns_only(tenant_a: Tenant, tenant_b: Tenant) -> None:
    Tenant.objects.filter(pk=tenant_b.pk).update(state="suspended")
    with app.connection_for_read() as broker:
        broker.default_channel.queue_purge("celery")
    sweep_outboxes()

    told = []
    with app.connection_for_read() as broker, suppress(Empty):
        queue = broker.SimpleQueue("celery")
        while True:
            message = queue.get(timeout=1)
            message.ack()
            told.append(message.headers["_schema_name"])
    assert told == [tenant_a.schema_name]


def test_the_platform_has_an_outbox_of_its_own(db: None, mailbox: Mailbox) -> None:
    queue_mail(composing_access.email_code(recipient="neu@example.org", code="482913", language="de"))
    Tenant.objects.update(state="suspended")
    sweep_outboxes()

    (mail,) = mailbox.mails
    assert mail["From"].addresses[0].display_name == "Biletado"
    assert mail["Message-ID"].strip().endswith("@biletado.localhost>")
    assert mail["Reply-To"] is None

"""Letters ordered with a booking and written later: they say what was true, once, and never hold up others."""

from dataclasses import replace

import pytest
from django.conf import LazySettings
from pytest_django import DjangoCaptureOnCommitCallbacks

from booking_core.kernel.money import Money
from booking_core.messaging import bell, composing, composing_payments, delivery
from booking_core.messaging.contracts import LetterOrder, MailDraft
from booking_core.messaging.models import MessageState, OutboxMessage
from booking_core.messaging.outbox import queue_mail
from booking_core.messaging.oversight import message_detail
from booking_core.messaging.unwritten import order_letter
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.snapshots import booking_from_data, booking_to_data
from tenants.models import Tenant


@pytest.fixture
def noted(booking: BookingView) -> BookingView:
    return replace(booking, staff_note="GEHEIM", message="Mit Musik", total=Money(9000), pay_by=booking.start)


@pytest.fixture(autouse=True)
def _letters_stay_here(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_written_later_is_written_the_same(noted: BookingView) -> None:
    """Every kind that may be ordered, from the booking in hand and from what is kept of it."""
    _same(order_letter("booking_requested", noted), composing.booking_requested(noted))
    _same(order_letter("payment_wanted", noted), composing_payments.payment_wanted(noted))
    _same(order_letter("new_request", noted), composing.new_request(noted))
    _same(
        order_letter("booking_confirmed", noted, invoice_moment="confirmation"),
        composing.booking_confirmed(noted, invoice_moment="confirmation"),
    )


def _same(order: LetterOrder, draft: MailDraft) -> None:
    queue_mail(order)
    row = OutboxMessage.objects.latest("id")
    assert (row.kind, row.recipient, row.language) == (draft.kind, draft.recipient, draft.language)
    shown = message_detail(row.uuid)
    assert shown.row.subject == draft.subject
    assert _without_tokens(shown.row.text) == _without_tokens(draft.text)
    assert _without_tokens(shown.html) == _without_tokens(draft.html)
    assert list(shown.attachment_names) == [part.name for part in draft.attachments]


def _without_tokens(text: str) -> list[str]:
    """Links are signed with the time."""
    return [word for word in text.split() if "/buchung/" not in word and "href=" not in word]


def test_what_is_kept_goes_when_the_words_are_there_and_holds_nothing_secret(noted: BookingView) -> None:
    """Seen red without forgetting it in ``write``, and with all of the view kept."""
    queue_mail(order_letter("booking_confirmed", noted))
    kept = str(OutboxMessage.objects.get().unwritten)
    assert "GEHEIM" not in kept and "derivation': []" in kept

    delivery.deliver_batch()
    row = OutboxMessage.objects.get()
    assert row.unwritten is None and row.state == MessageState.SENT
    assert [part["name"] for part in row.attachments] == [f"{noted.number}.ics"]


def test_a_letter_nobody_can_write_is_put_off_and_the_others_go(booking: BookingView) -> None:
    """Seen red without LetterUnwritable: the batch broke off."""
    queue_mail(order_letter("new_request", booking), order_letter("booking_requested", booking))
    broken = OutboxMessage.objects.order_by("id")[0]
    OutboxMessage.objects.filter(pk=broken.pk).update(unwritten={"booking": {}, "words": {}})

    assert delivery.deliver_batch() == 1
    broken.refresh_from_db()
    assert (broken.state, broken.attempts) == (MessageState.WAITING, 1)
    assert "new_request" in broken.last_error
    assert message_detail(broken.uuid).row.text == ""


def test_a_snapshot_is_the_booking_without_what_no_letter_says(noted: BookingView) -> None:
    quote = {**noted.quote, "derivation": [], "reasons": []} if noted.quote else {}
    same = replace(
        noted, staff_note="", events=(), quote=quote, priced_requests=None, extras={}, facts={},
        ordinance_version_id=None,
    )  # fmt: skip
    assert booking_from_data(booking_to_data(noted)) == same


def test_many_letters_ring_once(
    booking: BookingView,
    town: Tenant,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.MAIL_BELL_SECONDS = 60
    rung: list[str] = []
    timers: list[object] = []
    monkeypatch.setattr(bell, "_publish", rung.append)
    monkeypatch.setattr("threading.Timer", lambda _seconds, work: _Noted(timers, work))
    for _number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            queue_mail(order_letter("booking_requested", booking), order_letter("new_request", booking))

    assert rung == [] and timers == [bell._ring_for_all], "nobody waits for the broker"
    bell._ring_for_all()
    assert rung == [town.schema_name]
    bell.ring(town.schema_name)
    assert len(timers) == 2, "what comes later rings again"
    bell._ring_for_all()


class _Noted:
    """Stands in for a timer: what it was started for is noted."""

    def __init__(self, timers: list[object], work: object) -> None:
        self._timers, self._work = timers, work

    def start(self) -> None:
        self._timers.append(self._work)

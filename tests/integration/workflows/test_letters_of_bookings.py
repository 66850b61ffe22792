"""What the letters of a new booking say when they are written after it has changed."""

from django.conf import LazySettings
from django.core import mail

from booking_core.messaging import delivery
from booking_core.messaging.queries import messages_about
from booking_core.reservations.models import Booking
from tests.integration.workflows.conftest import House, place


def test_a_letter_says_what_was_true_when_it_was_ordered(house: House, settings: LazySettings) -> None:
    """Seen red with the booking read again when the letter is written: it bore the later title."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    booking = place(house.wish())
    Booking.objects.update(title="Später geändert", quote={}, total_cents=1)

    shown = {row.kind: row.text for row in messages_about("booking", booking.uuid)}
    assert delivery.deliver_batch() == 2
    for sent in mail.outbox:
        assert booking.title in sent.body and "90,00" in sent.body and "Später" not in sent.body
    sent_later = {row.kind: row.text for row in messages_about("booking", booking.uuid)}
    assert [text.split("http")[0] for text in sent_later.values()] == [
        text.split("http")[0] for text in shown.values()
    ]

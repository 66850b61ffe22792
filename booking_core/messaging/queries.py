"""Reads about messages: what was written about a booking, how the outbox does, what each kind looks like.

Not here: queueing (``outbox``), sending (``delivery``).
"""

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking_core.messaging.contracts import MailPreview, MessageRow
from booking_core.messaging.models import MessageState, OutboxMessage
from booking_core.messaging.samples import sample_drafts
from booking_core.messaging.unwritten import to_read

KIND_LABELS: dict[str, str | Promise] = {
    "booking_requested": _("Anfrage eingegangen"),
    "booking_confirmed": _("Buchung bestätigt"),
    "booking_declined": _("Anfrage abgelehnt"),
    "booking_moved": _("Buchung verlegt"),
    "closed_around": _("Sperrung, Buchung bleibt"),
    "booking_changed": _("Buchung geändert"),
    "booking_cancelled": _("Buchung storniert"),
    "booking_settled": _("Abrechnung"),
    "invoice_issued": _("Rechnung"),
    "invoice_cancelled": _("Rechnung storniert"),
    "payment_reminder": _("Zahlungserinnerung"),
    "payment_wanted": _("Buchung wartet auf Zahlung"),
    "payment_received": _("Zahlung angekommen"),
    "payment_failed": _("Zahlung gescheitert"),
    "payment_returned": _("Zahlung geht zurück"),
    "refund_sent": _("Zurückgezahlt"),
    "hold_lapsed": _("Reservierung der Kaution abgelaufen"),
    "hold_lapsed_notice": _("Reservierung der Kaution abgelaufen (an die Verwaltung)"),
    "booking_lapsed": _("Buchung nicht bezahlt"),
    "question_asked": _("Rückfrage"),
    "question_answered": _("Antwort auf eine Rückfrage"),
    "new_request": _("Neue Anfrage (an die Verwaltung)"),
    "dates_cancelled": _("Termine abgesagt"),
    "dates_changed": _("Termine geändert"),
    "dates_restored": _("Termine finden wieder statt"),
    "dates_notice": _("Termine abgesagt, verlegt oder freigegeben (an die Verwaltung)"),
    "date_reminder": _("Erinnerung an einen Termin"),
    "confirmation_asked": _("Frage, ob eine Serie weitergeht"),
    "confirmation_reminder": _("Erinnerung, eine Serie zu bestätigen"),
    "confirmation_missing": _("Keine Antwort zu einer Serie (an die Verwaltung)"),
    "continuation_notice": _("Serie bestätigt (an die Verwaltung)"),
    "unused_asked": _("Frage nach ungenutzten Terminen"),
    "waiting_joined": _("Auf der Warteliste"),
    "waiting_offered": _("Warteliste: Zeit ist frei"),
    "waiting_lapsed": _("Warteliste: Angebot abgelaufen"),
    "email_code": _("Bestätigungscode"),
    "staff_invited": _("Einladung in die Verwaltung"),
    "domain_proven": _("Webadresse nachgewiesen (an die Administration)"),
    "domain_missing": _("Nachweis der Webadresse fehlt (an die Administration)"),
    "domain_lost": _("Webadresse verloren (an die Administration)"),
    "signup_resume": _("Anmeldung fortsetzen"),
}


def messages_about(subject_type: str, subject_id: object) -> tuple[MessageRow, ...]:
    """Every mail about one thing, newest first; one statement."""
    rows = OutboxMessage.objects.filter(subject_type=subject_type, subject_id=str(subject_id))
    return tuple(message_row(row) for row in rows.order_by("-id"))


def recent_messages(*, limit: int = 100) -> tuple[MessageRow, ...]:
    """The newest mails of the outbox."""
    return tuple(message_row(row) for row in OutboxMessage.objects.order_by("-id")[:limit])


def outbox_counts() -> dict[str, int]:
    """How many mails are in each state; one statement."""
    counted = dict(OutboxMessage.objects.values_list("state").annotate(count=Count("id")).order_by())
    return {state: counted.get(state, 0) for state in MessageState.values}


def previews(*languages: str) -> tuple[MailPreview, ...]:
    """Every kind of mail in these languages, else in all, in the town's name and look, with invented data."""
    return tuple(
        MailPreview(
            kind=draft.kind,
            kind_label=str(KIND_LABELS[draft.kind]),
            language=language,
            subject=draft.subject,
            text=draft.text,
            html=draft.html,
            attachment_names=tuple(part.name for part in draft.attachments),
        )
        for language in languages or ("de", "en")
        for draft in sample_drafts(language)
    )


def message_row(row: OutboxMessage) -> MessageRow:
    """The values of one message that lists show."""
    to_read(row)
    return MessageRow(
        uuid=row.uuid,
        kind=row.kind,
        kind_label=str(KIND_LABELS.get(row.kind, row.kind)),
        recipient=row.recipient,
        subject=row.subject,
        text=row.text,
        state=row.state,
        state_label=str(row.get_state_display()),
        attempts=row.attempts,
        created_at=row.created_at,
        sent_at=row.sent_at,
        last_error=row.last_error,
    )

"""Lay out a letter as plain text and as HTML: the same words twice, in the sender's look.

Not here: what the letter says (``composing``).
"""

from django.template.loader import render_to_string
from django.utils import translation

from booking_core.messaging.contracts import Attachment, Letter, MailDraft
from booking_core.messaging.senders import current_sender


def lay_out(
    letter: Letter,
    *,
    kind: str,
    recipient: str,
    language: str,
    attachments: tuple[Attachment, ...] = (),
    subject_type: str = "",
    subject_id: str = "",
) -> MailDraft:
    """The finished mail. Call with ``language`` active where the letter's words are lazy."""
    context = {"letter": letter, "sender": current_sender(), "language": language}
    with translation.override(language):
        text = render_to_string("messaging/mail.txt", context)
        html = render_to_string("messaging/mail.html", context)
    return MailDraft(
        kind=kind,
        recipient=recipient,
        language=language,
        subject=" ".join(letter.subject.split())[:250],
        text=text.strip() + "\n",
        html=html.strip() + "\n",
        attachments=attachments,
        subject_type=subject_type,
        subject_id=subject_id,
    )

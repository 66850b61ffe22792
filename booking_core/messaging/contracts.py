"""What enters and leaves the outbox: drafts, letters before they are laid out, rows of history, previews.

Not here: the words of each kind (``composing``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: a text, or the PDF of an invoice, which stays where it is until the mail goes out.

    ``source`` names a room above that keeps the file (``file_sources``).

    ``content_type`` may carry parameters (``text/calendar; method=PUBLISH``).
    """

    name: str
    content_type: str
    text: str = ""
    invoice: UUID | None = None
    source: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class MailDraft:
    """A mail, complete as it will be sent. Without a recipient it is not queued (a town without a mailbox)."""

    kind: str
    recipient: str
    language: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    subject_type: str = ""
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """A mail whose words are written when it is sent. ``kept`` is all they are written from, as plain JSON."""

    kind: str
    recipient: str
    language: str
    subject_type: str
    subject_id: str
    kept: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Action:
    """The one button of a mail."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a mail before they are laid out as text and HTML. ``quoted`` is what somebody wrote."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    quoted: str = ""
    code: str = ""
    action: Action | None = None
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """In whose name and look a mail is sent: a town, or the platform itself."""

    name: str
    accent: str
    on_accent: str
    address_lines: tuple[str, ...]
    reply_to: str
    site_url: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One mail in the history of a booking or an account."""

    uuid: UUID
    kind: str
    kind_label: str
    recipient: str
    subject: str
    text: str
    state: str
    state_label: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class MailPreview:
    """One kind of mail in one language with sample data, for the back office."""

    kind: str
    kind_label: str
    language: str
    subject: str
    text: str
    html: str
    attachment_names: tuple[str, ...] = ()

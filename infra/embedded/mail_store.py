"""Mails as .eml files in one folder: store, list, read their parts.

Not here: receiving (``mailsink``) and showing (``mail_pages``) them.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

NAME = re.compile(r"^\d{8}T\d{12}-[0-9a-f]{6}$")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a mail that is not its text; ``number`` is its place among all parts."""

    number: int
    file_name: str
    content_type: str
    content_id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One received mail; ``recipients`` are those of the envelope, hidden copies included."""

    name: str
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]


class MailStore:
    """The folder with the mails, newest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, content: bytes, recipients: list[str]) -> str:
        """Store a mail as it came, with the envelope's recipients in front; return its name."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
        envelope = "".join(f"X-Envelope-To: {recipient}\r\n" for recipient in recipients)
        draft = self.folder / f"{name}.draft"
        draft.write_bytes(envelope.encode() + content)
        draft.replace(self.folder / f"{name}.eml")
        return name

    def names(self) -> list[str]:
        """Return the names of all mails, newest first."""
        return sorted(
            (path.stem for path in self.folder.glob("*.eml") if NAME.match(path.stem)), reverse=True
        )

    def raw(self, name: str) -> bytes:
        """Return a mail as stored. Raises KeyError for a name that is none of ours."""
        if not NAME.match(name):
            raise KeyError(name)
        try:
            return (self.folder / f"{name}.eml").read_bytes()
        except FileNotFoundError:
            raise KeyError(name) from None

    def read(self, name: str) -> StoredMail:
        """Return a mail, parsed. Raises KeyError for a name that is none of ours."""
        message = message_from_bytes(self.raw(name), policy=policy.default)
        attachments, text, html = [], "", ""
        for number, part in enumerate(message.walk()):
            if part.is_multipart():
                continue
            kind = part.get_content_type()
            if kind == "text/plain" and not text and not part.is_attachment():
                text = str(part.get_content())
            elif kind == "text/html" and not html and not part.is_attachment():
                html = str(part.get_content())
            else:
                content = part.get_payload(decode=True)
                attachments.append(
                    Attachment(
                        number,
                        part.get_filename() or f"teil-{number}",
                        kind,
                        str(part.get("Content-ID", "")).strip("<> "),
                        content if isinstance(content, bytes) else b"",
                    )
                )
        return StoredMail(
            name=name,
            received_at=datetime.strptime(name.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC),
            sender=str(message.get("From", "")),
            recipients=tuple(str(value) for value in message.get_all("X-Envelope-To", [])),
            subject=str(message.get("Subject", "")),
            text=text,
            html=html,
            attachments=tuple(attachments),
        )

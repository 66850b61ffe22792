"""A mail server on the loopback address that keeps every mail, and the web server with its pages.

Not here: how the pages look (``mail_pages``) and how mails are kept (``mail_store``). Run as a program:
``python -m infra.embedded.mailsink --smtp-port N --http-port N --folder F``.
"""

import argparse
import http.server
import signal
import sys
import threading
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from urllib.parse import parse_qs, quote, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.embedded.free_port import LOOPBACK
from infra.embedded.mail_pages import STYLE, framed_html, list_page, mail_page, missing_page
from infra.embedded.mail_store import MailStore

PAGE_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;"
    " sandbox allow-popups allow-popups-to-escape-sandbox"
)


class MailSink:
    """Both servers of one mail folder; port 0 takes any free one."""

    def __init__(self, store: MailStore, *, smtp_port: int, http_port: int) -> None:
        self.store = store
        self._smtp = Controller(
            _Receiver(store), hostname=LOOPBACK, port=smtp_port, data_size_limit=40_000_000
        )
        self._http = _PageServer(store, http_port)

    @property
    def http_port(self) -> int:
        """The port of the pages."""
        return int(self._http.server_address[1])

    def start(self) -> None:
        """Receive and show mails from now on."""
        self._smtp.start()
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop both servers; the mails stay."""
        self._smtp.stop(no_assert=True)
        self._http.shutdown()
        self._http.server_close()


class _Receiver:
    """What aiosmtpd calls; its method names are aiosmtpd's."""

    def __init__(self, store: MailStore) -> None:
        self._store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail."""
        content = envelope.content or b""
        self._store.add(content if isinstance(content, bytes) else content.encode(), list(envelope.rcpt_tos))
        return "250 kept"


class _PageServer(http.server.ThreadingHTTPServer):
    """The web server; it knows the mail folder."""

    def __init__(self, store: MailStore, port: int) -> None:
        super().__init__((LOOPBACK, port), _Pages)
        self.store = store


class _Pages(http.server.BaseHTTPRequestHandler):
    """Routes of the pages; GET only, nothing here changes anything."""

    server: "_PageServer"
    server_version = "Postfach"

    def do_GET(self) -> None:
        """Answer one address."""
        address = urlsplit(self.path)
        match address.path.strip("/").split("/"):
            case [""]:
                self._list(parse_qs(address.query).get("an", [""])[0])
            case ["stil.css"]:
                self._send(STYLE.encode(), kind="text/css; charset=utf-8")
            case ["mail", name, *rest]:
                try:
                    self._mail(name, rest)
                except KeyError:
                    self._send(missing_page().encode(), status=HTTPStatus.NOT_FOUND)
            case _:
                self._send(missing_page().encode(), status=HTTPStatus.NOT_FOUND)

    def _list(self, chosen: str) -> None:
        mails = [self.server.store.read(name) for name in self.server.store.names()]
        recipients = sorted({recipient for mail in mails for recipient in mail.recipients})
        shown = [mail for mail in mails if not chosen or chosen in mail.recipients]
        self._send(list_page(shown, recipients=recipients, chosen=chosen).encode())

    def _mail(self, name: str, rest: list[str]) -> None:
        match rest:
            case []:
                self._send(mail_page(self.server.store.read(name)).encode())
            case ["html"]:
                self._send(framed_html(self.server.store.read(name)).encode(), policy=FRAME_POLICY)
            case ["quelltext"]:
                self._send(self.server.store.raw(name), kind="text/plain; charset=utf-8")
            case ["teil", number]:
                for part in self.server.store.read(name).attachments:
                    if str(part.number) == number:
                        self._send(part.content, kind=part.content_type, file_name=part.file_name)
                        return
                raise KeyError(number)
            case _:
                raise KeyError(name)

    def _send(
        self,
        body: bytes,
        *,
        kind: str = "text/html; charset=utf-8",
        status: HTTPStatus = HTTPStatus.OK,
        policy: str = PAGE_POLICY,
        file_name: str = "",
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        if file_name:
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(file_name)}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 — the name is the base class's
        """Say nothing per request."""


def main() -> int:
    """Run both servers until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    arguments = parser.parse_args()
    sink = MailSink(MailStore(arguments.folder), smtp_port=arguments.smtp_port, http_port=arguments.http_port)
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sink.start()
    stopped.wait()
    sink.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A name server for tests: speaks DNS over UDP on this machine, answers what it is told to, or keeps silent.

Not here: what the application makes of the answers.
"""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


class NameServer(socketserver.ThreadingUDPServer):
    """Its ``records`` map (name, type) to values. ``is_silent``: it takes questions and never answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.records: dict[tuple[str, str], list[str]] = {}
        self.is_silent = False
        self.is_broken = False
        self.questions: list[str] = []

    @property
    def address(self) -> str:
        """Where it listens, as ``DNS_RESOLVERS`` wants it."""
        return f"127.0.0.1:{self.server_address[1]}"

    def set_text(self, name: str, *texts: str) -> None:
        """Publish TXT records; none takes them away."""
        self.records[name, "TXT"] = [f'"{text}"' for text in texts]

    def answer(self, wire: bytes) -> bytes | None:
        """The answer to one question; None for silence."""
        question = dns.message.from_wire(wire)
        asked = question.question[0]
        name, kind = asked.name.to_text().rstrip("."), asked.rdtype.name
        self.questions.append(f"{kind} {name}")
        if self.is_silent:
            return None
        reply = dns.message.make_response(question)
        reply.flags |= dns.flags.RA
        if self.is_broken:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif values := self.records.get((name, kind)):
            reply.answer.append(dns.rrset.from_text_list(asked.name, 60, "IN", kind, values))
        elif not any(known == name for known, _kind in self.records):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply.to_wire()


class _Answer(socketserver.BaseRequestHandler):
    server: NameServer

    def handle(self) -> None:
        wire, socket = self.request
        if (reply := self.server.answer(wire)) is not None:
            socket.sendto(reply, self.client_address)


@contextmanager
def name_server() -> Iterator[NameServer]:
    """A running name server without records."""
    server = NameServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

"""Questions to the DNS, with an end: all questions of one look share a few seconds.

Not here: what an answer means (``claims``). The servers asked are those of the settings (``DNS_RESOLVERS``), or the
machine's own.
"""

from time import monotonic
from typing import Any

import dns.exception
import dns.name
import dns.nameserver
import dns.resolver
from django.conf import settings

SECONDS_IN_ALL = 6.0
_SECONDS_PER_SERVER = 2.0
_MOST_RECORDS = 50


class DnsSilent(Exception):
    """Nobody gave a usable answer in time. Says nothing about what is registered."""


class Look:
    """One look into the DNS. Every question may take what is left of the time for all."""

    def __init__(self, *, seconds: float | None = None) -> None:
        self._until = monotonic() + (SECONDS_IN_ALL if seconds is None else seconds)

    def texts(self, host: str) -> tuple[str, ...]:
        """The TXT records of ``host``; empty where the DNS says there are none. Raises DnsSilent."""
        found = self._ask(host, "TXT")
        return tuple(b"".join(record.strings).decode("ascii", "replace") for record in found[:_MOST_RECORDS])

    def addresses(self, host: str) -> frozenset[str]:
        """The IPv4 and IPv6 addresses of ``host``, aliases followed. Raises DnsSilent."""
        kinds = ("A", "AAAA")
        return frozenset(str(record.address) for kind in kinds for record in self._ask(host, kind))

    def _ask(self, host: str, kind: str) -> list[Any]:
        left = self._until - monotonic()
        if left <= 0:
            raise DnsSilent
        try:
            answer = _resolver().resolve(dns.name.from_text(host), kind, lifetime=left, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as fault:
            raise DnsSilent from fault
        return list(answer)


def _resolver() -> dns.resolver.Resolver:
    servers: list[str] = settings.DNS_RESOLVERS
    resolver = dns.resolver.Resolver(configure=not servers)
    resolver.timeout = _SECONDS_PER_SERVER
    if servers:
        resolver.nameservers = [_server(text) for text in servers]
    return resolver


def _server(text: str) -> dns.nameserver.Nameserver:
    """``192.0.2.1``, ``192.0.2.1:5353`` or ``[2001:db8::1]:53`` as a server to ask."""
    host, _colon, port = text.rpartition(":") if text.count(":") == 1 or "]" in text else (text, "", "")
    return dns.nameserver.Do53Nameserver(host.strip("[]"), int(port or 53))

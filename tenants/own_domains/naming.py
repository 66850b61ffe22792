"""Which names may be a town's own domain, and how they are written. Pure.

Not here: sub-domains of the main host (``tenants.names``), whether the town owns the name (``claims``).

The owner's proof keeps strangers out. What is refused here is what a proof does not help against:

1. what is no full host name, or leads nowhere on the internet (``localhost``, ``….internal``, an IP address);
2. the platform's own host, all below and above it, and names that look like it (``biletad0.example``);
3. names that look like another town's host once confusable letters are alike (``buchen.rnusterstadt.example``);
4. letters that are not German: Cyrillic ``а`` in ``musterstаdt`` would be a look-alike nobody can see.
"""

import re
from collections.abc import Collection

import idna
from django.utils.translation import gettext as _

from tenants.errors import DomainRefused

RECORD_LABEL = "_biletado"
LONGEST = 253 - len(RECORD_LABEL) - 1
_SPECIAL_ENDINGS = frozenset(
    {"alt", "arpa", "corp", "home", "internal", "invalid", "lan", "local", "localhost", "onion"}
)
_GERMAN_LABEL = re.compile(r"[a-z0-9äöüß-]+")
_CONFUSABLE = (
    ("vv", "w"), ("rn", "m"), ("cl", "d"), ("0", "o"), ("1", "l"), ("3", "e"), ("5", "s"), ("i", "l"),
)  # fmt: skip


def domain_of(text: str) -> str:
    """The host name in what someone typed or pasted, as the DNS writes it. Raises DomainRefused.

    >>> domain_of(" https://Buchen.Köris.example/start "), domain_of("buchen.musterstadt.example.")
    ('buchen.xn--kris-5qa.example', 'buchen.musterstadt.example')
    """
    host = re.sub(r"^[a-z]+://", "", text.strip().lower()).split("/")[0].split(":")[0].rstrip(".")
    if "." not in host:
        raise DomainRefused(_("Schreiben Sie die ganze Adresse, zum Beispiel buchen.musterstadt.de."))
    try:
        plain = idna.encode(host, uts46=True).decode("ascii")
        letters = idna.decode(plain)
    except (idna.IDNAError, UnicodeError) as fault:
        raise DomainRefused(_("Das ist keine Internetadresse. Beispiel: buchen.musterstadt.de")) from fault
    if not all(_GERMAN_LABEL.fullmatch(label) for label in letters.split(".")):
        raise DomainRefused(
            _(
                "Möglich sind Buchstaben von a bis z, ä, ö, ü, ß, Ziffern und Bindestriche, getrennt durch Punkte."
            )
        )
    if len(plain) > LONGEST:
        raise DomainRefused(_("Diese Adresse ist zu lang."))
    return plain


def shown(domain: str) -> str:
    """The domain as people write it, umlauts included.

    >>> shown("buchen.xn--kris-5qa.example")
    'buchen.köris.example'
    """
    try:
        return idna.decode(domain)
    except idna.IDNAError:
        return domain


def refuse_reserved(domain: str, *, base_host: str) -> None:
    """Raise DomainRefused for the platform's own names, what looks like them, and names that lead nowhere."""
    if domain == base_host or domain.endswith(f".{base_host}") or base_host.endswith(f".{domain}"):
        raise DomainRefused(
            _(
                "Adressen unter %(host)s vergibt die Plattform selbst. Tragen Sie eine Adresse Ihrer Gemeinde ein."
            )
            % {"host": base_host}
        )
    labels, own = domain.split("."), base_host.split(".")
    if labels[-1].isdigit() or labels[-1] in _SPECIAL_ENDINGS:
        raise DomainRefused(_("Diese Adresse gibt es im Internet nicht. Beispiel: buchen.musterstadt.de"))
    tail = ".".join(labels[-len(own) :])
    if _alike(tail) == _alike(base_host) or _alike(labels[-2]) == _alike(own[0]):
        raise DomainRefused(_("Diese Adresse ist leicht mit der Plattform zu verwechseln."))


def refuse_look_alike(domain: str, *, others: Collection[str]) -> None:
    """Raise DomainRefused where a hurried reader takes the domain for one of ``others``, other towns' hosts."""
    seen = _alike(domain)
    for other in others:
        if other != domain and _alike(other) == seen:
            raise DomainRefused(
                _("Diese Adresse ist leicht zu verwechseln mit „%(other)s“. Bitte wählen Sie eine andere.")
                % {"other": shown(other)}
            )


def _alike(host: str) -> str:
    for letters, alike in _CONFUSABLE:
        host = host.replace(letters, alike)
    return host

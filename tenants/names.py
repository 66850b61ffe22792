"""Schema names and sub-domains: how they are made and which are refused. Pure.

Not here: which names are taken (``tenants.queries``).

A sub-domain is what citizens trust, so four things are refused, each with a sentence and a free suggestion:

1. what is no plain name: 3–40 characters a–z, 0–9 and single hyphens, a letter first, nothing that starts ``xn--``;
2. names the platform needs (``www``, ``api``, ``login`` …) as the whole name, also with digits or hyphens added
   (``www2``, ``log-in``, ``adm1n``);
3. names of authorities (``rathaus``, ``polizei``, ``feuerwehr`` …) as the whole name **or any part of it**:
   ``rathaus-neudorf`` would speak for Neudorf's town hall, whoever signed it up;
4. look-alikes of a town that is already there: the same once confusable letters are alike (0/o, 1/l, rn/m, ae/a …), or
   one letter away from it — unless it is exactly the town's own name: Neuberg may join although Neuburg is there.
"""

import re
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenants.reserved_names import AUTHORITY_WORDS, PLATFORM_WORDS

TEMPLATE_SCHEMA = "t_template00"
_SERVER_MADE = re.compile(r"t_[a-z0-9]{8,40}")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"

SHORTEST, LONGEST = 3, 40
_FORM = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CONFUSABLE = (
    ("vv", "w"), ("rn", "m"), ("cl", "d"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s"),
    ("0", "o"), ("1", "l"), ("3", "e"), ("5", "s"), ("i", "l"), ("-", ""),
)  # fmt: skip
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_LONG_ENOUGH_TO_MISREAD = 5


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """Whether a sub-domain may be used; where not, why (one sentence) and a free one instead ("" if none came up)."""

    is_free: bool
    sentence: str
    suggestion: str = ""


def new_schema_name() -> str:
    """A fresh schema name that tells nothing about the town: ``t_`` and 16 random characters."""
    return "t_" + "".join(secrets.choice(_ALPHABET) for _ in range(16))


def is_server_made(schema_name: str) -> bool:
    """Tell whether the whole name has the form this server gives, ``^t_[a-z0-9]{8,40}$``.

    >>> is_server_made("t_abcdefgh"), is_server_made("t_abcdefgh\\n"), is_server_made("public")
    (True, False, False)
    """
    return _SERVER_MADE.fullmatch(schema_name) is not None


def slug_of(text: str) -> str:
    """A town's name as a sub-domain, German letters spelled out; "" if nothing is left.

    >>> slug_of("Gemeinde Groß-Köris (Spree)")
    'gemeinde-gross-koeris-spree'
    """
    spelled = "".join(_GERMAN.get(letter, letter) for letter in text.strip().lower())
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-")


def skeleton(name: str) -> str:
    """The name as a hurried reader sees it: confusable letters made one, hyphens and closing digits gone.

    >>> skeleton("b0rgstedt-2") == skeleton("borgstedt"), skeleton("rnusterstadt") == skeleton("musterstadt")
    (True, True)
    """
    return _alike(re.sub(r"[-0-9]+$", "", name) or name)


def check_name(name: str, *, taken: Collection[str], own_name: str = "", hint: str = "") -> NameVerdict:
    """Judge a sub-domain.

    ``taken`` are all in use; ``own_name`` is the town's own name; ``hint`` sets it apart in a suggestion (the state).

    >>> check_name("borgstedt", taken=["tutzing"]).is_free
    True
    """
    sentence = _fault(name, taken, slug_of(own_name))
    if not sentence:
        return NameVerdict(True, _("Diese Adresse ist frei."))
    return NameVerdict(False, sentence, suggest_name(own_name or name, taken=taken, hint=hint))


def suggest_name(town: str, *, taken: Collection[str], hint: str = "") -> str:
    """The best free sub-domain for a town's name; "" if none comes up."""
    base = slug_of(town)
    for name in (base, f"{base}-{slug_of(hint)}", f"stadt-{base}", f"gemeinde-{base}", f"buchen-{base}"):
        short = name.strip("-")[:LONGEST].rstrip("-")
        if short and not _fault(short, taken, base):
            return short
    return ""


def _fault(name: str, taken: Collection[str], own: str) -> str:
    """Why the name is refused; "" if it is not."""
    if fault := _malformed(name):
        return fault
    if fault := _reserved(name):
        return fault
    if name in taken:
        return _("Diese Adresse ist schon vergeben.")
    like = _look_alike(name, taken, own)
    if like:
        return _("Diese Adresse ist leicht zu verwechseln mit „%(other)s“. Bitte wählen Sie eine andere.") % {
            "other": like
        }
    return ""


def _malformed(name: str) -> str:
    if not SHORTEST <= len(name) <= LONGEST:
        return _("Die Adresse muss 3 bis 40 Zeichen lang sein.")
    if name.startswith("xn--"):
        return _("Schreiben Sie Umlaute aus, zum Beispiel „koeln“ für Köln.")
    if "--" in name:
        return _("Zwei Bindestriche hintereinander sind nicht möglich.")
    if not _FORM.fullmatch(name):
        return _(
            "Verwenden Sie nur Kleinbuchstaben von a bis z, Ziffern und Bindestriche. Am Anfang steht ein Buchstabe,"
            " am Ende kein Bindestrich. Umlaute schreiben Sie aus, zum Beispiel „ae“."
        )
    return ""


def _alike(name: str) -> str:
    for letters, alike in _CONFUSABLE:
        name = name.replace(letters, alike)
    return name


def _reserved(name: str) -> str:
    whole = {
        skeleton(name),
        _alike(name),
    }  # a digit at the end may be a letter ("ap1") or an addition ("api2")
    if any(_alike(word) in whole for word in PLATFORM_WORDS):
        return _("Diese Adresse braucht die Plattform selbst.")
    parts = whole.union(*({skeleton(part), _alike(part)} for part in name.split("-")))
    if any(_alike(word) in parts for word in AUTHORITY_WORDS):
        return _("Diese Adresse klingt nach einer Behörde. Nehmen Sie den Namen Ihres Ortes.")
    return ""


def _look_alike(name: str, taken: Collection[str], own: str) -> str:
    seen = skeleton(name)
    for other in sorted(taken):
        known = skeleton(other)
        if seen == known:
            return other
        if name != own and len(seen) >= _LONG_ENOUGH_TO_MISREAD and _is_one_away(seen, known):
            return other
    return ""


def _is_one_away(one: str, other: str) -> bool:
    """One letter more, less, different, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return True
    left, right = one[same:], other[same:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or swapped

"""Payment references with a check digit: what payers type, so that a typing error is noticed.

Not here: where the number comes from (``finance.services.numbers``).
"""

import re
from collections.abc import Callable
from enum import StrEnum

_BASE = 97
_LETTER_OFFSET = 55  # A counts as 10 (ISO 7064, ISO 11649)
_LONGEST_RF = 21
_LUHN_LIMIT = 9


class Scheme(StrEnum):
    """How a reference is made from prefix, year and number."""

    RF = "rf"
    MOD97 = "mod97"
    MOD10 = "mod10"
    PLAIN = "plain"


def make_reference(scheme: Scheme, *, prefix: str, year: int, number: int) -> str:
    """The reference of document ``number`` of ``year``. ``prefix``: capital letters and digits, at most eight.

    RF is the creditor reference of ISO 11649 (shown by banks as structured reference); MOD97 and MOD10 append check
    digits to the plain number, as treasuries know them from their "Kassenzeichen".

    >>> make_reference(Scheme.RF, prefix="BK", year=2026, number=17)
    'RF10BK2026000017'
    """
    if not re.fullmatch(r"[A-Z0-9]{0,8}", prefix):
        raise ValueError("a prefix has at most eight capital letters and digits")
    body = f"{prefix}{year:04d}{number:06d}"
    return _MAKERS[scheme](body)


def is_valid_reference(scheme: Scheme, text: str) -> bool:
    """Whether the check digits of ``text`` (spaces allowed, any case) are right."""
    plain = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    if scheme is Scheme.PLAIN:
        return bool(plain)
    if scheme is Scheme.RF:
        return (
            bool(re.fullmatch(rf"RF\d\d[A-Z0-9]{{1,{_LONGEST_RF}}}", plain))
            and _as_number(plain[4:] + plain[:4]) % _BASE == 1
        )
    split = 2 if scheme is Scheme.MOD97 else 1
    return len(plain) > split and _MAKERS[scheme](plain[:-split]) == plain


def is_creditor_identifier(text: str) -> bool:
    """Whether ``text`` is a German SEPA creditor identifier with right check digits (EPC262-08: without the code).

    >>> is_creditor_identifier("DE98ZZZ09999999999"), is_creditor_identifier("DE99ZZZ09999999999")
    (True, False)
    """
    found = re.fullmatch(r"(DE\d\d)[A-Z0-9]{3}(\d{11})", text)
    return found is not None and _as_number(found[2] + found[1]) % _BASE == 1


def _rf(body: str) -> str:
    check = 98 - _as_number(f"{body}RF00") % _BASE
    return f"RF{check:02d}{body}"


def _mod97(body: str) -> str:
    return f"{body}{98 - _as_number(f'{body}00') % _BASE:02d}"


def _mod10(body: str) -> str:
    """The Luhn digit (ISO/IEC 7812) over the digits, letters counted by their numbers."""
    total = 0
    for place, digit in enumerate(reversed(str(_as_number(body)))):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - _LUHN_LIMIT if doubled > _LUHN_LIMIT else doubled
    return f"{body}{-total % 10}"


def _as_number(text: str) -> int:
    return int("".join(str(ord(sign) - _LETTER_OFFSET) if sign.isalpha() else sign for sign in text))


_MAKERS: dict[Scheme, Callable[[str], str]] = {
    Scheme.RF: _rf,
    Scheme.MOD97: _mod97,
    Scheme.MOD10: _mod10,
    Scheme.PLAIN: lambda body: body,
}

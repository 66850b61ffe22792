"""The Leitweg-ID of a public buyer: which office gets an e-invoice. Pure.

Form and check digits: KoSIT, "Formatspezifikation Leitweg-ID" 2.0.2, ISO 7064 MOD 97-10 over coarse and fine part.
"""

import re

_FORM = re.compile(r"([0-9]{2,12})(?:-([A-Z0-9]{1,30}))?-([0-9]{2})")
_BASE = 97


def normal_leitweg_id(text: str) -> str:
    """As it is written, without spaces, in capitals."""
    return re.sub(r"\s", "", text).upper()


def is_leitweg_id(text: str) -> bool:
    """Whether form and check digits are right.

    >>> is_leitweg_id("04011000-1234512345-06"), is_leitweg_id("04011000-1234512345-07")
    (True, False)
    """
    found = _FORM.fullmatch(normal_leitweg_id(text))
    if found is None:
        return False
    signs = "".join(part or "" for part in found.groups())
    number = "".join(str(int(sign, 36)) for sign in signs)
    return int(number) % _BASE == 1

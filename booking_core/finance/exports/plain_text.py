"""Text from people made fit for other software: one line, letters of Windows-1252, no formulas.

Not here: which cells are text (``csv_profile``, ``datev``).
"""

import unicodedata

_STARTS_A_FORMULA = ("=", "+", "-", "@")
#: Letters whose mark is part of them, so that taking marks off does not help.
_WITHOUT_STROKE = str.maketrans("ŁłĐđıĦħŦŧ", "LlDdiHhTt")


def one_line(text: str) -> str:
    """``text`` without line breaks and other control signs, spaces single.

    >>> one_line("Chor\\r\\n e. V.\\x07")
    'Chor e. V.'
    """
    plain = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in text
        if unicodedata.category(sign) not in {"Cf", "Cs"}
    )
    return " ".join(plain.split())


def windows_text(text: str) -> str:
    """One line in letters of Windows-1252: marks it has not are taken off the letter, other signs left out.

    >>> windows_text("Łukasz Dvořák 🎉 „Übung“"), windows_text("Şenay")
    ('Lukasz Dvorák „Übung“', 'Senay')
    """
    return " ".join(
        "".join(_windows_sign(sign) for sign in one_line(text).translate(_WITHOUT_STROKE)).split()
    )


def no_formula(text: str) -> str:
    """A spreadsheet shows ``text`` and does not run it (OWASP: CSV injection). Only for text from people.

    >>> no_formula("=1+1"), no_formula("Musikverein")
    ("'=1+1", 'Musikverein')
    """
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _windows_sign(sign: str) -> str:
    if _is_windows(sign):
        return sign
    return "".join(one for one in unicodedata.normalize("NFKD", sign) if _is_windows(one))


def _is_windows(sign: str) -> bool:
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True

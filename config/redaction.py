"""What must not stand in logs and error reports: addresses of people, tokens of links, values of database rows.

Not here: who writes them (``settings.logs``, ``observability``).
"""

import re

REMOVED = "[entfernt]"
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_ROW_VALUES = re.compile(r"^(\s*DETAIL:).*$", re.MULTILINE)  # PostgreSQL repeats the values of the row there


def without_addresses(text: str) -> str:
    """``text`` without e-mail addresses and without what PostgreSQL quotes of a row.

    >>> without_addresses("no mail to erika@example.org")
    'no mail to [entfernt]'
    """
    return _ROW_VALUES.sub(rf"\1 {REMOVED}", _EMAIL.sub(REMOVED, text))


def without_tokens(url: str) -> str:
    """A path or address without query, and without signed tokens, which hold a colon.

    >>> without_tokens("/buchung/abc:def/?q=erika")
    '/buchung/[entfernt]/'
    """
    scheme, mark, rest = url.split("?", maxsplit=1)[0].rpartition("://")
    host, slash, path = rest.partition("/")
    kept = "/".join(REMOVED if ":" in segment else segment for segment in path.split("/"))
    return f"{scheme}{mark}{host}{slash}{kept}"

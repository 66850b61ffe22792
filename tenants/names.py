"""Schema names and sub-domains: how they are made and which are refused. Pure.

Not here: whether a name is already taken (``tenants.queries``).
"""

import re
import secrets

TEMPLATE_SCHEMA = "t_template00"
_SERVER_MADE = re.compile(r"t_[a-z0-9]{8,40}")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


def new_schema_name() -> str:
    """A fresh schema name that tells nothing about the town: ``t_`` and 16 random characters."""
    return "t_" + "".join(secrets.choice(_ALPHABET) for _ in range(16))


def is_server_made(schema_name: str) -> bool:
    """Tell whether the whole name has the form this server gives, ``^t_[a-z0-9]{8,40}$``.

    >>> is_server_made("t_abcdefgh"), is_server_made("t_abcdefgh\\n"), is_server_made("public")
    (True, False, False)
    """
    return _SERVER_MADE.fullmatch(schema_name) is not None

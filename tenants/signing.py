"""Signed tokens for links: valid in one town, for one purpose, for a while.

Not here: what a token allows.
"""

from datetime import timedelta
from typing import Any

from django.core import signing

from tenants.context import current_tenant

_MAIN_HOST = "biletado.main-host"  # no uuid looks like this


class TokenInvalid(ValueError):
    """The token is forged, too old, or from another town or purpose: the reader is told the same."""


def sign(value: Any, *, purpose: str) -> str:
    """Sign a JSON value for ``purpose`` in the current town; the salt holds the town's uuid."""
    return signing.dumps(value, salt=_salt(purpose), compress=True)


def unsign(token: str, *, purpose: str, max_age: timedelta) -> Any:
    """The value of a token made by ``sign`` in this town for this purpose, at most ``max_age`` old.

    Raises TokenInvalid.
    """
    try:
        return signing.loads(token, salt=_salt(purpose), max_age=max_age)
    except signing.BadSignature as fault:
        raise TokenInvalid(purpose) from fault


def _salt(purpose: str) -> str:
    return f"biletado.{current_tenant().uuid}.{purpose}"


def sign_public(value: Any, *, purpose: str) -> str:
    """Sign a JSON value for ``purpose`` on the main host, where there is no town. No town accepts it."""
    return signing.dumps(value, salt=f"{_MAIN_HOST}.{purpose}", compress=True)


def unsign_public(token: str, *, purpose: str, max_age: timedelta) -> Any:
    """The value of a token made by ``sign_public`` for this purpose, at most ``max_age`` old.

    Raises TokenInvalid.
    """
    try:
        return signing.loads(token, salt=f"{_MAIN_HOST}.{purpose}", max_age=max_age)
    except signing.BadSignature as fault:
        raise TokenInvalid(purpose) from fault

"""Cache keys that carry the town: the same key in two towns never meets.

Not here: what is cached.
"""

from tenants.context import current_schema


def make_key(key: str, key_prefix: str, version: int) -> str:
    """``schema:prefix:version:key``; ``public`` on the main host."""
    return key_in(current_schema(), key, key_prefix, version)


def key_in(schema: str, key: str, key_prefix: str = "", version: int = 1) -> str:
    """The same for a town this thread does not stand in (yet)."""
    return f"{schema}:{key_prefix}:{version}:{key}"


def reverse_key(key: str) -> str:
    """The key as its writer named it."""
    return key.split(":", 3)[3]

"""Bodies as Stripe's packages send them: ``line_items[0][price_data][currency]=eur``, back into nested values.

Not here: which names are allowed (``parameters``).
"""

import re
from typing import Any
from urllib.parse import parse_qsl

_KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_PART = re.compile(r"\[([^\[\]]*)\]")


def decode(body: str) -> dict[str, Any]:
    """Nested values of a form body; what is numbered becomes a list.

    >>> decode("a[0][b]=1&a[1][b]=2&c=x")
    {'a': [{'b': '1'}, {'b': '2'}], 'c': 'x'}
    """
    root: dict[str, Any] = {}
    for key, value in parse_qsl(body, keep_blank_values=True):
        found = _KEY.match(key)
        parts = [found.group(1), *_PART.findall(found.group(2))] if found else [key]
        _put(root, parts, value)
    return {name: _with_lists(value) for name, value in root.items()}


def _put(place: dict[str, Any], parts: list[str], value: str) -> None:
    for part in parts[:-1]:
        below = place.setdefault(part or str(len(place)), {})
        if not isinstance(below, dict):
            return
        place = below
    place[parts[-1] or str(len(place))] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inside = {name: _with_lists(one) for name, one in value.items()}
    if inside and all(name.isdigit() for name in inside):
        return [inside[name] for name in sorted(inside, key=int)]
    return inside

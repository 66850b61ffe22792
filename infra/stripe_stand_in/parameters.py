"""Which parameters a request may carry: read off the typed parameter classes of the pinned ``stripe`` package.

    {"mode": "payment", "colour": "red"}  against SessionCreateParams  ->  Received unknown parameter: colour

Not here: what they do.
"""

import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin

from stripe import RequestOptions
from typing_extensions import is_typeddict

from infra.stripe_stand_in.errors import StandInError

_OPTIONS = frozenset(RequestOptions.__annotations__)
_OF_OPTIONS = {
    "StripeContext": object,
    "Mapping": Mapping,
}  # names in the package's options, which are none of ours
_UNIONS = (Union, type(int | str))


def check(params: dict[str, Any], kind: type | None) -> None:
    """Refuse names and values the class does not know, and what is missing. ``kind`` None: no parameters at all."""
    if kind is None:
        for name in params:
            raise _unknown(name)
        return
    _check_dict(params, kind, path="")


@cache
def _fields(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind, localns=_OF_OPTIONS, include_extras=True)
    return {name: hint for name, hint in hints.items() if name not in _OPTIONS}


def _check_dict(value: dict[str, Any], kind: type, *, path: str) -> None:
    fields = _fields(kind)
    for name, inside in value.items():
        place = f"{path}[{name}]" if path else name
        if name not in fields:
            raise _unknown(place)
        _check_value(inside, _plain(fields[name]), path=place)
    for name in kind.__required_keys__:  # type: ignore[attr-defined]  # every TypedDict has it
        if name not in value and name not in _OPTIONS:
            place = f"{path}[{name}]" if path else name
            raise StandInError(f"Missing required param: {place}.", code="parameter_missing", param=place)


def _check_value(value: Any, hint: Any, *, path: str) -> None:
    choices = [_plain(one) for one in get_args(hint)] if get_origin(hint) in _UNIONS else [hint]
    if isinstance(value, dict):
        _check_object(value, choices, path=path)
    elif isinstance(value, list):
        inner = next((get_args(one)[0] for one in choices if get_origin(one) is list), None)
        if inner is None:
            raise StandInError(f"Invalid array: {path}", param=path)
        for number, one in enumerate(value):
            _check_value(one, _plain(inner), path=f"{path}[{number}]")
    else:
        _check_text(str(value), choices, path=path)


def _check_object(value: dict[str, Any], choices: list[Any], *, path: str) -> None:
    typed = [one for one in choices if is_typeddict(one)]
    if not typed:
        if any(get_origin(one) is dict or "UntypedStripeObject" in str(one) for one in choices):
            return
        raise StandInError(f"Invalid string: {path}", param=path)
    faults = []
    for one in typed:
        try:
            _check_dict(value, one, path=path)
        except StandInError as fault:
            faults.append(fault)
        else:
            return
    raise faults[0]


def _check_text(value: str, choices: list[Any], *, path: str) -> None:
    literals = {text for one in choices if get_origin(one) is Literal for text in get_args(one)}
    plain = [one for one in choices if one in {int, bool, float, str}]
    if value in literals or (value == "" and "" in literals):
        return
    if int in plain and value.lstrip("-").isdigit():
        return
    if float in plain and value.replace(".", "", 1).isdigit():
        return
    if bool in plain and value in {"true", "false"}:
        return
    if literals - {""} and str in plain:
        words = ", ".join(sorted(str(text) for text in literals if text))
        raise StandInError(f"Invalid {path}: must be one of {words}", param=path)
    if str in plain or not plain:
        return
    word = "integer" if int in plain else "boolean"
    raise StandInError(f"Invalid {word}: {value}", code=f"parameter_invalid_{word}", param=path)


def _plain(hint: Any) -> Any:
    while get_origin(hint) in {NotRequired, Required}:
        hint = get_args(hint)[0]
    return hint


def _unknown(name: str) -> StandInError:
    return StandInError(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)

"""What may stand in a field of the document language, in a few words instead of Python's.

Not here: what the field means (``reference``).
"""

from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from booking_core.engines.ordinance import LocalizedText
from booking_core.engines.ordinance.language import vocabulary
from booking_core.engines.ordinance.language.vocabulary import Part

_NAMED: tuple[tuple[object, LocalizedText], ...] = (
    (vocabulary.Clock, LocalizedText("Uhrzeit", "clock time")),
    (vocabulary.MonthDay, LocalizedText("Monat-Tag", "month-day")),
)
_PLAIN: dict[type, LocalizedText] = {
    str: LocalizedText("Text", "text"),
    bool: LocalizedText("true oder false", "true or false"),
    int: LocalizedText("ganze Zahl", "whole number"),
    Decimal: LocalizedText("Zahl", "number"),
    datetime: LocalizedText("Zeitpunkt", "time"),
    date: LocalizedText("Tag", "day"),
}


def type_in_words(annotation: Any) -> LocalizedText:
    """A field's type in words: number, text, list of Cell, one of a, b, c.

    >>> type_in_words(tuple[int, ...]).en
    'list: whole number'
    """
    for known, words in _NAMED:
        if annotation == known:
            return words
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is not None:
        return _combined(origin, arguments)
    name = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    return _PLAIN.get(annotation) or LocalizedText(name, name)


def _combined(origin: Any, arguments: tuple[Any, ...]) -> LocalizedText:
    if origin is Literal:
        listed = ", ".join(str(one) for one in arguments)
        return LocalizedText(listed, listed)
    if origin in (Union, UnionType):
        return _joined(list(dict.fromkeys(type_in_words(one) for one in arguments if one is not NoneType)))
    inner = type_in_words(arguments[1] if origin is dict else arguments[0])
    if origin is tuple:
        return LocalizedText(f"Liste: {inner.de}", f"list: {inner.en}")
    return LocalizedText(f"Name: {inner.de}", f"name: {inner.en}") if origin is dict else inner


def _joined(members: list[LocalizedText]) -> LocalizedText:
    return LocalizedText(" oder ".join(one.de for one in members), " or ".join(one.en for one in members))


def default_in_words(value: object) -> str:
    """What holds where a field is left out; empty where that is nothing."""
    if value is None or value in ((), {}, "") or isinstance(value, BaseModel | Part):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)

"""The case a calculator starts with, so that a price stands there before anything is typed.

Not here: the form (``forms``).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.http import QueryDict

from booking_core.engines.ordinance import Document, document_to_data

_AHEAD = timedelta(days=28)
_SATURDAY = 5
Example = Mapping[str, object]


def first_case(document: Document, *, today: date) -> QueryDict:
    """The document's own first accepted example, moved to the same weekday about four weeks ahead.

    Without such an example: the first of everything, on a Saturday from 14 to 18 o'clock.
    """
    found = next((one for one in _examples(document) if _is_plain(one)), None)
    data = QueryDict(mutable=True)
    if found is None:
        data["codes"] = document.resources[0].id
        _set_times(data, _next(_SATURDAY, today), "14:00", "18:00")
        return data
    data.setlist("codes", [str(code) for code in _listed(found["resources"])])
    for name in ("group", "purpose", "persons"):
        if found.get(name):
            data[name] = str(found[name])
    for prefix, name in (("extra_", "extras"), ("fact_", "facts")):
        answers = found.get(name)
        for key, value in (answers if isinstance(answers, Mapping) else {}).items():
            _set_answer(data, prefix + key, value)
    start, end = (datetime.fromisoformat(str(found[name])) for name in ("start", "end"))
    day = _next(start.weekday(), today)
    _set_times(data, day, f"{start:%H:%M}", f"{end:%H:%M}", nights=(end.date() - start.date()).days)
    return data


def _examples(document: Document) -> list[Example]:
    examples = document_to_data(document).get("examples", [])
    return list(examples) if isinstance(examples, list) else []


def _is_plain(example: Example) -> bool:
    """Accepted, at a price, once, and nothing about it that only happens later."""
    expected = example.get("expect")
    return (
        isinstance(expected, Mapping)
        and expected.get("outcome", "accepted") == "accepted"
        and float(str(expected.get("total") or 0)) > 0
        and "start" in example
        and not {"cancelled_at", "history", "further_groups", "series", "pieces"} & set(example)
    )


def _set_answer(data: QueryDict, name: str, value: object) -> None:
    if value is True:
        data[name] = "on"
    elif isinstance(value, list):
        data.setlist(name, [str(one) for one in value])
    elif value is not False:
        data[name] = str(value)


def _set_times(data: QueryDict, day: date, start: str, end: str, *, nights: int = 0) -> None:
    data["tag"], data["von"], data["bis"] = day.isoformat(), start, end
    is_next_morning = nights == 1 and end <= start
    if nights and not is_next_morning:
        data["bis_tag"] = (day + timedelta(days=nights)).isoformat()


def _next(weekday: int, today: date) -> date:
    day = today + _AHEAD
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]

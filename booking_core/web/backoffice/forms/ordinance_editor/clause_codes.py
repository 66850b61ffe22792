"""Things that can be one of several, as codes: ``group:club``, ``facts:entry=true``, ``facts:taught>hall``.

Not here: the inputs that offer them (``alternatives``, ``joined``).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from booking_core.web.backoffice.forms.ordinance_editor.inputs import Words, listed

LISTS = ("group", "purpose", "resource", "uses", "kind", "part", "extra", "weekday")
INNER = ("classes", "reading")
FIGURES: list[tuple[str, Words]] = [
    ("hours", gettext_lazy("Stunden")), ("days", gettext_lazy("Kalendertage")),
    ("persons", gettext_lazy("Personen")), ("dates", gettext_lazy("Termine einer Serie")),
]  # fmt: skip


def figure_of(clause: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """A clause about a number as its code and bounds; None where it is about something else."""
    name, bounds = next(iter(clause.items()), ("", {}))
    if name == "facts" and isinstance(bounds, Mapping) and len(bounds) == 1:
        fact, bounds = next(iter(bounds.items()))
        name = f"facts:{fact}"
    elif name not in dict(FIGURES):
        return None
    is_range = isinstance(bounds, Mapping) and bounds and not set(bounds) - {"min", "max"}
    return (name, bounds) if is_range and len(clause) == 1 else None


def codes_of(clause: Mapping[str, Any]) -> list[str] | None:
    """A clause as codes; None where it says more than one thing, or something no code says."""
    if len(clause) != 1:
        return None
    name, wanted = next(iter(clause.items()))
    if name in LISTS:
        return [f"{name}:{one}" for one in listed(wanted)]
    if name == "holiday":
        return [f"holiday:{_word(wanted)}"]
    if name not in (*INNER, "facts") or len(wanted) != 1:
        return None
    return answer_codes(name, *next(iter(wanted.items())))


def answer_codes(name: str, subject: str, answer: Any) -> list[str] | None:
    """The answer to one question as codes; None where no code says it."""
    if not isinstance(answer, Mapping):
        values = listed(answer)
        plain = all(isinstance(one, str | bool) for one in values)
        return [f"{name}:{subject}={_word(one)}" for one in values] if plain else None
    if set(answer) == {"includes"}:
        return [f"{name}:{subject}>{answer['includes']}"]
    return [f"{name}:{subject}?{_word(answer['given'])}"] if set(answer) == {"given"} else None


def clauses_of(codes: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Clauses of codes; what only differs in its value shares one."""
    lists: dict[str, list[str]] = {}
    inner: dict[tuple[str, str], list[Any]] = {}
    for code in codes:
        name, _colon, rest = code.partition(":")
        if name in LISTS:
            lists.setdefault(name, []).append(rest)
        elif name == "holiday":
            yield {"holiday": rest == "true"}
        elif ">" in rest:
            subject, _sign, value = rest.partition(">")
            yield {"facts": {subject: {"includes": value}}}
        elif "?" in rest:
            subject, _sign, value = rest.partition("?")
            yield {"facts": {subject: {"given": value == "true"}}}
        else:
            subject, _sign, value = rest.partition("=")
            answer = {"true": True, "false": False}.get(value, value) if name == "facts" else value
            inner.setdefault((name, subject), []).append(answer)
    for name, values in lists.items():
        yield {name: values}
    for (name, subject), answers in inner.items():
        is_single = name == "facts" and len(answers) == 1
        yield {name: {subject: answers[0] if is_single else answers}}


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

"""The forms of pages as a browser would send them: every field filled, one filling per button.

Not here: which pages are opened and who sends the forms (``test_locations_by_post``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

_TYPED = {
    "email": "neu@example.org",
    "date": "2027-03-12",
    "time": "12:00",
    "number": "1",
    "text": "Ein Wort",
}
_IGNORED = {"csrfmiddlewaretoken"}


@dataclass(slots=True)
class Form:
    """One form: where it is sent, its fields with all values, its buttons as (name, value)."""

    address: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def fillings(self, wanted: Mapping[str, Sequence[str]]) -> Iterator[dict[str, list[str]]]:
        """What each button sends; ``wanted`` replaces fields of that name, what is open takes its first choice."""
        filled = dict(self.fields)
        for name, values in self.choices.items():
            if not filled.get(name):
                filled[name] = values[:1]
        filled |= {name: list(values) for name, values in wanted.items() if name in filled}
        for name, value in self.buttons or [("", "")]:
            yield {**filled, **({name: [value]} if name else {})}


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, list[Form]()
        self.form: Form | None = None
        self.select, self.area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_post = facts.get("method", "").lower() == "post"
            self.form = Form(urljoin(self.page, facts.get("action", ""))) if is_post else None
            if self.form is not None:
                self.forms.append(self.form)
        elif self.form is not None:
            self._part(tag, facts, self.form)

    def _part(self, tag: str, facts: dict[str, str], form: Form) -> None:
        name, value = facts.get("name", ""), facts.get("value", "")
        if tag == "option" and self.select and value:
            form.choices.setdefault(self.select, []).append(value)
            if "selected" in facts:
                form.fields[self.select] = [value]
        elif not name or name in _IGNORED:
            return
        elif tag == "button":
            form.buttons.append((name, value))
        elif tag == "select":
            self.select = name
            form.fields.setdefault(name, [])
        elif tag == "textarea":
            self.area = name
            form.fields[name] = ["Ein Satz."]
        elif tag == "input" and facts.get("type") in {"radio", "checkbox"}:
            value = facts.get("value", "on")
            form.choices.setdefault(name, []).append(value)
            form.fields.setdefault(name, [])
            if "checked" in facts:
                form.fields[name].append(value)
        elif tag == "input" and facts.get("type") != "file":
            form.fields.setdefault(name, []).append(value or _typed(name, facts.get("type", "text")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""


def _typed(name: str, kind: str) -> str:
    """What somebody types; an end lies after its beginning."""
    if kind == "hidden":
        return ""
    if kind == "time" and name.startswith(("clos", "end", "bis")):
        return "18:00"
    return _TYPED.get(kind, _TYPED["text"])


def forms_of(page: str, html: str) -> list[Form]:
    """Every form of a page that is sent by POST. ``page`` is its address."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms

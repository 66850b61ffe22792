"""What is wrong in a document, in plain words: pydantic's findings turned into sentences.

Not here: finding them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.vocabulary import Part
from booking_core.engines.ordinance.positions import Path

MOST_NAMES = 30
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("Das Feld {last} fehlt.", "The field {last} is missing."),
    "string_type": ("Hier wird Text erwartet.", "Text is expected here."),
    "string_too_short": ("Hier wird Text erwartet.", "Text is expected here."),
    "string_pattern_mismatch": (
        "Hier wird ein Kurzname aus Buchstaben, Ziffern und _ erwartet, der mit einem Buchstaben beginnt.",
        "A short name of letters, digits and _ that begins with a letter is expected here.",
    ),
    "int_type": ("Hier wird eine ganze Zahl erwartet.", "A whole number is expected here."),
    "int_parsing": ("Hier wird eine ganze Zahl erwartet.", "A whole number is expected here."),
    "decimal_type": ("Hier wird eine Zahl erwartet.", "A number is expected here."),
    "decimal_parsing": ("Hier wird eine Zahl erwartet.", "A number is expected here."),
    "bool_type": ("Hier wird true oder false erwartet.", "true or false is expected here."),
    "bool_parsing": ("Hier wird true oder false erwartet.", "true or false is expected here."),
    "tuple_type": ("Hier wird eine Liste erwartet.", "A list is expected here."),
    "too_short": ("Hier wird mindestens ein Eintrag erwartet.", "At least one entry is expected here."),
    "greater_than": ("Hier wird mehr als {bound} erwartet.", "More than {bound} is expected here."),
    "greater_than_equal": ("Hier wird mindestens {bound} erwartet.", "At least {bound} is expected here."),
    "less_than_equal": ("Hier wird höchstens {bound} erwartet.", "At most {bound} is expected here."),
    "int_from_float": ("Hier wird eine ganze Zahl erwartet.", "A whole number is expected here."),
    "int_parsing_size": ("Hier wird eine ganze Zahl erwartet.", "A whole number is expected here."),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake and the path to it."""

    path: Path
    message: LocalizedText

    def path_in_words(self) -> str:
        """The path as people write it: rates[0].price."""
        words = ""
        for step in self.path:
            words += f"[{step}]" if isinstance(step, int) else f"{'.' if words else ''}{step}"
        return words


def near_names(name: str, known: Collection[str]) -> LocalizedText:
    """A hint: the name that was probably meant, else those that are known."""
    near = get_close_matches(name, known, n=1)
    if near:
        return LocalizedText(f" Meinten Sie {near[0]}?", f" Did you mean {near[0]}?")
    listed = ", ".join(sorted(known)[:MOST_NAMES]) or "–"
    return LocalizedText(f" Bekannt sind: {listed}.", f" Known are: {listed}.")


def mistakes_of(error: ValidationError, model: type[Part] = Ordinance) -> tuple[Mistake, ...]:
    """One sentence per place; of several tries at one place the most telling remains."""
    found: dict[Path, Mistake] = {}
    for details in error.errors(include_url=False):
        path = _document_path(details, model)
        mistake = Mistake(path, _sentence(details, path, model))
        if path not in found or details["type"] == "expected":
            found[path] = mistake
    # What is wrong inside a thing also makes the thing wrong; only the inside is worth telling.
    above = {path[:length] for path in found for length in range(len(path))}
    return tuple(found[path] for path in found if path not in above)


def _sentence(details: ErrorDetails, path: Path, model: type[Part]) -> LocalizedText:
    kind = details["type"]
    context: dict[str, Any] = details.get("ctx", {})
    if kind == "expected":
        return LocalizedText(str(context["german"]), str(context["english"]))
    if kind == "extra_forbidden":
        return _unknown_field(path, model)
    if kind == "literal_error":
        choices = str(context.get("expected", "")).replace("'", "")
        german, english = choices.replace(" or ", " oder "), choices
        return LocalizedText(
            f"Hier wird eines davon erwartet: {german}.", f"One of these is expected: {english}."
        )
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return _fields_expected(path, model)
    if kind in _SENTENCES:
        german, english = _SENTENCES[kind]
        last = path[-1] if path else ""
        bound = next((context[name] for name in ("ge", "gt", "le") if name in context), "")
        return LocalizedText(german.format(last=last, bound=bound), english.format(last=last, bound=bound))
    return LocalizedText(f"Dieser Wert passt hier nicht ({details['msg']}).", f"{details['msg']}.")


def _fields_expected(path: Path, model: type[Part]) -> LocalizedText:
    """Say which fields belong where a single value stands."""
    parts = _parts_at(path, model)
    fields = sorted({field.alias or key for part in parts for key, field in part.model_fields.items()})
    listed = f", möglich sind: {', '.join(fields)}" if fields else ""
    return LocalizedText(
        f"Hier werden Felder erwartet (Name: Wert){listed}.",
        f"Fields are expected here (name: value){listed.replace('möglich sind', 'possible are')}.",
    )


def _unknown_field(path: Path, model: type[Part]) -> LocalizedText:
    name = str(path[-1])
    parts = _parts_at(path[:-1], model)
    fields = sorted({field.alias or key for part in parts for key, field in part.model_fields.items()})
    near = get_close_matches(name, fields, n=1)
    listed = ", ".join(fields)
    if name.isdigit():
        return LocalizedText(
            f"Hinter dem Komma steht {name}. Erwartet wird eine Zahl mit Punkt statt Komma, zum Beispiel 7.50.",
            f"{name} stands behind the comma. A number with a point instead of a comma is expected, e.g. 7.50.",
        )
    if " " in name or name.endswith("."):
        return LocalizedText(
            f"Das Feld {name} gibt es hier nicht. Text mit Komma gehört in Anführungszeichen. Möglich sind: {listed}.",
            f"There is no field {name} here. Text with a comma belongs in quotation marks. Possible are: {listed}.",
        )
    german = f"Das Feld {name} gibt es hier nicht." + (f" Meinten Sie {near[0]}?" if near else "")
    english = f"There is no field {name} here." + (f" Did you mean {near[0]}?" if near else "")
    return LocalizedText(f"{german} Möglich sind: {listed}.", f"{english} Possible are: {listed}.")


def _document_path(details: ErrorDetails, model: type[Part]) -> Path:
    """Drop what pydantic adds for alternatives: names that are no field of the document at that place."""
    location = details["loc"]
    is_field = (
        details["type"] == "extra_forbidden"
    )  # then the last step is what the document wrote, whatever it is
    path: list[str | int] = []
    here: list[Any] = [model]
    for index, step in enumerate(location):
        following = _step(here, step)
        is_last = index == len(location) - 1
        if following:
            path.append(step)
            here = following
        elif is_last and isinstance(step, str) and (is_field or _could_be_field(step, here)):
            path.append(step)
    return tuple(path)


def _could_be_field(step: str, here: list[Any]) -> bool:
    """Whether an unknown last step is a field of the document rather than pydantic's name for an alternative."""
    names = {getattr(kind, "__name__", "") for kind in here}
    return "[" not in step and step not in names and any(_is_part(kind) for kind in here)


def _parts_at(path: Path, model: type[Part]) -> list[type[Part]]:
    here: list[Any] = [model]
    for step in path:
        here = _step(here, step)
    return [kind for kind in here if _is_part(kind)]


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Part)


def _step(kinds: list[Any], step: str | int) -> list[Any]:
    """The types found one step further down."""
    found: list[Any] = []
    for kind in kinds:
        origin, arguments = get_origin(kind), get_args(kind)
        if _is_part(kind) and isinstance(step, str):
            for name, field in kind.model_fields.items():
                if step in (name, field.alias):
                    found.extend(_alternatives(field.annotation))
        elif origin is tuple and isinstance(step, int):
            found.extend(_alternatives(arguments[0]))
        elif origin is dict and isinstance(step, str):
            found.extend(_alternatives(arguments[1]))
    return found


def _alternatives(annotation: Any) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _alternatives(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [kind for member in get_args(annotation) for kind in _alternatives(member)]
    return [annotation]

"""The reference of the document language: its ideas, each field in words, and a tutorial that runs.

Parts and fields come from the language itself, so that the reference cannot forget one; the German words and the
paragraphs stand as data beside this module. Not here: the language (``engines.ordinance.language``), pages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from booking_core.engines.ordinance import LocalizedText
from booking_core.engines.ordinance.language.vocabulary import Part
from booking_core.ordinances.field_types import default_in_words, type_in_words

_FOLDER = Path(__file__).parent / "reference"


@dataclass(frozen=True, slots=True)
class FieldReference:
    """One field: what it is called, what may stand there, what it means. ``default`` is empty where it is needed."""

    name: str
    kind: LocalizedText
    meaning: LocalizedText
    is_required: bool
    default: str


@dataclass(frozen=True, slots=True)
class PartReference:
    """One part of a document. ``inherited`` names the parts whose fields it has as well."""

    name: str
    meaning: LocalizedText
    fields: tuple[FieldReference, ...]
    inherited: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class IdeaReference:
    """One idea of the language, explained in a paragraph."""

    id: str
    title: LocalizedText
    text: LocalizedText
    parts: tuple[PartReference, ...]


@dataclass(frozen=True, slots=True)
class TutorialStep:
    """One step of the first ordinance; ``snippet`` is added to the document."""

    title: LocalizedText
    text: LocalizedText
    snippet: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole reference."""

    ideas: tuple[IdeaReference, ...]
    tutorial: tuple[TutorialStep, ...]


@lru_cache(maxsize=1)
def language_reference() -> Reference:
    """Build the reference from the language and the words beside it."""
    german: Mapping[str, Mapping[str, str]] = _data("german")
    kinds = {kind.__name__: kind for kind in _parts(Part)}
    ideas = tuple(
        IdeaReference(
            id=idea["id"],
            title=_text(idea["title"]),
            text=_text(idea["text"]),
            parts=tuple(_part(kinds[name], german) for name in idea["parts"]),
        )
        for idea in _data("ideas")
    )
    steps = tuple(
        TutorialStep(_text(step["title"]), _text(step["text"]), step["snippet"]) for step in _data("tutorial")
    )
    return Reference(ideas, steps)


def reference_markdown(language: str) -> str:
    """The reference as Markdown in ``de`` or ``en``."""
    return "\n".join(_markdown(language_reference(), language)) + "\n"


def _markdown(reference: Reference, language: str) -> Iterator[str]:
    is_german = not language.startswith("en")
    yield "# Die Satzungssprache" if is_german else "# The ordinance language"
    yield ""
    yield "## Ihre erste Satzung in einer Stunde" if is_german else "## Your first ordinance in an hour"
    for number, step in enumerate(reference.tutorial, 1):
        yield f"\n### {number}. {step.title.in_language(language)}\n\n{step.text.in_language(language)}\n"
        yield f"```yaml\n{step.snippet.rstrip()}\n```"
    for idea in reference.ideas:
        yield f"\n## {idea.title.in_language(language)}\n\n{idea.text.in_language(language)}"
        for part in idea.parts:
            yield f"\n### {part.name}\n\n{part.meaning.in_language(language)}\n"
            if part.inherited:
                yield ("Dazu die Felder von: " if is_german else "Also has the fields of: ") + ", ".join(
                    part.inherited
                )
            for field in part.fields:
                needed = (" (nötig)" if is_german else " (needed)") if field.is_required else ""
                default = f", = {field.default}" if field.default else ""
                kind = field.kind.in_language(language)
                yield f"- `{field.name}`: *{kind}{default}*{needed} – {field.meaning.in_language(language)}"


def _part(kind: type[Part], german: Mapping[str, Mapping[str, str]]) -> PartReference:
    words = german[kind.__name__]
    own = [name for name in kind.model_fields if name in kind.__annotations__]
    fields = []
    for name in own:
        field = kind.model_fields[name]
        shown = field.alias or name
        fields.append(
            FieldReference(
                name=shown,
                kind=type_in_words(field.annotation),
                meaning=LocalizedText(words[shown], field.description or ""),
                is_required=field.is_required(),
                default=default_in_words(field.get_default()) if not field.is_required() else "",
            )
        )
    meaning = " ".join((kind.__doc__ or "").replace("``", "").split())
    inherited = tuple(base.__name__ for base in kind.__bases__ if base is not Part and issubclass(base, Part))
    return PartReference(kind.__name__, LocalizedText(words["_"], meaning), tuple(fields), inherited)


def _parts(kind: type[Part]) -> Iterator[type[Part]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _parts(inner)


def _text(words: Mapping[str, str]) -> LocalizedText:
    return LocalizedText(words["de"], words["en"])


def _data(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((_FOLDER / f"{name}.yaml").read_text("utf-8"))

"""The reference tells of every part and field in both languages, and its tutorial is an ordinance after each step."""

import pytest

from booking_core.engines.ordinance import check, load_document
from booking_core.engines.ordinance.language.vocabulary import Part
from booking_core.ordinances.reference import _parts, language_reference, reference_markdown

# Parts that only others are made of: they stand in no document by themselves and are told where they are inherited.
KINDS = {kind.__name__: kind for kind in _parts(Part)}


def test_every_part_of_the_language_is_told_once() -> None:
    told = [part.name for idea in language_reference().ideas for part in idea.parts]
    assert sorted(told) == sorted(KINDS)


def test_every_field_is_told_in_both_languages() -> None:
    told = {
        (part.name, field.name): field
        for idea in language_reference().ideas
        for part in idea.parts
        for field in part.fields
    }
    of_language = {
        (name, field.alias or key)
        for name, kind in KINDS.items()
        for key, field in kind.model_fields.items()
        if key in kind.__annotations__
    }
    assert set(told) == of_language
    for field in told.values():
        assert field.meaning.de != field.meaning.en
        assert field.meaning.de.endswith((".", "…"))
        assert field.kind.de


def test_every_inherited_part_is_told_as_well() -> None:
    parts = [part for idea in language_reference().ideas for part in idea.parts]
    names = {part.name for part in parts}
    assert {name for part in parts for name in part.inherited} <= names


@pytest.mark.parametrize("language", ["de", "en"])
def test_markdown_names_every_field(language: str) -> None:
    told = reference_markdown(language)
    for name, kind in KINDS.items():
        assert f"\n### {name}\n" in told
        for key, field in kind.model_fields.items():
            assert f"`{field.alias or key}`" in told


def test_the_tutorial_is_an_ordinance_after_each_step() -> None:
    text = ""
    for step in language_reference().tutorial:
        text += step.snippet
        document = load_document(text)
        assert check(document).passed, step.title.en
    report = check(document)
    assert len(report.results) == 4
    assert document.municipality == "Mustertal"

"""A mistake in a document is told with line, column, path and what was expected, in both languages."""

import json
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from booking_core.engines.ordinance import (
    DocumentInvalid,
    DocumentProblem,
    document_from_data,
    document_to_data,
    load_document,
    quote,
    schema,
)
from booking_core.engines.ordinance.requests import request_of
from tests.unit.engines.ordinance.documents import PATHS, document

NAMES = [path.stem for path in PATHS]
GOOD = """\
format: 1
name: {de: Ordnung, en: Rules}
municipality: Musterstadt
state: SH
resources:
  - {id: hall, label: {de: Halle, en: Hall}, kind: hall}
groups:
  - {id: local, label: {de: Einheimische, en: Residents}}
rates:
  - id: day_rate
    measure: day
    cells:
      - {resource: hall, group: local, price: 95.00}
"""


def _problems(text: str) -> tuple[DocumentProblem, ...]:
    with pytest.raises(DocumentInvalid) as caught:
        load_document(text, source="test.yaml")
    return caught.value.problems


def test_the_good_document_loads() -> None:
    assert load_document(GOOD).municipality == "Musterstadt"


# What is changed in the good document: id, old, new, line, path, words of the message.
CELL = "rates[0].cells[0]"
MISTAKES = [
    ("not a number", "price: 95.00", "price: viel", 13, f"{CELL}.price", "Zahl"),
    ("typo", "price: 95.00", "prize: 95.00", 13, f"{CELL}.prize", "Meinten Sie price?"),
    ("no such resource", "resource: hall", "resource: hal", 13, f"{CELL}.resource", "Meinten Sie hall?"),
    ("no such measure", "measure: day", "measure: dey", 11, "rates[0].measure", "Maß"),
    ("no such state", "state: SH", "state: XX", 4, "state", "eines davon"),
    ("missing", "municipality: Musterstadt\n", "", 1, "municipality", "fehlt"),
    ("no such kind", "kind: hall", "kind: palace", 6, "resources[0].kind", "eines davon"),
    ("language missing", "en: Hall", "fr: Salle", 6, "resources[0].label.en", "fehlt"),
    (
        "no such month",
        "price: 95",
        "season: {from: 13-01, to: 03-31}, price: 95",
        13,
        f"{CELL}.season",
        "Monat und Tag",
    ),
    ("empty range", "price: 95", "persons: {}, price: 95", 13, f"{CELL}.persons", "mindestens eines"),
    (
        "two sources",
        "measure: day",
        "measure: {count: days, number: 1}",
        11,
        "rates[0].measure",
        "genau eines",
    ),
    ("price and table", "    cells:\n", "    price: 5\n    cells:\n", 10, "rates[0]", "entweder cells"),
    ("not an id", "- id: day_rate", "- id: 1day", 10, "rates[0].id", "Kurzname"),
    (
        "twice",
        "rates:\n",
        "  - {id: local, label: {de: A, en: A}}\nrates:\n",
        9,
        "groups[1].id",
        "schon vergeben",
    ),
    ("field twice", "resources:\n", "resources:\nresources:\n", 6, "", "zweimal"),
    ("no handover", "measure: day", "measure: handover_period", 11, "rates[0].measure", "handover"),
    ("no day parts", "measure: day", "split: {by: day_part}", 11, "rates[0].split.by", "day_parts"),
    ("no zone", "state: SH", "state: SH\nzone: Europa/Berlin", 5, "zone", "Zeitzone"),
    (
        "bands shrink",
        "price: 95.00",
        "bands: [{up_to: 3, each: 1}, {up_to: 2, each: 1}]",
        13,
        CELL,
        "wachsen",
    ),
    ("open end first", "price: 95.00", "steps: [{price: 1}, {up_to: 2, price: 2}]", 13, CELL, "wachsen"),
    (
        "class in a circle",
        "rates:\n",
        "classes:\n  - {id: a, label: {de: A, en: A}, values: [{id: b, label: {de: B, en: B}, "
        "when: {classes: {a: b}}}]}\nrates:\n",
        10,
        "classes[0].values[0].when.classes",
        "vor ihr",
    ),
    ("unknown unit", "measure: day", "unit: furlong", 11, "rates[0].unit", "Einheit"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "german"), [pytest.param(*case, id=name) for name, *case in MISTAKES]
)
def test_a_mistake_is_told_with_its_place(old: str, new: str, line: int, path: str, german: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    found = _problems(text)
    match = [problem for problem in found if problem.line == line and problem.path.startswith(path)]
    assert match, [(problem.line, problem.path, problem.message.de) for problem in found]
    assert german in match[0].message.de
    assert match[0].message.en
    assert match[0].column >= 1


def test_all_mistakes_are_told_at_once_in_the_order_of_lines() -> None:
    text = (
        GOOD.replace("state: SH", "state: XX").replace("kind: hall", "kind: palace").replace("95.00", "viel")
    )
    assert [problem.line for problem in _problems(text)] == [4, 6, 13]


def test_text_that_is_no_yaml_is_told_with_its_line() -> None:
    (problem,) = _problems("format: 1\nname: {de: x\nstate: SH\n")
    assert problem.line >= 2
    assert "YAML" in problem.message.de


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a\n- list\n", "just text"])
def test_what_is_no_document_at_all_is_refused(text: str) -> None:
    assert _problems(text)


def test_aliases_are_refused_so_that_a_small_file_cannot_grow() -> None:
    text = GOOD.replace("label: {de: Halle, en: Hall}", "label: &l {de: Halle, en: Hall}").replace(
        "label: {de: Einheimische, en: Residents}", "label: *l"
    )
    (problem,) = _problems(text)
    assert "Verweise" in problem.message.de


def test_deep_nesting_is_refused() -> None:
    assert _problems("a: " + "[" * 60 + "]" * 60)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_survives_its_json_form(name: str) -> None:
    original = document(name)
    again = document_from_data(json.loads(json.dumps(document_to_data(original))))
    assert again == original
    for example in original.content.examples:
        request = request_of(example, ZoneInfo("Europe/Berlin"))
        assert quote(again, request) == quote(original, request)


@pytest.mark.parametrize("name", NAMES)
def test_every_document_meets_the_published_schema(name: str) -> None:
    errors = list(Draft202012Validator(schema()).iter_errors(document_to_data(document(name))))
    assert [error.message for error in errors] == []


def test_the_schema_explains_every_field() -> None:
    definitions = schema()["$defs"]
    assert isinstance(definitions, dict)
    undescribed = [
        f"{name}.{field}"
        for name, definition in definitions.items()
        for field, entry in definition.get("properties", {}).items()
        if "description" not in entry
    ]
    assert undescribed == []

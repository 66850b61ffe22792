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
from booking_core.engines.ordinance.positions import decoded
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
    ("comma", "price: 95.00", "price: '95,00'", 13, f"{CELL}.price", "Punkt statt Komma"),
    ("endless price", "price: 95.00", "price: 1e99", 13, f"{CELL}.price", "Billion"),
    (
        "no such day",
        "price: 95",
        "season: {from: 02-30, to: 03-31}, price: 95",
        13,
        f"{CELL}.season",
        "Monat und",
    ),
    (
        "range turned round",
        "price: 95",
        "persons: {min: 9, max: 3}, price: 95",
        13,
        f"{CELL}.persons",
        "keine Zahl",
    ),
    (
        "range of nothing",
        "price: 95",
        "persons: {over: 3, max: 3}, price: 95",
        13,
        f"{CELL}.persons",
        "keine Zahl",
    ),
    (
        "days turned round",
        "price: 95",
        "between: {from: 2027-02-01, to: 2027-01-01}, price: 95",
        13,
        f"{CELL}.between",
        "nicht vor from",
    ),
    (
        "no calendar day",
        "price: 95",
        "between: {from: 2027-02-30, to: 2027-03-01}, price: 95",
        13,
        CELL,
        "Tag wie",
    ),
    ("part without a split", "price: 95", "part: evening, price: 95", 13, f"{CELL}.part", "Tagesabschnitt"),
    (
        "window of money",
        "measure: day",
        "measure: {count: persons, during: {}}",
        11,
        "rates[0].measure",
        "during",
    ),
    (
        "new day for hours",
        "measure: day",
        "measure: {count: hours, day_change: 04:00}",
        11,
        "rates[0]",
        "day_change",
    ),
    (
        "new part of day",
        "measure: day",
        "split: {by: day_part, day_change: 04:00}",
        11,
        "rates[0].split",
        "by: day",
    ),
    (
        "package of nothing",
        "measure: day\n    cells:\n      - {resource: hall, ",
        "take: set\n    cells:\n      - {",
        13,
        CELL,
        "zusammen gebucht",
    ),
    ("reserved name", "- id: day_rate", "- id: rates", 10, "rates[0].id", "Wort der Sprache"),
    (
        "year for a quota",
        "price: 95",
        "quota: {count: days, per: decade}, price: 95",
        13,
        f"{CELL}.quota.per",
        "year",
    ),
    (
        "far away",
        "price: 95",
        "lead: {at_least: {days: 99999}}, price: 95",
        13,
        f"{CELL}.lead",
        "höchstens 10000",
    ),
    (
        "less than none",
        "price: 95",
        "lead: {at_least: {days: -1}}, price: 95",
        13,
        f"{CELL}.lead",
        "mindestens 0",
    ),
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


FACTS = """\
facts:
  - {id: insured, label: {de: Versichert?, en: Insured?}}
  - {id: age, label: {de: Alter, en: Age}, kind: number}
  - {id: power, label: {de: Strom, en: Power}, kind: choice, options: [{id: weak, label: {de: S, en: S}}]}
day_parts:
  - {id: day, label: {de: T, en: D}, from: 06:00, to: 22:00}
  - {id: late, label: {de: S, en: L}, from: 21:00, to: 03:00}
"""


@pytest.mark.parametrize(
    ("old", "new", "path", "german"),
    [
        ("price: 95", "facts: {insured: 'yes'}, price: 95", f"{CELL}.facts.insured", "ja oder nein"),
        ("price: 95", "facts: {age: old}, price: 95", f"{CELL}.facts.age", "mit einer Zahl"),
        ("price: 95", "facts: {power: week}, price: 95", f"{CELL}.facts.power", "Meinten Sie weak?"),
        ("price: 95", "facts: {insured: {min: 1}}, price: 95", f"{CELL}.facts.insured", "kind: number"),
        ("measure: day", "measure: {fact: insured}", "rates[0].measure.fact", "kind: number"),
        ("price: 95", "price: {fact: power}, unit: day, x: 95", CELL, "x"),
        (
            "label: {de: Alter, en: Age}",
            "label: {de: A, en: A}, default: true",
            "facts[1].default",
            "mit einer Zahl",
        ),
        (
            "options: [",
            "options: [{id: weak, label: {de: W, en: W}}, ",
            "facts[2].options[1].id",
            "schon vergeben",
        ),
        (", options: [{id: weak, label: {de: S, en: S}}]", "", "facts[2]", "options"),
        ("to: 03:00", "to: 21:00", "day_parts[1]", "verschieden"),
        (
            "measure: day\n    cells:\n      - {resource: hall,",
            "split: {by: day_part}\n    cells:\n      - {part: [day, late], resource: hall,",
            "rates[0].split",
            "überschneiden",
        ),
    ],
)
def test_answers_and_parts_of_the_day_must_make_sense(old: str, new: str, path: str, german: str) -> None:
    text = (GOOD + FACTS).replace(old, new, 1)
    assert text != GOOD + FACTS
    found = {problem.path: problem.message.de for problem in _problems(text)}
    near = [message for place, message in found.items() if place.startswith(path)]
    assert any(german in message for message in near), found


def test_all_mistakes_are_told_at_once_in_the_order_of_lines() -> None:
    text = (
        GOOD.replace("state: SH", "state: XX").replace("kind: hall", "kind: palace").replace("95.00", "viel")
    )
    assert [problem.line for problem in _problems(text)] == [4, 6, 13]


def test_text_that_is_no_yaml_is_told_with_its_line() -> None:
    (problem,) = _problems("format: 1\nname: {de: x\nstate: SH\n")
    assert problem.line >= 2
    assert "YAML" in problem.message.de


@pytest.mark.parametrize(
    ("text", "line", "german"),
    [
        pytest.param("a:\n\tb: 1", 2, "Tabulator", id="tab"),
        pytest.param("a: b: c", 1, "zweiter Doppelpunkt", id="two colons"),
        pytest.param("a:\n  b: 1\n c: 2", 3, "anders eingerückt", id="indentation"),
        pytest.param("- a\nb: 1", 2, "anders eingerückt", id="list and fields"),
        pytest.param("a: [1, 2\nb: 3", 2, "schließende Klammer", id="open bracket"),
        pytest.param("a: [1 2", 1, "schließende Klammer", id="open bracket at the end"),
        pytest.param('a: "x', 1, "Anführungszeichen", id="open quotation mark"),
        pytest.param('a: "\\q"', 1, "besondere Bedeutung", id="backslash"),
        pytest.param("a: 1\n---\nb: 2", 2, "zweites Dokument", id="second document"),
        pytest.param("a: *x", 1, "Verweise", id="alias to nothing"),
        pytest.param("a: @x", 1, "Anführungszeichen", id="at sign"),
        pytest.param("a: 1\nb: \x07", 2, "Steuerzeichen", id="control character"),
        pytest.param("a: 1\na: 2", 2, "zuerst in Zeile 1", id="field twice"),
        pytest.param("? [a, b]\n: c", 1, "ein Name erwartet", id="list as a name"),
        pytest.param("a\nb: 1", 2, "Doppelpunkt", id="no colon"),
        pytest.param("[" * 5_000, 1, "Zu tief", id="brackets without end"),
    ],
)
def test_text_that_is_no_yaml_is_told_in_words(text: str, line: int, german: str) -> None:
    (problem,) = _problems(text)
    assert problem.line == line
    assert german in problem.message.de
    assert problem.message.de != problem.message.en


def test_a_file_that_is_too_long_is_not_read() -> None:
    (problem,) = _problems("a" * 400_001)
    assert "400000" in problem.message.de


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    with pytest.raises(DocumentInvalid) as caught:
        decoded(GOOD.replace("Halle", "Häuser").encode("latin-1"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (6, 29)
    assert "UTF-8" in problem.message.de


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert load_document(decoded(GOOD.encode("utf-8-sig"))).municipality == "Musterstadt"
    assert load_document("\ufeff" + GOOD).municipality == "Musterstadt"


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

"""A mistake in a document is told with line, column, path and what was expected, in both languages."""

import pytest

from booking_core.engines.ordinance import (
    DocumentInvalid,
    DocumentProblem,
    load_document,
)

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


def problems(text: str) -> tuple[DocumentProblem, ...]:
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
    found = problems(text)
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
    found = {problem.path: problem.message.de for problem in problems(text)}
    near = [message for place, message in found.items() if place.startswith(path)]
    assert any(german in message for message in near), found


def test_all_mistakes_are_told_at_once_in_the_order_of_lines() -> None:
    text = (
        GOOD.replace("state: SH", "state: XX").replace("kind: hall", "kind: palace").replace("95.00", "viel")
    )
    assert [problem.line for problem in problems(text)] == [4, 6, 13]


@pytest.mark.parametrize(
    ("alone", "listed"),
    [
        ("none_of: {weekday: sun}", "none_of: [{weekday: [sun]}]"),
        ("any_of: {season: {from: 05-01, to: 09-30}}", "any_of: [{season: [{from: 05-01, to: 09-30}]}]"),
        ("values: {of: hour, min: 2}", "values: [{of: hour, min: 2}]"),
    ],
)
def test_one_condition_may_stand_without_its_list(alone: str, listed: str) -> None:
    texts = [GOOD.replace("group: local,", f"{condition},") for condition in (alone, listed)]
    first, second = (load_document(text, source="t").content for text in texts)
    assert texts[0] != GOOD
    assert first == second

"""What somebody does wrong who writes an ordinance for the first time: line, field, and what was expected.

Not here: mistakes of people who know the language (``test_loading``), text that is no YAML (``test_yaml_faults``).
"""

import pytest

from booking_core.engines.ordinance import DocumentInvalid, DocumentProblem, check, load_document

FIRST_TRY = """\
format: 1
name: {de: Ordnung, en: Rules}
municipality: Musterstadt
state: SH
resources:
  - {id: hall, label: {de: Halle, en: Hall}, kind: hall}
groups:
  - {id: local, label: {de: Ortsansässige, en: Residents}}
  - {id: guest, label: {de: Auswärtige, en: Guests}}
facts:
  - {id: chairs, label: {de: "Wie viele Stühle?", en: "How many chairs?"}, kind: number}
rates:
  - id: rent
    when: {resource: hall}
    measure: hour
    cells:
      - {group: local, price: 10.00}
      - {group: guest, price: 15.00}
limits:
  - id: lead
    require: {lead: {at_least: {days: 3}}}
    text: {de: Drei Tage vorher., en: Three days before.}
examples:
  - id: two_hours
    group: local
    resources: hall
    start: 2026-09-12T10:00
    end: 2026-09-12T12:00
    expect: {total: 20.00}
"""
TEXT = "{de: Drei Tage vorher., en: Three days before.}"
WHEN = "when: {resource: hall}"
# What is written instead: id, old, new, line, path, words in German, words in English.
MISTAKES = [
    ("decimal comma", "price: 10.00", "price: 10,50", 17, "rates[0].cells[0].50", "mit Punkt statt", "with a point"),
    ("decimal comma in quotes", "20.00}", "'20,00'}", 29, "examples[0].expect.total", "mit Punkt statt", "a point"),
    ("euro sign", "10.00", "10.00 €", 17, "rates[0].cells[0].price.amount", "ohne €", "without €"),
    ("percent sign", "limits:", "adjustments:\n  - {id: more, label: {de: M, en: M}, percent: 50 %}\nlimits:", 20,
     "adjustments[0].percent", "ohne € oder %", "without € or %"),
    ("comma in text", "Drei Tage vorher.", "Drei Tage, bitte.", 22, "limits[0].text.bitte.", "Text mit Komma",
     "Text with a comma"),
    ("colon in text", "Drei Tage vorher.", "Frist: drei.", 22, "", "gehört in Anführungszeichen", "quotation marks"),
    ("open quotation mark", "{de: Drei", '{de: "Drei', 22, "", "Anführungszeichen fehlt", "mark is missing"),
    ("indented too little", "    measure: hour", "   measure: hour", 15, "", "anders eingerückt", "indented otherwise"),
    ("list indented too little", "      - {group: local", "    - {group: local", 18, "", "anders eingerückt",
     "indented otherwise"),
    ("tab", "    measure: hour", "\tmeasure: hour", 15, "", "Tabulator", "a tab"),
    ("no space after the dash", "  - id: lead", "  -id: lead", 20, "", "Nach dem Strich", "after the dash"),
    ("unknown field", "measure: hour", "messure: hour", 15, "rates[0].messure", "Meinten Sie measure?",
     "mean measure?"),
    ("German field", "group: local, price", "gruppe: local, price", 17, "rates[0].cells[0].gruppe",
     "Meinten Sie group?", "mean group?"),
    ("unknown group", "{group: guest, price", "{group: guests, price", 18, "rates[0].cells[1].group[0]",
     "Meinten Sie guest?", "mean guest?"),
    ("unknown unit", "measure: hour", "measure: hour\n    unit: stunde", 16, "rates[0].unit", "stehen unter units",
     "stand under units"),
    ("measure in the plural", "measure: hour", "measure: hours", 15, "rates[0].measure", "Meinten Sie hour?",
     "mean hour?"),
    ("unknown question", "measure: hour", "measure: {fact: chair}", 15, "rates[0].measure.fact", "Meinten Sie chairs?",
     "mean chairs?"),
    ("unknown rule in an example", "{total: 20.00}", "{reason: leed}", 29, "examples[0].expect.reason",
     "Meinten Sie lead?", "mean lead?"),
    ("no unit of time", "{days: 3}", "3", 21, "limits[0].require.lead.at_least", "möglich sind: days, hours",
     "possible are: days, hours"),
    ("two units of time", "{days: 3}", "{days: 3, weeks: 1}", 21, "limits[0].require.lead.at_least", "genau eines",
     "Exactly one"),
    ("no English", ", en: Three days before.}", "}", 22, "limits[0].text.en", "Feld en fehlt", "en is missing"),
    ("one text for both", TEXT, "Drei Tage vorher.", 22, "limits[0].text", "sind: de, en", "are: de, en"),
    ("weekday in German", WHEN, "when: {weekday: samstag}", 14, "rates[0].when.weekday[0]", "mon, tue", "mon, tue"),
    ("date in German", "start: 2026-09-12T10:00", "start: 12.09.2026 10:00", 27, "examples[0].start",
     "wie 2026-09-12T11:00", "like 2026-09-12T11:00"),
    ("clock time in words", "{lead: {at_least: {days: 3}}}", "{starts: {from: 8 Uhr}}", 21,
     "limits[0].require.starts.from", "wie 18:30", "like 18:30"),
    ("season with a year", WHEN, "when: {season: {from: 2026-10-01, to: 03-31}}", 14, "rates[0].when.season[0].from",
     "wie 10-01", "like 10-01"),
    ("range in words", WHEN, "when: {persons: bis 50}", 14, "rates[0].when.persons", "möglich sind: max, min",
     "possible are: max, min"),
    ("end before the start", "end: 2026-09-12T12:00", "end: 2026-09-12T09:00", 24, "examples[0]", "nach dem Anfang",
     "after the start"),
    ("choice without options", "kind: number}", "kind: choice}", 11, "facts[0]", "options erwartet", "options are"),
    ("choices without options", "kind: number}", "kind: choices}", 11, "facts[0]", "options erwartet", "options are"),
    ("umlaut in a name", "id: local, label", "id: örtlich, label", 8, "groups[0].id", "Buchstaben",
     "letters"),
    ("space in a name", "id: rent", "id: rent a hall", 13, "rates[0].id", "Kurzname", "short name"),
    ("name given twice", "{id: guest, label", "{id: local, label", 9, "groups[1].id", "vergeben", "taken"),
    ("field given twice", "price: 15.00}", "price: 15.00, price: 16.00}", 18, "", "zweimal", "twice"),
    ("state in words", "state: SH", "state: Schleswig-Holstein", 4, "state", "BW, BY", "BW, BY"),
    ("yes in German", "limits:", "exemptions:\n  - {id: free, label: {de: F, en: F}, deposit: ja}\nlimits:", 20,
     "exemptions[0].deposit", "true oder false", "true or false"),
    ("no price at all", FIRST_TRY[FIRST_TRY.index("    cells:") : FIRST_TRY.index("limits:")], "", 13, "rates[0]",
     "entweder cells", "Either cells"),
    ("quota without a bound", "{lead: {at_least: {days: 3}}}", "{quota: {count: days, per: month}}", 21,
     "limits[0].require.quota", "mindestens eines", "At least one"),
    ("steps out of order", "guest, price: 15.00", "guest, steps: [{up_to: 8, price: 9}, {up_to: 4, price: 5}]", 18,
     "rates[0].cells[1]", "wachsen", "must grow"),
]  # fmt: skip


def test_the_first_try_is_right_as_it_stands() -> None:
    assert check(load_document(FIRST_TRY)).passed


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "german", "english"),
    [pytest.param(*rest, id=name) for name, *rest in MISTAKES],
)
def test_a_first_mistake_is_told_with_line_field_and_what_was_expected(
    old: str, new: str, line: int, path: str, german: str, english: str
) -> None:
    assert old in FIRST_TRY
    with pytest.raises(DocumentInvalid) as caught:
        load_document(FIRST_TRY.replace(old, new, 1))
    assert (line, path) in {(problem.line, problem.path) for problem in caught.value.problems}, (
        caught.value.problems
    )
    (told,) = [problem for problem in caught.value.problems if (problem.line, problem.path) == (line, path)]
    assert german in told.message.de
    assert english in told.message.en
    assert told.column >= 1


def test_overlapping_rates_are_told_with_both_lines() -> None:
    problem = _contradiction("{group: guest, price: 15.00}", "{group: [guest, local], price: 15.00}")
    assert (problem.line, problem.path) == (18, "rates[0].cells[1]")
    assert problem.message.de.startswith("rent[0] (Zeile 17) und rent[1] können für dieselbe Buchung gelten")
    assert "another priority is expected" in problem.message.en


def test_an_example_wrong_by_a_cent_is_told_with_line_field_and_both_figures() -> None:
    report = check(load_document(FIRST_TRY.replace("total: 20.00", "total: 20.01")))
    ((difference,),) = [result.differences for result in report.results if not result.passed]
    assert (difference.field, difference.expected, difference.actual) == ("total", "20.01", "20.00")
    assert difference.line == 29


def _contradiction(old: str, new: str) -> DocumentProblem:
    (problem,) = check(load_document(FIRST_TRY.replace(old, new, 1))).problems
    return problem

"""Every condition of every ordinance of the library has inputs, and the rarer ones write what they say."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.utils import translation

from booking_core.engines.ordinance.language.conditions import CONDITION_FIELDS
from booking_core.engines.ordinance.references import RULE_LISTS
from booking_core.web.backoffice.forms.ordinance_editor.alternatives import Alternatives, alternatives
from booking_core.web.backoffice.forms.ordinance_editor.choices import DocumentChoices
from booking_core.web.backoffice.forms.ordinance_editor.entry_form import EntryForm, value_at
from booking_core.web.backoffice.forms.ordinance_editor.rule_groups import cell_groups, kind_of, rule_groups
from tests.unit.engines.ordinance.documents import LIBRARY, document
from tests.unit.web.entry_pages import sent_back

FIELDS = "design_system/forms/fields.html"
INNER = ("facts", "classes", "reading")


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    with translation.override("de"):
        yield


def _tests(condition: Mapping[str, Any], root: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, wanted in condition.items():
        if name in INNER:
            yield from (((*root, name, inner), one) for inner, one in wanted.items())
        elif name in CONDITION_FIELDS:
            yield (*root, name), wanted


def _rules(choices: DocumentChoices) -> Iterator[tuple[dict[str, Any], Any, tuple[tuple[str, ...], ...]]]:
    for listed in RULE_LISTS:
        for entry in choices.entries(listed):
            yield entry, rule_groups(listed, choices, kind_of(entry)), (("when",), ("require",))
            for cell in entry.get("cells", ()):
                yield cell, cell_groups(choices, kind_of(cell)), ((),)


@pytest.mark.parametrize("name", sorted(path.stem for path in LIBRARY.glob("*.yaml")))
def test_no_condition_is_text_only(name: str) -> None:
    choices = DocumentChoices(document(name))
    for entry, groups, roots in _rules(choices):
        inputs = {one.path: one for group in groups for one in group.inputs}
        for root in roots:
            condition = value_at(entry, root) if root else entry
            for path, wanted in _tests(condition or {}, root):
                assert path in inputs, (name, entry.get("id"), path)
                assert inputs[path].shown(wanted) is not None, (name, entry.get("id"), path, wanted)


def _limit(**condition: Any) -> tuple[DocumentChoices, dict[str, Any]]:
    choices = DocumentChoices(document("borgstedt-doerpshus"))
    return choices, {"id": "x", "text": {"de": "Satz", "en": "Sentence"}, "when": condition}


def _saved(condition: dict[str, Any], typed: dict[str, list[str]]) -> tuple[EntryForm, Any]:
    """The condition after somebody filled in these fields of the rule's form."""
    choices, entry = _limit(**condition)
    groups = rule_groups("limits", choices, "price")
    shown = EntryForm(groups=groups, entry=entry, initial={"revision": 0})
    data = sent_back(shown.render(template_name=FIELDS))
    for name, values in typed.items():
        assert name in shown.fields, name
        data.setlist(name, values)
    form = EntryForm(data, groups=groups, entry=entry)
    return form, form.entry_after().get("when") if form.is_valid() else None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"when-none_of-which": ["group:local_org", "group:private"]},
         {"none_of": [{"group": ["local_org", "private"]}]}),
        ({"when-none_of-which": ["holiday:true", "weekday:sat"]},
         {"none_of": [{"holiday": True}, {"weekday": ["sat"]}]}),
        ({"when-any_of-which": ["group:private"], "when-any_of-0-what": ["persons"], "when-any_of-0-min": ["100"]},
         {"any_of": [{"group": ["private"]}, {"persons": {"min": "100"}}]}),
        ({"when-between-0-from": ["2027-07-01"], "when-between-0-to": ["2027-08-11"]},
         {"between": [{"from": "2027-07-01", "to": "2027-08-11"}]}),
        ({"when-values-0-what": ['{"count":"nights"}'], "when-values-0-over": ["2"]},
         {"values": [{"of": {"count": "nights"}, "over": "2"}]}),
        ({"when-booked-of": ["grosser_saal", "teekueche"], "when-booked-low": ["2"]},
         {"booked": {"of": ["grosser_saal", "teekueche"], "min": "2"}}),
    ],
    ids=["not for groups", "not on", "one of", "certain days", "other measure", "counted offers"],
)  # fmt: skip
def test_what_is_typed_is_what_is_stored(typed: dict[str, list[str]], stored: dict[str, Any]) -> None:
    form, condition = _saved({}, typed)
    assert not form.errors
    assert condition == stored


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"when-none_of-0-what": ["persons"]}, "when-none_of-0-min"),
        ({"when-none_of-0-min": ["3"]}, "when-none_of-0-what"),
        ({"when-between-0-from": ["2027-07-01"]}, "when-between-0-to"),
        ({"when-between-0-from": ["2027-07-02"], "when-between-0-to": ["2027-07-01"]}, "when-between-0-to"),
        ({"when-values-0-min": ["3"]}, "when-values-0-what"),
        ({"when-none_of-j0-what": ["persons"]}, "when-none_of-j0-min"),
        ({"when-none_of-j0-starts-from": ["früh"]}, "when-none_of-j0-starts-from"),
        (
            {"when-none_of-j0-0": ["holiday:true"], "when-none_of-j0-1": ["holiday:false"]},
            "when-none_of-j0-1",
        ),
        ({"when-booked-low": ["2"]}, "when-booked-of"),
    ],
)
def test_what_is_half_said_is_asked_for_at_the_field(typed: dict[str, list[str]], field: str) -> None:
    form, _condition = _saved({}, typed)
    assert set(form.errors) == {field}


JOINED = {"none_of": [{"group": ["private"], "weekday": ["sat"], "starts": {"from": "18:00"}}]}


def test_an_exception_that_joins_several_things_is_a_row() -> None:
    form, condition = _saved(JOINED, {"when-weekday": ["sun"]})
    assert condition == {**JOINED, "weekday": ["sun"]}
    assert not any(section.kept for section in form.sections())
    _form, condition = _saved(
        JOINED, {"when-none_of-j0-2": ["weekday:fri"], "when-none_of-j0-starts-to": ["22:00"]}
    )
    assert condition == {
        "none_of": [
            {"group": ["private"], "weekday": ["sat", "fri"], "starts": {"from": "18:00", "to": "22:00"}}
        ]
    }
    _form, condition = _saved(JOINED, {f"when-none_of-j0-{one}": [""] for one in ("0", "1", "starts-from")})
    assert condition is None


def test_windows_of_the_clock_are_alternatives() -> None:
    """ "Mo–Fr 8–12 or 14–18": two rows, each its own possibility; more than one thing in a row belongs together."""
    typed = {
        "when-weekday": ["mon", "tue", "wed", "thu", "fri"],
        "when-any_of-j0-starts-from": ["8:00"], "when-any_of-j0-ends-to": ["12:00"],
    }  # fmt: skip
    form, condition = _saved({}, typed)
    assert not form.errors
    again = {
        "when-any_of-j1-starts-from": ["14:00"], "when-any_of-j1-ends-to": ["18:00"],
        "when-any_of-j1-what": ["persons"], "when-any_of-j1-max": ["30"],
    }  # fmt: skip
    _form, condition = _saved(condition, again)
    assert condition == {
        "weekday": ["mon", "tue", "wed", "thu", "fri"],
        "any_of": [
            {"starts": {"from": "08:00"}, "ends": {"to": "12:00"}},
            {"starts": {"from": "14:00"}, "ends": {"to": "18:00"}, "persons": {"max": "30"}},
        ],
    }
    choices = DocumentChoices(document("borgstedt-doerpshus"))
    one = Alternatives(path=("any_of",), label="", choices=alternatives(choices, frozenset()))
    assert one.shown(condition["any_of"]) is not None


def test_what_no_row_can_say_stays_as_it_is() -> None:
    season = {"none_of": [{"group": ["private"], "season": [{"from": "10-01", "to": "03-31"}]}]}
    form, condition = _saved(season, {"when-weekday": ["sun"]})
    assert condition == {**season, "weekday": ["sun"]}
    assert any(section.kept for section in form.sections())


def test_taking_the_last_exception_away_takes_the_field_out() -> None:
    _form, condition = _saved(
        {"none_of": [{"group": ["private"]}], "weekday": ["sun"]}, {"when-none_of-which": []}
    )
    assert condition == {"weekday": ["sun"]}


def test_answers_of_every_kind_can_be_alternatives() -> None:
    choices = DocumentChoices(document("luebeck-fablab"))
    one = Alternatives(path=("any_of",), label="", choices=alternatives(choices, frozenset({"extra"})))
    clauses = [{"facts": {"inductions": {"includes": "this_resource"}}}, {"extra": ["induction"]}]
    shown = one.shown(clauses)
    assert shown is not None
    assert one.written(shown, clauses) == clauses

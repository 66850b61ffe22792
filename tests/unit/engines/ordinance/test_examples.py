"""Every worked booking of every document comes out exactly, each reading of an ambiguous one as well."""

import pytest

from booking_core.engines.ordinance import CheckReport, check, document_from_data, document_to_data
from tests.unit.engines.ordinance.documents import LIBRARY, PATHS, document

NAMES = [path.stem for path in PATHS]


def test_the_library_holds_all_collected_ordinances() -> None:
    assert len(list(LIBRARY.glob("*.yaml"))) == 23


@pytest.mark.parametrize("name", NAMES)
def test_every_example_comes_out_exactly(name: str) -> None:
    report = check(document(name))
    failed = {
        f"{result.example} {result.reading}": result.differences
        for result in report.results
        if not result.passed
    }
    assert failed == {}
    assert report.results


@pytest.mark.parametrize("name", NAMES)
def test_no_two_rules_contradict_each_other(name: str) -> None:
    assert check(document(name)).problems == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_ambiguity_has_an_example_for_each_reading(name: str) -> None:
    tested = {
        (ambiguity, reading)
        for example in document(name).content.examples
        for expected in example.readings
        for ambiguity, reading in expected.reading.items()
    }
    named = {(entry.id, reading.id) for entry in document(name).ambiguities for reading in entry.readings}
    assert named == tested


def _with_changed_expectation(name: str, example: str, changes: dict[str, object]) -> CheckReport:
    data = document_to_data(document(name))
    examples = data["examples"]
    assert isinstance(examples, list)
    for entry in examples:
        if entry["id"] == example:
            entry["expect"] = {**entry["expect"], **changes}
    return check(document_from_data(data))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", "90.01"),
        ("deposit", "90.00"),
        ("outcome", "refused"),
        ("total_after_settlement", "91.00"),
        ("lines", [{"qty": "1", "price": "89.00", "amount": "89.00"}]),
        ("lines", [{"qty": "1", "unit": "day", "price": "90.00", "amount": "90.00"}]),
        ("lines", []),
        ("approval", True),
        ("payment_due", "2026-09-11"),
        ("fee_known", False),
        ("reason", "handover"),
        ("to_pay", "90.00"),
        ("after_return", "0.00"),
    ],
)
def test_a_wrong_expectation_is_found(field: str, value: object) -> None:
    report = _with_changed_expectation("borgstedt-doerpshus", "birthday_one_day", {field: value})
    failed = [result for result in report.results if not result.passed]
    assert [result.example for result in failed] == ["birthday_one_day"]
    assert {difference.field for difference in failed[0].differences} == {field}
    assert not report.passed


def test_a_resource_that_is_taken_is_refused_and_its_neighbour_is_not() -> None:
    report = _with_changed_expectation(
        "friedrichshafen-rotach", "whole_hall_blocked_by_third", {"outcome": "accepted"}
    )
    assert [result.example for result in report.results if not result.passed] == [
        "whole_hall_blocked_by_third"
    ]

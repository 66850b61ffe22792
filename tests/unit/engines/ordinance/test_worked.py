"""Examples out of quotes: what came out becomes what must come out, and passes."""

from typing import Any

import pytest

from booking_core.engines.ordinance import check, document_from_data, document_to_data
from booking_core.engines.ordinance.editing import AddEntry, Address, ReplaceEntry, SetAmounts, edited
from booking_core.engines.ordinance.example_figures import figures_between
from booking_core.engines.ordinance.worked import confirmed, example_from
from tests.unit.engines.ordinance.documents import LIBRARY, document

CASE: dict[str, Any] = {
    "group": "private", "purpose": "private_event", "resources": ["grosser_saal"],
    "start": "2026-09-12T11:00:00", "end": "2026-09-13T11:00:00",
}  # fmt: skip
SAAL = Address("rates", "room_rates", "cells", 0)


@pytest.mark.parametrize("name", sorted(path.stem for path in LIBRARY.glob("*.yaml")))
def test_confirming_an_example_that_passes_keeps_it_passing(name: str) -> None:
    data = document_to_data(document(name))
    for example in document(name).content.examples:
        data, _was = edited(
            data, ReplaceEntry(Address("examples", example.id), confirmed(document(name), example.id))
        )[::-1]
    assert check(document_from_data(data)).passed


def test_a_case_becomes_an_example_that_passes() -> None:
    saal = document("borgstedt-doerpshus")
    entry = example_from(saal, CASE, {})
    assert entry is not None
    assert entry["expect"]["total"] == "90.00"
    assert entry["expect"]["deposit"] == "180.00"
    grown, _data = edited(document_to_data(saal), AddEntry("examples", {"id": "mine", **entry}))
    assert check(grown).passed


def test_a_reading_of_the_town_stands_in_the_example() -> None:
    case = {**CASE, "resources": ["grosser_saal", "kleiner_saal"], "end": "2026-09-12T13:00:00"}
    entry = example_from(document("borgstedt-doerpshus"), case, {"hourly_rooms": "per_room"})
    assert entry is not None
    assert entry["readings"][0]["reading"] == {"hourly_rooms": "per_room"}
    assert entry["readings"][0]["total"] == "40.00"


@pytest.mark.parametrize(
    "change", [{"group": "martians"}, {"end": "2026-09-12T10:00:00"}, {"resources": ["luftschloss"]}]
)
def test_a_case_that_makes_no_sense_is_no_example(change: dict[str, Any]) -> None:
    assert example_from(document("borgstedt-doerpshus"), {**CASE, **change}, {}) is None


def test_examples_are_run_by_both_documents() -> None:
    before = document("borgstedt-doerpshus")
    after, _data = edited(document_to_data(before), SetAmounts({SAAL: "95"}))
    figures = figures_between(before, after, readings_before={}, readings_after={})
    dearer = {one.id for one in figures if not one.is_same}
    assert dearer >= {"birthday_one_day", "hall_plus_tea_kitchen", "two_periods"}
    assert "hourly_exactly_eight" not in dearer
    assert len(figures) == 14

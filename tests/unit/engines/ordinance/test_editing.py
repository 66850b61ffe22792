"""Small changes of documents: each makes a new document that loads, and touches nothing else."""

from copy import deepcopy
from typing import Any

import pytest

from booking_core.engines.ordinance import DocumentInvalid, document_to_data
from booking_core.engines.ordinance.editing import (
    AddEntry,
    Address,
    Change,
    EntryMissing,
    MoveEntry,
    RemoveEntry,
    ReplaceEntry,
    SetAmounts,
    SetFields,
    StillUsed,
    edited,
    entry_at,
    free_id,
    path_to,
)
from tests.unit.engines.ordinance.documents import document

ROOMS = Address("rates", "room_rates")
CLUBS = {"id": "clubs", "label": {"de": "Vereine", "en": "Clubs"}}


@pytest.fixture
def data() -> dict[str, Any]:
    return document_to_data(document("borgstedt-doerpshus"))


@pytest.mark.parametrize(
    "change",
    [
        AddEntry("groups", CLUBS),
        AddEntry("cells", {"resource": ["teekueche"], "hours": {"max": 2}, "price": {"amount": "5"}}, ROOMS),
        ReplaceEntry(Address("groups", "private"), {**CLUBS, "id": "private"}),
        RemoveEntry(Address("payment", "payment")),
        RemoveEntry(Address("rates", "room_rates", "cells", 4)),
        MoveEntry(Address("rates", "room_rates"), 1),
        SetFields({"in_force": None, "municipality": "Musterdorf"}),
        SetAmounts({Address("rates", "room_rates", "cells", 0): "95"}),
    ],
    ids=lambda change: type(change).__name__,
)
def test_a_change_makes_a_new_document_and_leaves_the_old_alone(data: dict[str, Any], change: Change) -> None:
    before = deepcopy(data)
    changed, stored = edited(data, change)
    assert data == before
    assert stored != before
    assert document_to_data(changed) == stored


def test_replacing_writes_one_entry_only(data: dict[str, Any]) -> None:
    entry = {**entry_at(data, ROOMS), "paragraph": "§ 7"}
    _document, stored = edited(data, ReplaceEntry(ROOMS, entry))
    assert entry_at(stored, ROOMS)["paragraph"] == "§ 7"
    assert {name: value for name, value in stored.items() if name != "rates"} == {
        name: value for name, value in data.items() if name != "rates"
    }
    assert stored["rates"][1:] == data["rates"][1:]  # type: ignore[index]  # a list


def test_a_table_takes_amounts_new_rows_and_gone_rows_at_once(data: dict[str, Any]) -> None:
    first, second, last = (Address("rates", "room_rates", "cells", row) for row in (0, 1, 4))
    row = {"resource": ["grosser_saal"], "group": ["commercial"], "price": {"amount": "150"}}
    change = SetAmounts({second: "46"}, [(ROOMS, row)], [last, first])
    _document, stored = edited(data, change)
    cells = entry_at(stored, ROOMS)["cells"]
    assert [cell["price"]["amount"] for cell in cells] == ["46", "65.00", "25.00", "150"]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (Address("groups", "private"), ("rates", 0, "when", "group", 0)),
        (Address("resources", "teekueche"), ("rates", 0, "cells", 3, "resource", 0)),
        (Address("handover", "handover"), ("examples", 10, "expect", "reason")),
        (Address("extras", "kitchen_hourly"), ("addons", 0, "extra")),
    ],
    ids=["group", "resource", "rule that is the reason of an example", "extra"],
)
def test_what_is_still_named_stays_and_says_where(
    data: dict[str, Any], address: Address, place: tuple[str | int, ...]
) -> None:
    with pytest.raises(StillUsed) as refused:
        edited(data, RemoveEntry(address))
    assert place in refused.value.places


def test_what_makes_no_sense_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        edited(data, AddEntry("groups", {"id": "private", "label": CLUBS["label"]}))
    assert "groups[3].id" in [problem.path for problem in refused.value.problems]


@pytest.mark.parametrize(
    "address", [Address("rates", "nothing"), Address("rates", "room_rates", "cells", 99), Address("x", "y")]
)
def test_what_is_not_there_cannot_be_changed(data: dict[str, Any], address: Address) -> None:
    for change in (RemoveEntry(address), ReplaceEntry(address, {}), MoveEntry(address, 1)):
        with pytest.raises(EntryMissing):
            edited(data, change)
    with pytest.raises(EntryMissing):
        path_to(data, address)


def test_names_are_free_among_all_rules(data: dict[str, Any]) -> None:
    assert free_id(data, "addons", "Room rates") == "room_rates_2"
    assert free_id(data, "groups", "Örtliche Vereine & Verbände") == "oertliche_vereine_verbaende"
    assert free_id(data, "groups", "3. Liga") == "group_3_liga"

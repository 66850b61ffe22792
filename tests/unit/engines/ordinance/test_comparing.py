"""What differs between two documents is said once, in words, and can be taken over piece by piece."""

import doctest
from collections.abc import Callable
from typing import Any

import pytest

from booking_core.engines.ordinance import (
    ChangeKind,
    Document,
    DocumentInvalid,
    Standing,
    compare,
    comparing,
    document_from_data,
    document_to_data,
    updates,
    with_changes,
)
from tests.unit.engines.ordinance.documents import PATHS, document

Data = dict[str, Any]


def changed(name: str, *edits: Callable[[Data], object]) -> Document:
    """The document of the library with edits made to its plain values."""
    data = document_to_data(document(name))
    for edit in edits:
        edit(data)
    return document_from_data(data)


def storage_at(price: str) -> Callable[[Data], object]:
    return lambda data: next(one for one in data["rates"] if one["id"] == "storage").update(price=price)


def cleaning_at(price: str) -> Callable[[Data], object]:
    return lambda data: next(one for one in data["addons"] if one["id"] == "cleaning_hall").update(
        price=price
    )


def test_the_worked_example_runs() -> None:
    assert doctest.testmod(comparing).failed == 0


@pytest.mark.parametrize("name", [path.stem for path in PATHS])
def test_a_document_equals_itself_and_its_stored_form(name: str) -> None:
    assert compare(document(name), document_from_data(document_to_data(document(name)))) == ()


@pytest.mark.parametrize("name", [path.stem for path in PATHS])
def test_every_entry_of_every_document_can_be_said_and_taken_over(name: str) -> None:
    """From nothing but a name to the whole document, entry by entry: at the end both are equal."""
    other = changed(name, lambda data: data.update(name={"de": "Anders", "en": "Other"}, examples=[]))
    for change in compare(other, document(name)):
        assert change.title.de
        assert change.before or change.after, (change.section, change.id)
        data = with_changes(other, origin=document(name), names=[(change.section, change.id)])
        other = document_from_data(data)
    assert compare(other, document(name)) == ()


def test_a_changed_price_is_said_in_both_languages() -> None:
    (change,) = compare(document("nussbaum-halle"), changed("nussbaum-halle", storage_at("18")))
    assert (change.section, change.id, change.kind) == ("rates", "storage", ChangeKind.CHANGED)
    assert change.before[0].de == "15,00 € einmalig"
    assert change.after[0].en == "€18.00 once"
    assert change.section_label.de == "Entgelte"


def test_only_the_cell_that_changed_is_shown() -> None:
    def dearer(data: Data) -> None:
        next(one for one in data["rates"] if one["id"] == "day_rates")["cells"][0]["price"] = "99"

    (change,) = compare(document("nussbaum-halle"), changed("nussbaum-halle", dearer))
    assert len(change.before) == len(change.after) == 1
    assert "95,00 €" in change.before[0].de
    assert "99,00 €" in change.after[0].de


def test_added_and_removed_entries_are_named() -> None:
    without = changed("nussbaum-halle", lambda data: data["addons"].pop(0))
    (gone,) = compare(document("nussbaum-halle"), without)
    (back,) = compare(without, document("nussbaum-halle"))
    assert (gone.kind, gone.after) == (ChangeKind.REMOVED, ())
    assert (back.kind, back.before) == (ChangeKind.ADDED, ())
    assert gone.title == back.title


def test_a_field_without_words_shows_its_plain_value() -> None:
    def hold_back(data: Data) -> None:
        next(one for one in data["rates"] if one["id"] == "storage")["take"] = "together"

    (change,) = compare(document("nussbaum-halle"), changed("nussbaum-halle", hold_back))
    assert [one.de for one in change.after] == ["take: together"]


def test_the_order_of_entries_and_written_defaults_count_for_nothing() -> None:
    def shuffle(data: Data) -> None:
        data["addons"].reverse()
        data["approval"] = "as_ruled"

    assert compare(document("nussbaum-halle"), changed("nussbaum-halle", shuffle)) == ()


def test_updates_are_open_taken_or_collide() -> None:
    base = document("nussbaum-halle")
    origin = changed("nussbaum-halle", storage_at("18"), cleaning_at("30"), lambda data: data["addons"].pop())
    own = changed("nussbaum-halle", storage_at("18"), cleaning_at("28"))
    found = {one.change.id: one for one in updates(base, origin=origin, own=own)}
    assert {name: one.standing for name, one in found.items()} == {
        "storage": Standing.TAKEN,
        "cleaning_hall": Standing.COLLIDES,
        "water_used": Standing.OPEN,
    }
    collision = found["cleaning_hall"].own
    assert collision is not None
    assert collision.after[0].de == "28,00 € einmalig"


def test_taking_over_touches_one_entry_only() -> None:
    base = document("nussbaum-halle")
    origin = changed("nussbaum-halle", storage_at("18"), cleaning_at("30"))
    taken = document_from_data(with_changes(base, origin=origin, names=[("rates", "storage")]))
    assert [one.id for one in compare(base, taken)] == ["storage"]


def test_the_name_of_the_municipality_is_no_update() -> None:
    base = document("nussbaum-halle")
    origin = changed("nussbaum-halle", lambda data: data.update(municipality="Anderswo"))
    assert updates(base, origin=origin, own=base) == ()


def test_a_change_that_leads_nowhere_without_others_is_refused_by_the_language() -> None:
    base = document("nussbaum-halle")

    def new_group(data: Data) -> None:
        data["groups"].append({"id": "staff", "label": {"de": "Bedienstete", "en": "Staff"}})
        next(one for one in data["rates"] if one["id"] == "storage")["when"]["group"] = ["staff"]

    origin = changed("nussbaum-halle", new_group)
    with pytest.raises(DocumentInvalid):
        document_from_data(with_changes(base, origin=origin, names=[("rates", "storage")]))

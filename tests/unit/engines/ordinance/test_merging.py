"""Following an origin: what changed there, what was changed here, what collides, and taking one entry over."""

import pytest

from booking_core.engines.ordinance import (
    Standing,
    document_from_data,
    load_document,
    own_changes,
    updates,
    with_changes,
)

BASE = """\
format: 1
name: {de: Ordnung, en: Rules}
municipality: Musterstadt
state: SH
approval: always
resources: [{id: hall, label: {de: Halle, en: Hall}, kind: hall}]
rates:
  - {id: day, measure: day, price: 90}
  - {id: hour, when: {hours: {max: 4}}, measure: hour, price: 10}
limits:
  - {id: lead, require: {lead: {at_least: {days: 3}}}, text: {de: Drei Tage., en: Three days.}}
"""


def changed(*pairs: tuple[str, str]) -> str:
    text = BASE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


WEEK = "{id: week, when: {days: {min: 7}}, measure: week, price: 400}"
DEARER = ("price: 90", "price: 99")
DEAREST = ("price: 90", "price: 120")
ELSEWHERE = ("municipality: Musterstadt", "municipality: Nachbarstadt")


@pytest.mark.parametrize(
    ("there", "here", "standing"),
    [
        ([DEARER], [], {"day": Standing.OPEN}),
        ([DEARER], [DEARER], {"day": Standing.TAKEN}),
        ([DEARER], [DEAREST], {"day": Standing.COLLIDES}),
        ([], [DEARER], {}),
        ([DEARER], [("price: 10", "price: 12")], {"day": Standing.OPEN}),
        ([("  - {id: hour, when: {hours: {max: 4}}, measure: hour, price: 10}\n", "")], [], {"hour": Standing.OPEN}),
        ([("approval: always", "approval: as_ruled")], [], {"approval": Standing.OPEN}),
        ([("approval: always", "approval: as_ruled")], [("approval: always", "approval: as_ruled")],
         {"approval": Standing.TAKEN}),
        ([ELSEWHERE], [], {}),
    ],
)  # fmt: skip
def test_each_change_of_the_origin_is_open_taken_or_collides(
    there: list[tuple[str, str]], here: list[tuple[str, str]], standing: dict[str, Standing]
) -> None:
    base, origin, own = (load_document(text) for text in (BASE, changed(*there), changed(*here)))
    found = updates(base, origin=origin, own=own)
    assert {one.change.id: one.standing for one in found} == standing
    for one in found:
        assert (one.own is not None) is (one.standing is not Standing.OPEN)


def test_what_was_changed_here_is_told_without_what_a_town_says_of_itself() -> None:
    own = load_document(changed(DEARER, ELSEWHERE, ("at_least: {days: 3}", "at_least: {days: 5}")))
    assert {(one.section, one.id) for one in own_changes(load_document(BASE), own=own)} == {
        ("rates", "day"), ("limits", "lead"),
    }  # fmt: skip
    assert own_changes(load_document(BASE), own=load_document(changed(ELSEWHERE))) == ()


@pytest.mark.parametrize(
    ("there", "section", "name"),
    [
        ([DEARER], "rates", "day"),
        ([("  - {id: hour, when: {hours: {max: 4}}, measure: hour, price: 10}\n", "")], "rates", "hour"),
        ([("rates:\n", f"rates:\n  - {WEEK}\n")], "rates", "week"),
        ([("approval: always", "approval: as_ruled")], "", "approval"),
        ([("approval: always\n", "")], "", "approval"),
    ],
)  # fmt: skip
def test_one_entry_is_taken_over_and_nothing_else(
    there: list[tuple[str, str]], section: str, name: str
) -> None:
    base, origin = load_document(BASE), load_document(changed(*there))
    own = load_document(changed(("at_least: {days: 3}", "at_least: {days: 5}")))
    (update,) = updates(base, origin=origin, own=own)
    assert (update.change.id, update.standing) == (name, Standing.OPEN)
    followed = document_from_data(with_changes(own, origin=origin, names=[(update.change.section, name)]))
    assert updates(base, origin=origin, own=followed)[0].standing is Standing.TAKEN
    assert [one.id for one in own_changes(origin, own=followed)] == ["lead"]
    assert section in {"", update.change.section}

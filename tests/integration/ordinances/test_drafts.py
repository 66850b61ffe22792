"""Drafts: copied, begun from nothing, changed one entry at a time by one person after the other."""

from datetime import date
from typing import Any

import pytest

from booking_core.engines.ordinance.editing import (
    AddEntry,
    Address,
    Change,
    RemoveEntry,
    SetAmounts,
    SetFields,
)
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.queries import audit_rows
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.ordinances.drafts import copy_version, delete_draft, edit_draft, start_ordinance
from booking_core.ordinances.errors import (
    AlreadyPublished,
    DocumentFaulty,
    DraftChanged,
    EntryGone,
    EntryStillUsed,
)
from booking_core.ordinances.locking import SUBJECT
from booking_core.ordinances.models import OrdinanceVersion
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.ordinances.services import adopt_from_library, choose_readings, publish_version
from tenants.models import Tenant

SAAL = Address("rates", "room_rates", "cells", 0)
DEARER = SetAmounts({SAAL: "95.00"})
CONNY, KIM = Actor("Conny Kollegin"), Actor("Kim Kollege")


@pytest.fixture
def draft_id(town: Tenant) -> int:
    return adopt_from_library("borgstedt-doerpshus", actor=SYSTEM).id


def edit(draft_id: int, change: Change, *, revision: int = 0, actor: Actor = CONNY) -> int:
    return edit_draft(draft_id, change, revision=revision, about={"entry": "x"}, actor=actor)


def test_a_change_is_stored_with_the_next_revision_and_in_the_trail(draft_id: int) -> None:
    assert edit(draft_id, DEARER) == 1
    found = stored_version(draft_id)
    assert found.revision == 1
    assert "95" in str(found.document.content.rates[0].cells[0].price)  # type: ignore[index]  # a table
    trail = audit_rows(subject_type=SUBJECT, subject_id=str(draft_id))
    assert next((row.action, row.actor_label) for row in trail) == ("ordinance.edited", "Conny Kollegin")


def test_who_comes_second_is_told_and_changes_nothing(draft_id: int) -> None:
    edit(draft_id, DEARER)
    with pytest.raises(DraftChanged) as told:
        edit(draft_id, SetFields({"municipality": "Anderswo"}), actor=KIM)
    assert "Conny Kollegin" in str(told.value)
    assert told.value.context["revision"] == 1
    assert stored_version(draft_id).document.municipality.startswith("Borgstedt")
    assert edit(draft_id, SetFields({"municipality": "Anderswo"}), revision=1, actor=KIM) == 2


def test_saving_what_is_there_already_is_no_change(draft_id: int) -> None:
    assert edit(draft_id, SetAmounts({SAAL: "90.00"})) == 0
    assert not [row for row in audit_rows(subject_type=SUBJECT) if row.action == "ordinance.edited"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (RemoveEntry(Address("groups", "private")), EntryStillUsed),
        (RemoveEntry(Address("groups", "nobody")), EntryGone),
        (AddEntry("tax", {"id": "vat", "mode": "sometimes"}), DocumentFaulty),
    ],
)
def test_a_draft_is_always_a_document_that_loads(
    draft_id: int, change: Change, error: type[Exception]
) -> None:
    before = OrdinanceVersion.objects.get(pk=draft_id).document
    with pytest.raises(error):
        edit(draft_id, change)
    row = OrdinanceVersion.objects.get(pk=draft_id)
    assert (row.document, row.revision) == (before, 0)


def test_published_versions_never_change(draft_id: int) -> None:
    publish_version(draft_id, valid_from=date(2026, 1, 1), actor=SYSTEM)
    for refused in (lambda: edit(draft_id, DEARER), lambda: delete_draft(draft_id, actor=CONNY)):
        with pytest.raises(AlreadyPublished):
            refused()


def test_a_copy_is_the_next_draft_and_leaves_its_origin_alone(draft_id: int) -> None:
    choose_readings(draft_id, {"deposit_base": "room_and_kitchen"}, actor=SYSTEM)
    copied = copy_version(draft_id, actor=CONNY)
    assert (copied.number, copied.state, copied.readings["deposit_base"]) == (2, "draft", "room_and_kitchen")
    edit(copied.id, DEARER)
    assert (stored_version(draft_id).revision, copied.revision) == (1, 0)  # the readings chosen before
    with pytest.raises(NotFound):
        copy_version(987_654, actor=CONNY)


def test_readings_follow_the_open_places_of_the_text(draft_id: int) -> None:
    place: dict[str, Any] = {
        "id": "night", "question": {"de": "Nachts?", "en": "At night?"}, "default": "yes",
        "readings": [{"id": "yes", "label": {"de": "ja", "en": "yes"}}],
    }  # fmt: skip
    edit(draft_id, AddEntry("ambiguities", place))
    assert stored_version(draft_id).readings["night"] == "yes"
    edit(draft_id, RemoveEntry(Address("ambiguities", "night")), revision=1)
    assert "night" not in stored_version(draft_id).readings


def test_an_ordinance_begins_with_a_name_and_an_offer(town: Tenant) -> None:
    typed = {"code": "neu", "name": "Neue Ordnung", "municipality": "Musterdorf", "state": "SH", "resource": "Saal",
             "kind": "hall"}  # fmt: skip
    draft = start_ordinance(**typed, actor=CONNY)
    assert [one.label.de for one in draft.document.resources] == ["Saal"]
    with pytest.raises(InvalidInput):
        start_ordinance(**typed, actor=CONNY)


def test_a_draft_can_be_thrown_away_and_its_empty_ordinance_with_it(draft_id: int) -> None:
    copied = copy_version(draft_id, actor=SYSTEM)
    delete_draft(copied.id, actor=CONNY)
    assert [row.id for row in ordinances_list()[0].versions] == [draft_id]
    delete_draft(draft_id, actor=CONNY)
    assert ordinances_list() == ()

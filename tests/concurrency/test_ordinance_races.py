"""Clerks at one draft: nobody's work is silently lost, and a version is published once, as its publisher read it.

Not here: what an edit or a publication is (``tests.integration.ordinances``).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import pytest

from booking_core.engines.ordinance import document_to_data
from booking_core.engines.ordinance.editing import AddEntry, Change
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.queries import audit_rows
from booking_core.ordinances.contracts import Origin, StoredVersion
from booking_core.ordinances.drafts import copy_version, delete_draft, edit_draft
from booking_core.ordinances.errors import DraftChanged
from booking_core.ordinances.locking import SUBJECT
from booking_core.ordinances.models import OrdinanceVersion
from booking_core.ordinances.origins import adopt_as_draft, take_over
from booking_core.ordinances.queries import stored_version
from booking_core.ordinances.services import adopt_from_library, choose_readings, publish_version
from booking_core.ordinances.simulations.contracts import Question
from booking_core.ordinances.simulations.services import claim_run, start_run
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally

CLERKS = 12
ROUNDS = [1, pytest.param(100, marks=pytest.mark.slow)]
NOW = datetime(2026, 11, 25, tzinfo=UTC)
LIBRARY = "borgstedt-doerpshus"


def fresh_draft() -> StoredVersion:
    return adopt_from_library(LIBRARY, actor=SYSTEM)


def clerk(number: int) -> Actor:
    return Actor(f"Kim {number}", by_staff=True)


def group(name: str) -> Change:
    return AddEntry("groups", {"id": name, "label": {"de": name, "en": name}})


def edit(draft_id: int, name: str, revision: int) -> int:
    return edit_draft(draft_id, group(name), revision=revision, about={"entry": name}, actor=clerk(1))


def edit_until_it_is_in(draft_id: int, name: str) -> int:
    """What a clerk does who is told that somebody was faster: read again, type again, save again."""
    while True:
        try:
            return edit(draft_id, name, stored_version(draft_id).revision)
        except DraftChanged:
            continue


def groups_of(version_id: int) -> set[str]:
    return {one.id for one in stored_version(version_id).document.groups}


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_many_who_read_the_same_draft_one_saves_and_the_others_are_told(
    race_town: Tenant, rounds: int
) -> None:
    for _number in range(rounds):
        draft = fresh_draft()
        jobs = [partial(edit, draft.id, f"g{number}", draft.revision) for number in range(CLERKS)]
        outcomes = tally(run_together(race_town, jobs))
        assert outcomes == {"won": 1, "ordinance-draft-changed": CLERKS - 1}
        assert stored_version(draft.id).revision == 1
        assert len(groups_of(draft.id) - {one.id for one in draft.document.groups}) == 1


@pytest.mark.parametrize("rounds", [1, pytest.param(30, marks=pytest.mark.slow)])
def test_who_is_told_and_saves_again_loses_nothing(race_town: Tenant, rounds: int) -> None:
    for _number in range(rounds):
        draft = fresh_draft()
        names = {f"g{number}" for number in range(CLERKS)}
        jobs = [partial(edit_until_it_is_in, draft.id, name) for name in sorted(names)]
        assert tally(run_together(race_town, jobs)) == {"won": CLERKS}
        assert names <= groups_of(draft.id)
        assert stored_version(draft.id).revision == CLERKS
        trail = audit_rows(subject_type=SUBJECT, subject_id=str(draft.id))
        assert sum(row.action == "ordinance.edited" for row in trail) == CLERKS


@pytest.mark.parametrize("rounds", ROUNDS)
def test_what_is_published_is_what_the_publisher_read(race_town: Tenant, rounds: int) -> None:
    """Publishing, saving, choosing readings and throwing away at once: one wins, everybody else is told."""
    for _number in range(rounds):
        draft = fresh_draft()
        read = partial(publish_version, draft.id, valid_from=date(2027, 1, 1), revision=0)
        jobs: list[Callable[[], object]] = [partial(read, actor=clerk(number)) for number in range(3)]
        jobs += [partial(edit, draft.id, f"g{number}", 0) for number in range(3)]
        jobs += [
            partial(choose_readings, draft.id, {"deposit_base": "room_and_kitchen"}, revision=0, actor=SYSTEM)
        ]
        jobs += [partial(delete_draft, draft.id, revision=0, actor=SYSTEM)]
        outcomes = tally(run_together(race_town, jobs))
        assert outcomes["won"] == 1, outcomes
        assert set(outcomes) <= {"won", "ordinance-draft-changed", "ordinance-already-published", "not-found"}
        found = OrdinanceVersion.objects.filter(pk=draft.id).first()
        if found is not None and found.state == "published":
            assert document_to_data(stored_version(draft.id).document) == document_to_data(draft.document)
        if found is not None:
            OrdinanceVersion.objects.filter(pk=draft.id).delete()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_draft_is_published_once(race_town: Tenant, rounds: int) -> None:
    for number in range(rounds):
        draft = fresh_draft()
        publish = partial(publish_version, draft.id, valid_from=date(2027, 1, 1 + number % 28))
        outcomes = tally(
            run_together(race_town, [partial(publish, actor=clerk(one)) for one in range(CLERKS)])
        )
        assert outcomes == {"won": 1, "ordinance-already-published": CLERKS - 1}
        trail = audit_rows(subject_type=SUBJECT, subject_id=str(draft.id))
        assert sum(row.action == "ordinance.published" for row in trail) == 1
        OrdinanceVersion.objects.filter(pk=draft.id).delete()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_drafts_never_start_on_one_day(race_town: Tenant, rounds: int) -> None:
    """The second one is told at the field; the database's own refusal is never what anybody sees."""
    for _number in range(rounds):
        first = fresh_draft()
        drafts = [first, *(copy_version(first.id, actor=SYSTEM) for _copy in range(5))]
        jobs = [partial(publish_version, one.id, valid_from=date(2027, 1, 1), actor=SYSTEM) for one in drafts]
        assert tally(run_together(race_town, jobs)) == {"won": 1, "ordinance-start-date-taken": 5}
        OrdinanceVersion.objects.all().delete()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_change_of_the_origin_and_an_edit_at_once(race_town: Tenant, rounds: int) -> None:
    """Taking over writes the whole document: an edit saved meanwhile must not vanish under it."""
    theirs = adopt_from_library(LIBRARY, code="vorlage", actor=SYSTEM)
    edit(theirs.id, "von_dort", 0)
    newer = stored_version(theirs.id).document
    origin = Origin("vorlage", "", "Vorlage", "Vorlage", 1, "x")
    for number in range(rounds):
        own = adopt_as_draft(
            theirs.document, origin, code=f"eigene-{number}", municipality="Hier", state="SH", actor=SYSTEM
        )
        jobs: list[Callable[[], object]] = [
            partial(take_over, own.ordinance_id, newer, only=("groups", "von_dort"), actor=SYSTEM),
            *(partial(edit_until_it_is_in, own.id, f"g{one}") for one in range(4)),
        ]
        outcomes = tally(run_together(race_town, jobs))
        assert set(outcomes) <= {"won", "ordinance-draft-changed"}
        found = groups_of(own.id)
        assert {f"g{one}" for one in range(4)} <= found
        assert ("von_dort" in found) is (outcomes["won"] == 5)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_draft_is_tried_out_once_at_a_time(race_town: Tenant, rounds: int) -> None:
    draft = fresh_draft()
    question = Question(date(2026, 1, 1), date(2026, 12, 31), {}, total=1)
    for _number in range(rounds):
        OrdinanceVersion.objects.filter(pk=draft.id).update(simulation_state="")
        jobs = [partial(start_run, draft.id, question, actor=clerk(one), now=NOW) for one in range(CLERKS)]
        assert tally(run_together(race_town, jobs)) == {"won": 1, "already-simulating": CLERKS - 1}
        claims = run_together(race_town, [partial(claim_run, draft.id, now=NOW) for _one in range(CLERKS)])
        attempts = {claim.attempt for claim in claims}  # type: ignore[attr-defined]  # claims, all of them
        assert len(attempts) == CLERKS

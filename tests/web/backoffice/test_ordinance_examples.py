"""Examples kept as tests, two versions side by side, and the history of an ordinance."""

import pytest
from django.test import Client

from booking_core.engines.ordinance import check
from booking_core.engines.ordinance.editing import Address, SetAmounts
from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.drafts import copy_version, edit_draft
from booking_core.ordinances.queries import stored_version
from tests.web.backoffice.conftest import Office
from tests.web.backoffice.test_ordinance_editor import opened, url

SAAL = Address("rates", "room_rates", "cells", 0)


@pytest.fixture
def draft_id(office: Office) -> int:
    """The next version of the ordinance in force, as a draft."""
    return copy_version(office.version_id, actor=SYSTEM).id


def dearer(draft_id: int) -> None:
    edit_draft(draft_id, SetAmounts({SAAL: "95.00"}), revision=0, actor=SYSTEM,
               about={"section": "preise", "list": "rates", "entry": "room_rates", "change": "prices"})  # fmt: skip


def test_a_case_becomes_an_example_with_one_click(office: Office, clerk: Client, draft_id: int) -> None:
    clerk.post(url("draft_case", draft_id), opened(clerk, url("draft_section", draft_id, "preise"), "fall"))
    answer = clerk.post(url("draft_example_remember", draft_id), {"revision": "0"})
    document = stored_version(draft_id).document
    added = document.content.examples[-1]
    assert answer["Location"] == url("draft_entry", draft_id, "examples", added.id)
    assert str(added.expect.total) == "90.00"  # type: ignore[union-attr]  # just kept
    assert check(document).passed
    page = clerk.get(answer["Location"])
    assert page.context["example"].passes
    late = clerk.post(url("draft_example_remember", draft_id), {"revision": "0"})
    assert late.status_code == 302
    assert len(stored_version(draft_id).document.content.examples) == len(document.content.examples)


def test_failing_examples_come_first_with_their_differences(
    office: Office, clerk: Client, draft_id: int
) -> None:
    dearer(draft_id)
    page = clerk.get(url("draft_section", draft_id, "beispiele"))
    first = page.context["example_rows"][0]
    assert not first.passes
    assert any(one.startswith("Summe: erwartet 90.00, berechnet 95.00") for one in first.differences)
    assert page.context["example_rows"][-1].passes


def test_a_clerk_says_that_the_new_result_is_right(office: Office, clerk: Client, draft_id: int) -> None:
    dearer(draft_id)
    address = url("draft_example_confirm", draft_id, "birthday_one_day")
    assert clerk.post(address, {"revision": "0"}).status_code == 302
    assert "birthday_one_day" in failing(draft_id)
    clerk.post(address, {"revision": "1"})
    assert "birthday_one_day" not in failing(draft_id)
    assert clerk.post(url("draft_example_confirm", draft_id, "nothing"), {"revision": "2"}).status_code == 404


def failing(draft_id: int) -> set[str]:
    return {
        result.example for result in check(stored_version(draft_id).document).results if not result.passed
    }


def test_an_example_is_entered_by_hand(office: Office, clerk: Client, draft_id: int) -> None:
    address = url("draft_new", draft_id, "examples")
    data = opened(clerk, address)
    data.update({"note": "Taufe", "group": "private", "purpose": "private_event", "start": "2026-09-12T11:00",
                 "end": "2026-09-13T11:00"})  # fmt: skip
    data["resources"] = ["teekueche"]
    answer = clerk.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors
    added = stored_version(draft_id).document.content.examples[-1]
    assert (added.note, str(added.expect.total)) == ("Taufe", "25.00")  # type: ignore[union-attr]  # just made
    own = url("draft_entry", draft_id, "examples", added.id)
    data = opened(clerk, own)
    data["expect-total"] = "30"
    assert clerk.post(own, data).status_code == 302
    assert added.id in failing(draft_id)


def test_two_versions_side_by_side(office: Office, clerk: Client, draft_id: int) -> None:
    same = clerk.get(url("version_compare", draft_id))
    assert same.context["sections"] == []
    dearer(draft_id)
    page = clerk.get(url("version_compare", draft_id))
    change = page.context["sections"][0].changes[0]
    assert (page.context["sections"][0].title, change.kind) == ("Was kostet es?", "geändert")
    assert "90,00 €" in change.before[0]
    assert "95,00 €" in change.after[0]
    assert page.context["figures"].rows[0][3].text.replace("\xa0", " ") in ("+5,00 €", "+10,00 €")
    html = page.content.decode()
    assert "<del>" in html
    assert "<ins>" in html


def test_one_version_alone_has_nothing_to_compare(office: Office, clerk: Client) -> None:
    assert clerk.get(url("version_compare", office.version_id)).context["other"] is None


def test_history_tells_who_changed_what(office: Office, clerk: Client, draft_id: int) -> None:
    dearer(draft_id)
    page = clerk.get(url("version_history", draft_id))
    first = page.context["trail"].rows[0]
    assert first[2:] == ["Preise geändert", "Was kostet es? › Gebühren je Raum"]
    assert len(page.context["versions"].rows) == 2

"""Two people at one draft, as their pages show it.

Not here: the race itself (``tests.concurrency.test_ordinance_races``).
"""

from django.test import Client

from booking_core.engines.ordinance.editing import SetFields
from booking_core.identity.contracts import Actor
from booking_core.ordinances.drafts import edit_draft
from booking_core.ordinances.queries import stored_version
from tests.web.backoffice.conftest import Office
from tests.web.backoffice.test_ordinance_editor import draft_id, url

__all__ = ["draft_id"]  # the fixture of the editor's tests


def test_whoever_means_an_older_draft_is_shown_the_newer_one_first(
    office: Office, administrator: Client, draft_id: int
) -> None:
    """Publishing, throwing away and choosing readings name the draft they were read from."""
    edit_draft(
        draft_id, SetFields({"municipality": "Anderswo"}), revision=0, about={}, actor=Actor("Conny Kollegin")
    )
    publish = {"valid_from": "2028-01-01", "council_decision": "Rat"}
    for page, typed in (("version_publish", publish), ("draft_discard", {})):
        told = administrator.post(url(page, draft_id), {**typed, "revision": "0"})
        assert told.status_code == 409
        assert "Conny Kollegin hat diesen Entwurf inzwischen geändert." in told.content.decode()
        assert stored_version(draft_id).state == "draft"
        assert told.context["form"]["revision"].value() in (1, "1")
    readings = {**stored_version(draft_id).readings, "deposit_base": "room_and_kitchen"}
    told = administrator.post(url("version", draft_id), {**readings, "revision": "0"})
    assert "inzwischen geändert" in told.content.decode()
    assert stored_version(draft_id).readings["deposit_base"] != "room_and_kitchen"
    assert administrator.post(url("version", draft_id), {**readings, "revision": "1"}).status_code == 302
    assert stored_version(draft_id).revision == 2
    assert (
        administrator.post(url("version_publish", draft_id), {**publish, "revision": "2"}).status_code == 302
    )

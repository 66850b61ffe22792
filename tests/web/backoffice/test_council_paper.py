"""The comparison of two versions as a paper for the council, and ways out where a short name is taken."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from booking_core.engines.ordinance.editing import AddEntry
from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.drafts import copy_version, edit_draft
from booking_core.ordinances.models import OrdinanceVersion
from booking_core.workflows.simulate import run_simulation, start_simulation
from tests.factories.examples import CARLA
from tests.integration.workflows.test_simulate import NOW
from tests.web.backoffice.conftest import Office


@pytest.fixture
def draft_id(office: Office) -> int:
    made = copy_version(office.version_id, actor=SYSTEM).id
    group = {"id": "school", "label": {"de": "Schulen", "en": "Schools"}}
    edit_draft(made, AddEntry("groups", group), revision=0, about={}, actor=SYSTEM)
    return made


def paper(version_id: int) -> str:
    return reverse("backoffice_version_paper", args=[version_id])


def test_the_paper_has_words_figures_and_decisions(office: Office, clerk: Client, draft_id: int) -> None:
    compared = clerk.get(reverse("backoffice_version_compare", args=[draft_id]))
    assert paper(draft_id) in compared.content.decode()
    page = clerk.get(paper(draft_id))
    words = page.content.decode()
    for found in ("Synopse", "Schulen", "Was die Beispiele kosten", "Fassung 1", "Fassung 2", "data-print"):
        assert found in words, found
    assert len(page.context["facts"].rows) == 2
    assert page.context["simulation"] is None


def test_the_paper_tells_what_the_simulation_found(office: Office, clerk: Client, draft_id: int) -> None:
    office.book()
    start_simulation(
        draft_id, first_on=date(2027, 1, 1), last_on=date(2027, 12, 31), mapping={}, actor=CARLA, now=NOW
    )
    assert clerk.get(paper(draft_id)).context["simulation"] is None
    run_simulation(draft_id)
    assert "1 Buchung brächte wie bisher" in clerk.get(paper(draft_id)).content.decode()
    OrdinanceVersion.objects.filter(pk=draft_id).update(revision=9)
    assert clerk.get(paper(draft_id)).context["simulation"] is None


def test_one_version_alone_has_no_paper(office: Office, clerk: Client) -> None:
    assert clerk.get(paper(office.version_id)).status_code == 404
    assert office.client("caretaker").get(paper(office.version_id)).status_code == 403


def test_a_taken_short_name_shows_the_ordinance_that_has_it(office: Office, clerk: Client) -> None:
    typed = {"name": "Neue Ordnung", "code": "borgstedt-doerpshus", "municipality": "Borgstedt", "state": "SH",
             "resource": "Tenne", "kind": "hall"}  # fmt: skip
    answer = clerk.post(reverse("backoffice_ordinance_new"), typed)
    assert answer.status_code == 422
    (notice,) = answer.context["notices"]
    assert notice.url == reverse("backoffice_version", args=[office.version_id])
    assert "borgstedt-doerpshus-2" in notice.text

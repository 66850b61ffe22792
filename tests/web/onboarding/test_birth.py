"""From "go" to the first minutes in the new town: progress, the link into it, "what next". Without scripts.

Not here: the questions before (``test_wizard``), a birth that stops (tests/integration/tenants).
"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tenants.models import ProvisioningJob, Tenant
from tenants.provisioning import steps
from tenants.provisioning.births import build
from tenants.provisioning.plans import BirthPlan
from tests.conftest import MAIN_HOST, client_of_host
from tests.web.onboarding.conftest import Player

pytestmark = pytest.mark.django_db


def test_it_ends_signed_in_on_the_new_site_and_the_link_works_once(player: Player) -> None:
    player.play_until("")
    player.client.post(player.url("pruefen"))
    build(ProvisioningJob.objects.get(tenant__slug="borgstedt").uuid)
    link = player.client.get(player.url("ankommen"))["Location"]
    host = f"borgstedt.{MAIN_HOST}"
    assert link.startswith(f"https://{host}/ankommen/")
    path = link.removeprefix(f"https://{host}")
    browser = client_of_host(host)
    assert browser.get(path)["Location"] == "/willkommen/"
    page = browser.get("/willkommen/")
    assert "So geht es weiter" in page.content.decode()
    things = {thing.title: thing.url for thing in page.context["things"]}
    assert list(things) == [
        "Die Seite ansehen", "Räume und Geräte ergänzen", "Preise und Regeln prüfen",
        "Kolleginnen und Kollegen einladen", "Ihr Konto schützen",
    ]  # fmt: skip
    assert [url for url in things.values() if f'href="{url}"' not in page.content.decode()] == []
    assert [browser.get(url, follow=True).status_code for url in things.values()] == [200] * 5
    assert client_of_host(host).get(path).status_code == 410
    assert player.client.get(player.url("ankommen"))["Location"].startswith(f"https://{host}/konto/")


def test_the_page_tells_each_step_while_the_town_is_built(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody looks before each step and at the end. Seen red without ``percent`` in ``_take``: 0 until it is done."""
    player.play_until("")
    player.client.post(player.url("pruefen"))
    seen: list[tuple[int, str]] = []

    def look() -> None:
        page = player.client.get(player.url("fortschritt")).content.decode()
        found = re.search(
            r'value="(\d+)"\s+max="100"\s+aria-label="Einrichtung" aria-valuetext="([^"]+)"', page
        )
        assert found, page
        seen.append((int(found[1]), found[2]))

    def watched(step: steps.Step) -> steps.Work:
        def work(tenant: Tenant, plan: BirthPlan) -> None:
            look()
            if step.in_town:
                connection.set_tenant(tenant)  # type: ignore[attr-defined]  # from django-tenants' backend
            step.work(tenant, plan)

        return work

    own = steps.all_steps()
    monkeypatch.setattr(steps, "_registered", {one.name: replace(one, work=watched(one)) for one in own})
    build(ProvisioningJob.objects.get(tenant__slug="borgstedt").uuid)
    look()
    percents = [0, *(step.percent for step in own)]
    assert seen == [(percent, f"{done} von {len(own)} Schritten") for done, percent in enumerate(percents)]
    assert percents == sorted(set(percents))


def test_an_old_arrival_link_is_refused(player: Player) -> None:
    player.play_until("")
    player.client.post(player.url("pruefen"))
    build(ProvisioningJob.objects.get(tenant__slug="borgstedt").uuid)
    link = player.client.get(player.url("ankommen"))["Location"]
    host = f"borgstedt.{MAIN_HOST}"
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client_of_host(host).get(link.removeprefix(f"https://{host}")).status_code == 410

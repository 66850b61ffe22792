"""A town that brings its ordinance as a file: its examples shown on trial before anything is built.

Not here: editing it later (tests/web/backoffice), each template and library document (tests/integration/onboarding).
"""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from booking_core.ordinances.library import library_text
from booking_core.ordinances.models import OrdinanceVersion
from tenants.context import in_tenant
from tenants.models import ProvisioningJob
from tenants.provisioning.births import build
from tests.web.onboarding.conftest import Player

pytestmark = pytest.mark.django_db
TEXT = library_text("borgstedt-doerpshus")
WRONG_BY_A_EURO = TEXT.replace("      total: 90.00\n", "      total: 91.00\n", 1)
ALL_RIGHT = "Alle Beispiele kommen auf den Cent genau heraus."


def _send(player: Player, text: str) -> Any:
    player.play_until("angebote")
    return player.send("angebote", choice="file", file=SimpleUploadedFile("satzung.yaml", text.encode()))


@pytest.mark.parametrize(
    ("text", "is_right", "state"),
    [
        pytest.param(TEXT, True, "published", id="right"),
        pytest.param(WRONG_BY_A_EURO, False, "draft", id="wrong by a euro"),
    ],
)
def test_its_examples_are_shown_and_only_right_ones_make_it_valid(
    player: Player, text: str, is_right: bool, state: str
) -> None:
    """Seen red with ``publish_version`` called whatever came out: the birth stops instead of keeping a draft."""
    assert _send(player, text)["Location"] == f"{player.url('angebote')}satzung/"
    answer = player.client.get(f"{player.url('angebote')}satzung/")
    page, report = answer.content.decode(), answer.context["report"]
    assert (report.passed, ALL_RIGHT in page) == (is_right, is_right)
    assert [row.passed for row in report.examples].count(False) == (0 if is_right else 1)
    assert "Großer Saal" in page
    for slug in ("rechtstexte", "vereinbarung"):
        player.send(slug)
    assert "satzung.yaml" in player.client.get(player.url("pruefen")).content.decode()
    player.client.post(player.url("pruefen"))
    job = build(ProvisioningJob.objects.get(tenant__slug="borgstedt").uuid)
    assert job.error == ""
    with in_tenant(job.tenant):
        assert OrdinanceVersion.objects.get().state == state


def test_a_file_that_cannot_be_read_says_the_line(player: Player) -> None:
    answer = _send(player, TEXT.replace("\nname:", "\nname: [\n", 1))
    assert answer.status_code == 422
    errors = " ".join(answer.context["form"].errors["file"])
    assert "Zeile" in errors

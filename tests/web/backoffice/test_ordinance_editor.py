"""The clerk's editor: begin a draft, change entries in forms, prices in tables, and see what follows."""

import pytest
from django.test import Client
from django.urls import reverse

from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.drafts import copy_version
from tests.web.backoffice.conftest import Office

SECTIONS = [
    "grundlagen",
    "angebote",
    "wer",
    "wofuer",
    "preise",
    "dazu",
    "zuschlaege",
    "befreiungen",
    "kaution",
    "steuer",
    "regeln",
    "absagen",
    "begriffe",
    "beispiele",
]


@pytest.fixture
def draft_id(office: Office) -> int:
    """The next version of the ordinance in force, as a draft."""
    return copy_version(office.version_id, actor=SYSTEM).id


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens(office: Office, clerk: Client, draft_id: int, section: str) -> None:
    page = clerk.get(reverse("backoffice_draft_section", args=[draft_id, section]))
    assert page.status_code == 200

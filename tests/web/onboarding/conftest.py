"""A sign-up played through the pages, step by step."""

import re
from typing import Any

import pytest
from django.test import Client

from booking_core.messaging.models import OutboxMessage

ANSWERS: dict[str, dict[str, Any]] = {
    "art": {"kind": "municipality"},
    "name": {"official_name": "Gemeinde Borgstedt", "short_name": "Borgstedt"},
    "schluessel": {"municipality_key": "01 0 58 022"},
    "anschrift": {
        "street": "Musterweg 1", "postal_code": "24794", "city": "Borgstedt",
        "contact_email": "buergerbuero@borgstedt.example", "contact_phone": "04331 000000",
    },
    "email": {"name": "Erika Mustermann", "email": "Erika.Mustermann@borgstedt.example"},
    "code": {},
    "adresse": {"slug": "borgstedt"},
    "aussehen": {"brand_colour": "#ffd500", "tagline": "Räume für alle"},
    "angebote": {"choice": "later"},
    "rechtstexte": {},
    "vereinbarung": {"accepted_by": "Erika Mustermann, Amtsleiterin", "accepted": "on"},
}  # fmt: skip


class Player:
    """Somebody without scripts in front of the wizard."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.token = ""

    def begin(self) -> None:
        answer = self.client.post("/anmelden/")
        self.token = answer["Location"].split("/")[2]

    def url(self, slug: str) -> str:
        return f"/anmelden/{self.token}/{slug}/"

    def code(self) -> str:
        mail = OutboxMessage.objects.filter(kind="email_code").first()
        assert mail is not None
        found = re.search(r"\b(\d{6})\b", mail.text)
        assert found
        return found.group(1)

    def send(self, page: str, /, **changes: Any) -> Any:
        data = {**ANSWERS[page], **changes}
        if page == "code" and "code" not in data:
            data["code"] = self.code()
        if page == "rechtstexte" and not data:
            form = self.client.get(self.url(page)).context["form"]
            data = {name: form[name].value() for name in ("imprint", "privacy", "accessibility")}
        return self.client.post(self.url(page), data)

    def play_until(self, stop: str) -> None:
        """Answer every page before ``stop``."""
        self.begin()
        for slug in ANSWERS:
            if slug == stop:
                return
            answer = self.send(slug)
            assert answer.status_code == 302, (
                slug,
                getattr(answer, "context", None) and answer.context["form"].errors,
            )


@pytest.fixture
def player(main_client: Client) -> Player:
    return Player(main_client)

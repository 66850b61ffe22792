"""The five people every demo town has in its back office, one per role, and its plan of birth.

Not here: citizens and what they book (the towns' own modules).
"""

from datetime import UTC, datetime

from django.template.loader import render_to_string

from onboarding.agreement import AGREEMENT_VERSION
from onboarding.demo.contracts import DemoPerson
from tenants.provisioning.plans import BirthPlan

_DISCLAIMER = (
    "Diese Seite ist eine Vorführung. Personen, Telefonnummern, Termine und Bilder sind erfunden; die Preise folgen"
    " der öffentlich bekannt gemachten Satzung.\n\n"
)


def people_of(slug: str, place: str) -> tuple[DemoPerson, ...]:
    """One account per role; the caretaker looks after ``place`` only."""
    return (
        DemoPerson("Andrea Amtmann", f"administration@{slug}.example", ("administrator",)),
        DemoPerson("Klaus Kern", f"sachbearbeitung@{slug}.example", ("clerk",)),
        DemoPerson("Hanna Haus", f"hausdienst@{slug}.example", ("caretaker",), place=place),
        DemoPerson("Karim Kasse", f"kasse@{slug}.example", ("treasurer",)),
        DemoPerson("Lena Leser", f"lesen@{slug}.example", ("reader",)),
    )


def plan_for(slug: str, **facts: str | bool) -> BirthPlan:
    """The plan of a demo town: its facts, drafts of the legal pages, the agreement accepted by its administrator."""
    administrator = f"administration@{slug}.example"
    words = {
        "official_name": facts["official_name"], "short_name": facts["short_name"], "street": facts["street"],
        "postal_code": facts["postal_code"], "city": facts["city"], "email": f"buchung@{slug}.example",
        "phone": facts["contact_phone"], "is_municipality": True,
    }  # fmt: skip
    legal = {
        name: render_to_string(f"onboarding/drafts/{name}.txt", words).strip()
        for name in ("imprint", "privacy", "accessibility")
    }
    return BirthPlan(
        slug=slug,
        kind="municipality",
        administrator_email=administrator,
        administrator_name="Andrea Amtmann",
        contact_name="Andrea Amtmann",
        contact_email=f"buchung@{slug}.example",
        imprint=_DISCLAIMER + legal["imprint"],
        privacy=legal["privacy"],
        accessibility_statement=legal["accessibility"],
        agreement_version=AGREEMENT_VERSION,
        agreement_accepted_at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
        agreement_accepted_by=administrator,
        **facts,  # type: ignore[arg-type]  # names of the plan's fields
    )

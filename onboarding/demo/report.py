"""What to open and how to sign in, as text for the terminal.

Not here: making it.
"""

from booking_core.identity.models import Role
from onboarding.demo.contracts import DemoPerson, DemoTown
from onboarding.demo.operator import EMAIL, TOTP_SECRET
from onboarding.demo.populating import PASSWORD
from tenants.links import main_origin, tenant_origin
from tenants.models import Tenant


def report(towns: list[tuple[DemoTown, Tenant]]) -> str:
    """Addresses and logins of the demo. Call standing in the public schema."""
    lines = [f"Hauptseite und Anmeldung neuer Kommunen: {main_origin()}/", ""]
    for town, tenant in towns:
        origin = tenant_origin(tenant)
        lines += [
            f"{tenant.official_name}",
            f"  Seite:      {origin}/",
            f"  Verwaltung: {origin}/verwaltung/",
        ]
        lines += [f"    {_role(person):<16} {person.email}" for person in town.people]
        lines.append("")
    lines += [
        f"Passwort für alle Konten: {PASSWORD}",
        "",
        f"Betriebskonsole: {main_origin()}/betrieb/",
        f"    Konto            {EMAIL}",
        f"    Einmalcodes      Geheimnis für die Authenticator-App: {TOTP_SECRET}",
    ]
    return "\n".join(lines)


def _role(person: DemoPerson) -> str:
    if not person.roles:
        return "Verein" if person.organisation else "Bürgerin"
    return ", ".join(str(Role(role).label) for role in person.roles)

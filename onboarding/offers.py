"""What a town can start with: five templates, an ordinance from the library, its own file, or nothing yet.

Not here: building it (``furnishing``), the ordinance language (``engines.ordinance``).
"""

from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from booking_core.engines.ordinance import Document, DocumentInvalid, load_document
from booking_core.ordinances.library import library_text
from onboarding.contracts import SignUpView
from onboarding.errors import OrdinanceFaulty

_FOLDER = Path(__file__).parent / "templates_data"
TEMPLATES: dict[str, Promise | str] = {
    "village_hall": _(
        "Dorfgemeinschaftshaus\nEin Saal und ein kleiner Raum, Preise nach Gruppe und Dauer, Kaution."
    ),
    "sports_hall": _(
        "Sporthalle in Dritteln\nGanz oder in Teilen buchbar, nie doppelt. Kinder und Jugend aus Ortsvereinen frei."
    ),
    "makerspace": _("Makerspace\nOffene Werkstatt mit einzelnen Maschinen, bezahlt nach Stunden."),
    "coworking": _("Coworking\nZwölf Arbeitsplätze und ein Besprechungsraum, Tages- und Stundenpreise."),
    "equipment": _("Geräteverleih\nPavillons, Geschirr und ein Lastenrad, tageweise mit Kaution."),
}
OFFER_CHOICES = (
    *TEMPLATES.items(),
    ("library", _("Eine Satzung aus der Sammlung\nEchte Satzungen anderer Kommunen, fertig eingerichtet.")),
    ("file", _("Eigene Datei\nSie haben Ihre Gebührensatzung schon im YAML-Format.")),
    ("later", _("Später einrichten\nDie Seite startet leer; Sie legen Räume in der Verwaltung an.")),
)


def ordinance_text(sign_up: SignUpView) -> str:
    """The ordinance the town chose to start with, as text; "" where it starts without."""
    choice = sign_up.answer("offers", "choice")
    if choice == "file":
        return str(sign_up.answer("offers", "document"))
    if choice == "library":
        return library_text(str(sign_up.answer("offers", "library")))
    return template_text(choice) if choice in TEMPLATES else ""


def template_text(name: str) -> str:
    """The ordinance that comes with one of the five templates."""
    return (_FOLDER / f"{name}.yaml").read_text("utf-8")


def read_ordinance(text: str) -> Document:
    """Read an ordinance file. Raises OrdinanceFaulty; its ``lines`` say each mistake with its line."""
    try:
        return load_document(text)
    except DocumentInvalid as fault:
        count = len(fault.problems)
        raise OrdinanceFaulty(
            ngettext("Die Datei enthält einen Fehler:", "Die Datei enthält %(count)s Fehler:", count)
            % {"count": count},
            field="file",
            lines=[
                gettext("Zeile %(line)s: %(what)s") % {"line": problem.line, "what": problem.message.de}
                for problem in fault.problems[:20]
            ],
        ) from fault

"""The sections of the editor in everyday words, and which lists of the document stand in which.

Not here: the entries themselves (``entries``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from design_system.contracts import NavItem


@dataclass(frozen=True, slots=True)
class ListWords:
    """One list of a section: its key in the document, its title, what it is for, how to add to it."""

    key: str
    title: Promise
    lead: Promise
    add: Promise


@dataclass(frozen=True, slots=True)
class SectionWords:
    """One section of the editor."""

    slug: str
    title: Promise
    lists: tuple[ListWords, ...]


BASICS, PRICES, EXAMPLES = "grundlagen", "preise", "beispiele"
SECTIONS: tuple[SectionWords, ...] = (
    SectionWords(BASICS, _("Grundlagen"), ()),
    SectionWords("angebote", _("Was wird vergeben?"), (
        ListWords("resources", _("Angebote"), _("Räume, Plätze, Geräte: alles, wofür die Ordnung einen Preis nennt."),
                  _("Angebot ergänzen")),
    )),
    SectionWords("wer", _("Wer zahlt?"), (
        ListWords("groups", _("Gruppen"), _("Wen die Ordnung unterscheidet, zum Beispiel Vereine und Private."),
                  _("Gruppe ergänzen")),
    )),
    SectionWords("wofuer", _("Wofür?"), (
        ListWords("purposes", _("Zwecke"), _("Wofür gebucht wird, soweit es den Preis oder die Regeln ändert."),
                  _("Zweck ergänzen")),
    )),
    SectionWords(PRICES, _("Was kostet es?"), (
        ListWords("rates", _("Entgelte"), _("Was die Angebote kosten. Die genauere Bedingung geht vor."),
                  _("Entgelt ergänzen")),
    )),
    SectionWords("dazu", _("Was kommt dazu?"), (
        ListWords("extras", _("Dazu bestellbar"), _("Was man zum Angebot bestellen kann."), _("Bestellbares ergänzen")),
        ListWords("addons", _("Zusatzkosten"), _("Was Bestelltes kostet, und was von selbst dazukommt: Reinigung, "
                                                "Heizung, Strom."), _("Zusatzkosten ergänzen")),
    )),
    SectionWords("zuschlaege", _("Zuschläge und Ermäßigungen"), (
        ListWords("adjustments", _("Zuschläge und Ermäßigungen"), _("Prozente auf andere Zeilen."),
                  _("Zuschlag oder Ermäßigung ergänzen")),
        ListWords("caps", _("Mindest- und Höchstbeträge"), _("Für mehrere Zeilen zusammen."), _("Grenze ergänzen")),
    )),
    SectionWords("befreiungen", _("Wer zahlt nichts?"), (
        ListWords("exemptions", _("Befreiungen"), _("Wer bestimmte Zeilen nicht zahlt."), _("Befreiung ergänzen")),
    )),
    SectionWords("kaution", _("Kaution"), (
        ListWords("deposit", _("Kautionen"), _("Geld, das zurückkommt. Alle passenden zählen zusammen."),
                  _("Kaution ergänzen")),
    )),
    SectionWords("steuer", _("Steuer"), (
        ListWords("tax", _("Umsatzsteuer"), _("Die genaueste Regel zählt für jede Zeile."), _("Steuer ergänzen")),
    )),
    SectionWords("regeln", _("Regeln"), (
        ListWords("limits", _("Regeln der Nutzung"), _("Fristen, Dauer, Kontingente, Voraussetzungen."),
                  _("Regel ergänzen")),
        ListWords("handover", _("Übergabe"), _("Wann Schlüssel übergeben werden."), _("Übergabe ergänzen")),
    )),
    SectionWords("absagen", _("Absagen und Zahlen"), (
        ListWords("cancellation", _("Was eine Absage kostet"), _("Die genaueste passende Stufe zählt."),
                  _("Stufe ergänzen")),
        ListWords("payment", _("Wann zu zahlen ist"), _("Fristen für Entgelt und Kaution."), _("Frist ergänzen")),
    )),
    SectionWords("begriffe", _("Fragen und Begriffe"), (
        ListWords("facts", _("Fragen"), _("Was die Regeln wissen müssen, und was nach der Nutzung abgelesen wird."),
                  _("Frage ergänzen")),
        ListWords("ambiguities", _("Wo der Text Spielraum lässt"), _("Offene Stellen mit ihren Lesarten."),
                  _("Offene Stelle ergänzen")),
        ListWords("classes", _("Klassen"), _("Was sich aus der Buchung ergibt, zum Beispiel die Größe."),
                  _("Klasse ergänzen")),
        ListWords("day_parts", _("Tagesabschnitte"), _("Zum Beispiel Vormittag und Abend."),
                  _("Tagesabschnitt ergänzen")),
        ListWords("units", _("Eigene Einheiten"), _("Wörter für Einheiten, die es sonst nicht gibt."),
                  _("Einheit ergänzen")),
        ListWords("accounts", _("Guthaben"), _("Was weitergetragen wird, zum Beispiel eine Karte mit Stunden."),
                  _("Guthaben ergänzen")),
    )),
    SectionWords(EXAMPLES, _("Beispiele"), (
        ListWords("examples", _("Beispiele"), _("Gerechnete Fälle. Sie prüfen die Ordnung bei jeder Änderung."),
                  _("Beispiel ergänzen")),
    )),
)  # fmt: skip
SECTION_OF = {one.key: section for section in SECTIONS for one in section.lists}


def section_by_slug(slug: str) -> SectionWords | None:
    """The section with this slug."""
    return next((section for section in SECTIONS if section.slug == slug), None)


def list_words(listed: str) -> ListWords | None:
    """What a list of the document is called."""
    section = SECTION_OF.get(listed)
    return next((one for one in section.lists if one.key == listed), None) if section else None


def section_url(version_id: int, slug: str) -> str:
    """Where a section of a draft is edited."""
    return reverse("backoffice_draft_section", args=[version_id, slug])


def section_nav(version_id: int, data: Mapping[str, object], current: str) -> list[NavItem]:
    """The sections as links, with how many entries each holds."""
    return [
        NavItem(
            str(section.title),
            section_url(version_id, section.slug),
            section.slug == current,
            count=sum(len(_entries(data.get(one.key))) for one in section.lists),
        )
        for section in SECTIONS
    ]


def _entries(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()

"""A sign-up in words: the check page and the little picture of the site beside each question.

Not here: the questions (``forms``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.ordinances.library import library_document
from design_system.colours import guard
from design_system.contracts import SummaryRow
from onboarding.birth_plans import DEFAULT_COLOUR
from onboarding.contracts import SignUpView
from onboarding.municipality_keys import STATE_NAMES
from onboarding.offers import OFFER_CHOICES
from tenants.models import InstitutionKind


@dataclass(frozen=True, slots=True)
class SitePreview:
    """The new site as far as it is known. Colours have passed the contrast guard."""

    name: str
    slug: str
    tagline: str
    place: str
    accent: str
    on_accent: str
    tint: str
    logo_url: str


def preview_of(sign_up: SignUpView) -> SitePreview:
    """What the picture beside the question shows; examples where nothing was said yet."""
    colour = guard(sign_up.answer("look", "brand_colour") or DEFAULT_COLOUR).light
    slug = sign_up.answer("domain", "slug")
    logo = sign_up.answer("look", "logo")
    return SitePreview(
        name=sign_up.answer("name", "official_name"),
        slug=slug or _("ihr-ort"),
        tagline=sign_up.answer("look", "tagline"),
        place=sign_up.answer("offers", "place"),
        accent=colour.accent,
        on_accent=colour.on_accent,
        tint=colour.tint,
        logo_url=f"data:image/png;base64,{logo}" if logo else "",
    )


def summary_of(sign_up: SignUpView, token: str) -> Sequence[SummaryRow]:
    """Every answer with its way back."""
    answer = sign_up.answer

    def row(label: str, value: str | list[str], slug: str, note: str = "") -> SummaryRow:
        url = reverse("sign_up_step", args=[token, slug]) + "?aendern"
        return SummaryRow(label, value, url, note)

    town = f"{answer('address', 'postal_code')} {answer('address', 'city')}"
    state = STATE_NAMES.get(answer("key", "federal_state"), "")
    contact = [answer("address", "contact_email"), answer("address", "contact_phone")]
    return (
        row(_("Einrichtung"), str(InstitutionKind(answer("kind", "kind")).label), "art"),
        row(_("Name"), [answer("name", "official_name"), answer("name", "short_name")], "name"),
        row(_("Gemeindeschlüssel"), _filled([answer("key", "municipality_key"), state]), "schluessel"),
        row(_("Einwohnerzahl"), str(answer("key", "population") or _("nicht angegeben")), "schluessel"),
        row(_("Anschrift"), [answer("address", "street"), town], "anschrift"),
        row(_("Kontakt"), _filled(contact), "anschrift"),
        row(
            _("Verwaltet von"),
            [answer("email", "name"), sign_up.email],
            "email",
            _("E-Mail-Adresse bestätigt"),
        ),
        row(_("Internetadresse"), f"{answer('domain', 'slug')}.{settings.BASE_HOST}", "adresse"),
        row(_("Aussehen"), _look_words(sign_up), "aussehen"),
        row(_("Erste Angebote"), _offer_words(sign_up), "angebote"),
        row(_("Rechtstexte"), _legal_words(sign_up), "rechtstexte"),
        row(
            _("Vereinbarung"),
            _("Fassung %(version)s, zugestimmt von %(who)s")
            % {"version": answer("agreement", "version"), "who": answer("agreement", "accepted_by")},
            "vereinbarung",
        ),
    )


def _filled(lines: list[Any]) -> list[str]:
    return [str(line) for line in lines if line]


def _look_words(sign_up: SignUpView) -> list[str]:
    colour = sign_up.answer("look", "brand_colour") or DEFAULT_COLOUR
    logo = _("mit Logo") if sign_up.answer("look", "logo") else _("ohne Logo")
    return _filled(
        [
            _("Farbe %(colour)s, %(logo)s") % {"colour": colour, "logo": logo},
            sign_up.answer("look", "tagline"),
        ]
    )


def _offer_words(sign_up: SignUpView) -> list[str]:
    choice = sign_up.answer("offers", "choice")
    label = str(dict(OFFER_CHOICES).get(choice, "")).split("\n", maxsplit=1)[0]
    further = ""
    if choice == "library":  # this one document: reading the whole collection takes a worker seconds
        further = library_document(sign_up.answer("offers", "library")).name.de
    elif choice == "file":
        further = sign_up.answer("offers", "document_name")
    return _filled([label, further, sign_up.answer("offers", "place")])


def _legal_words(sign_up: SignUpView) -> str:
    changed = [name for name in ("imprint", "privacy", "accessibility") if sign_up.answer("legal", name)]
    if not changed:
        return _("Entwürfe übernommen")
    return _("Von Ihnen geändert: %(count)s von 3") % {"count": len(changed)}

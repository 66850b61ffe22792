"""The answers of a sign-up in words; an answer without words is shown by its own name.

Not here: the questions themselves (``onboarding.forms``).
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

_LONGEST = 200
_PICTURES = frozenset({"logo"})
_LABELS = {
    "kind.kind": _("Art"),
    "name.official_name": _("Amtlicher Name"),
    "name.short_name": _("Kurzer Name"),
    "key.municipality_key": _("Gemeindeschlüssel"),
    "key.federal_state": _("Bundesland"),
    "address.street": _("Straße und Hausnummer"),
    "address.postal_code": _("Postleitzahl"),
    "address.city": _("Ort"),
    "address.contact_email": _("E-Mail der Einrichtung"),
    "address.contact_phone": _("Telefon"),
    "domain.slug": _("Adresse der Seite"),
    "look.brand_colour": _("Farbe"),
    "look.tagline": _("Leitsatz"),
    "offers.place": _("Erster Standort"),
    "offers.choice": _("Vorlage"),
}


def answers_in_words(answers: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """Label and text of each answer; pictures are left out, long texts are cut."""
    for step, values in answers.items():
        for name, value in values.items() if isinstance(values, Mapping) else [("", values)]:
            if name in _PICTURES:
                continue
            text = str(value)
            key = f"{step}.{name}" if name else step
            yield str(_LABELS.get(key, key)), text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"

"""Why a line of a price is as it is: its inputs, the rule in words, where it stands.

Not here: working a line out (``engines.ordinance``).
"""

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import PriceLine
from booking_core.web.tariffs.choices import in_words

_RULE_MARKS = (". Regel: ", ". Rule: ")  # between figures and rule in the engine's sentence


def line_reasons(line: PriceLine) -> tuple[tuple[str, str], ...]:
    """Label and text of each part of the explanation, in the language of the page."""
    figures, rule = _parts(in_words(line.explanation))
    reasons = [(_("Berechnung"), figures), (_("Regel"), rule), (_("Fundstelle"), line.paragraph)]
    if line.after_use:
        reasons.append((_("Abrechnung"), _("Das wird nach der Nutzung abgerechnet.")))
    if line.tax_percent and line.tax_mode == "included":
        reasons.append((_("Umsatzsteuer"), _("ist in diesem Betrag enthalten")))
    return tuple((label, text) for label, text in reasons if text)


def _parts(sentence: str) -> tuple[str, str]:
    for mark in _RULE_MARKS:
        if mark in sentence:
            figures, _mark, rule = sentence.partition(mark)
            return figures, rule
    return sentence, ""

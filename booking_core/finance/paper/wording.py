"""The legal sentences of an invoice in the active language.

Not here: the layout (``invoice.typ``).
"""

from django.utils.translation import gettext as _

from booking_core.engines.tax import Exemption


def exemption_words(exemption: Exemption | None) -> str:
    """Why no tax is shown, with the paragraph of the Umsatzsteuergesetz."""
    sentences = {
        Exemption.NOT_TAXABLE: _("Nicht steuerbar nach § 2b UStG"),
        Exemption.SMALL_BUSINESS: _("Kein Ausweis von Umsatzsteuer nach § 19 UStG (Kleinunternehmer)"),
        Exemption.LETTING: _("Steuerfrei nach § 4 Nr. 12 Buchst. a UStG (Vermietung)"),
        Exemption.CULTURE: _("Steuerfrei nach § 4 Nr. 20 UStG (Kultur)"),
        Exemption.COURSES: _("Steuerfrei nach § 4 Nr. 22 UStG (Bildung, Sport)"),
    }
    return sentences[exemption] if exemption is not None else ""

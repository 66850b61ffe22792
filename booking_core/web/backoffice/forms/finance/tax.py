"""How the town stands to value added tax from a day on.

Not here: what a change does to bookings (``workflows.tax_change``).
"""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.engines.tax import Exemption, TaxPeriod, TaxStatus
from design_system.widgets import DateWidget

STATUS = [
    (TaxStatus.NOT_TAXABLE.value, _("nicht steuerbar (§ 2b UStG): keine Umsatzsteuer")),
    (TaxStatus.SMALL_BUSINESS.value, _("Kleinunternehmer (§ 19 UStG): keine Umsatzsteuer")),
    (TaxStatus.REGULAR.value, _("steuerpflichtig: Umsatzsteuer, wo die Satzung sie nennt")),
]
EXEMPTIONS = [
    (Exemption.LETTING.value, _("Vermietung, § 4 Nr. 12 a UStG")),
    (Exemption.CULTURE.value, _("Kultur, § 4 Nr. 20 UStG")),
    (Exemption.COURSES.value, _("Bildung und Sport, § 4 Nr. 22 UStG")),
]


class TaxStatusForm(forms.Form):
    """The status and, where the town is taxable, why lines without tax have none."""

    status = forms.ChoiceField(label=_("Umsatzsteuer"), choices=STATUS, widget=forms.RadioSelect)
    exemption = forms.ChoiceField(
        label=_("Grund bei steuerfreien Zeilen"),
        choices=EXEMPTIONS,
        required=False,
        help_text=_("Nur für steuerpflichtige Kommunen."),
    )

    def period_from(self, day: date) -> TaxPeriod:
        """What was chosen, from this day on."""
        typed = self.cleaned_data
        exemption = Exemption(typed["exemption"] or Exemption.LETTING)
        return TaxPeriod(day, TaxStatus(typed["status"]), exemption, typed.get("keeps_prices", False))


class TaxChangeForm(TaxStatusForm):
    """A change on a day. ``seen``: the preview the person looked at."""

    from_on = forms.DateField(
        label=_("Gilt ab"),
        widget=DateWidget,
        help_text=_("Es zählt der Tag der Nutzung, nicht der Tag der Rechnung."),
    )
    keeps_prices = forms.BooleanField(
        label=_("Vereinbarte Preise gelten auch ohne Umsatzsteuer weiter"),
        required=False,
        help_text=_(
            "Nur, wenn keine Umsatzsteuer mehr ausgewiesen wird: Wo die Satzung sie im Preis nennt, bleibt der Preis, "
            "und die Rechnung weist keine aus. Sonst lassen sich solche Buchungen nicht berechnen."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=100)
    field_order = ("from_on", "status", "exemption", "keeps_prices", "seen")

    def change(self) -> TaxPeriod:
        """The valid form as a period."""
        day: date = self.cleaned_data["from_on"]
        return self.period_from(day)

    def with_terms(self, terms: str) -> "TaxChangeForm":
        """The same answers, with what the person is about to see."""
        data: dict[str, Any] = {name: self.data.get(name, "") for name in self.fields}
        return TaxChangeForm({**data, "seen": terms})

"""Which ways are paid online, and what becomes of a deposit that was.

Not here: checking and saving (``finance.services.profile``, ``workflows.payments.deposits``).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.finance.contracts import ProfileView
from booking_core.finance.services.profile import OnlineWays
from booking_core.web.backoffice.forms.finance.amounts import EuroField

_DEPOSITS = [
    ("", _("gar nicht")),
    ("payment", _("eingezogen und danach zurückgezahlt")),
    ("hold", _("auf der Karte reserviert, wo sieben Tage reichen; sonst eingezogen")),
]


class OnlineWaysForm(forms.Form):
    """By purpose; what is off here is paid by transfer or on site as before."""

    fees = forms.BooleanField(label=_("Rechnungen online bezahlen"), required=False)
    pays_first = forms.BooleanField(
        label=_("Buchungen, die sich selbst bestätigen, werden erst mit der Zahlung fest"),
        required=False,
        help_text=_("Die Zeit bleibt 40 Minuten vorgemerkt, und länger, solange die Bezahlseite offen ist."),
    )
    deposit = forms.ChoiceField(
        label=_("Kautionen online"),
        choices=_DEPOSITS,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Eine Karte reserviert einen Betrag höchstens sieben Tage lang."),
    )

    def ways(self) -> OnlineWays:
        """What was chosen."""
        chosen = self.cleaned_data
        return OnlineWays(chosen["fees"], chosen["deposit"], chosen["pays_first"])


def initial_ways(profile: ProfileView | None) -> dict[str, object]:
    """What is stored now."""
    if profile is None:
        return {}
    return {"fees": profile.fees_online, "pays_first": profile.pays_first, "deposit": profile.deposit_online}


class EndDepositForm(forms.Form):
    """How much is kept, and why; the rest goes back the way it came."""

    keep = EuroField(label=_("Davon einbehalten"), required=False, help_text=_("Leer lassen: nichts."))
    reason = forms.CharField(
        label=_("Grund"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nötig, wenn etwas einbehalten wird."),
    )

"""Forms of the console."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why a town is suspended or resumed."""

    reason = forms.CharField(
        label=_("Grund"),
        help_text=_("Steht im Protokoll der Betreiberinnen und Betreiber."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TownFilterForm(forms.Form):
    """Which towns the list shows; lives in the address."""

    q = forms.CharField(label=_("Name, Adresse oder E-Mail"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Zustand"),
        required=False,
        choices=[
            ("", _("Alle Zustände")),
            ("live", _("in Betrieb")),
            ("provisioning", _("wird eingerichtet")),
            ("suspended", _("abgeschaltet")),
        ],
    )

"""Entering a domain of the town's own.

Not here: which are possible (``tenants.own_domains.naming``).
"""

from django import forms
from django.utils.translation import gettext_lazy as _


class DomainForm(forms.Form):
    """One domain, typed or pasted."""

    domain = forms.CharField(
        label=_("Ihre Adresse im Internet"),
        max_length=300,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
        help_text=_("Zum Beispiel: buchen.musterstadt.de. Sie muss Ihnen schon gehören."),
    )

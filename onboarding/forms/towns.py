"""Looking for a town on the front page.

Not here: signing one up.
"""

from django import forms
from django.utils.translation import gettext_lazy as _


class TownSearchForm(forms.Form):
    """Part of a name or place; lives in the address."""

    ort = forms.CharField(label=_("Kommune oder Ort suchen"), required=False, max_length=100)

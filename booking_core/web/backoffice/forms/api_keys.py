"""Making a key for other software, and changing what it may do.

Not here: what a scope allows (``api``).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.identity.api_keys import SCOPES
from booking_core.web.backoffice.forms.fields import ChecksField
from design_system.widgets import DateWidget


class ApiKeyRightsForm(forms.Form):
    """Name and scopes of a key."""

    name = forms.CharField(
        label=_("Wofür ist der Schlüssel?"),
        max_length=100,
        help_text=_("Zum Beispiel: Belegungsplan auf unserer Webseite"),
    )
    scopes = ChecksField(label=_("Was darf das Programm?"), choices=list(SCOPES.items()))


class ApiKeyForm(ApiKeyRightsForm):
    """Name, scopes and last day of a new key."""

    expires_on = forms.DateField(
        label=_("Gilt bis einschließlich"),
        required=False,
        widget=DateWidget,
        help_text=_("Leer heißt: bis Sie ihn sperren."),
    )

"""Inviting colleagues and changing their roles.

Not here: what a role may do (``roles``).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.fields import ChecksField, Choices, NumbersField
from design_system.form_choices import offer

ROLE_CHOICES = [
    ("administrator", _("Administration: darf alles, auch Team und Einstellungen")),
    ("clerk", _("Sachbearbeitung: entscheidet Anfragen, pflegt Buchungen und Angebote")),
    ("caretaker", _("Hausdienst: sieht die Nutzungen des Tages, sperrt Räume, schreibt Notizen")),
    ("treasurer", _("Kasse: sieht Buchungen und Beträge, lädt Listen herunter")),
    ("reader", _("Nur lesen: sieht alles aus dem Tagesgeschäft, ändert nichts")),
]


class RolesForm(forms.Form):
    """Roles of one account, and the locations they are for."""

    roles = ChecksField(label=_("Rollen"), choices=ROLE_CHOICES)
    location_ids = NumbersField(
        label=_("Nur für diese Standorte"),
        required=False,
        help_text=_("Nichts angekreuzt heißt: für alle Standorte."),
    )

    def __init__(self, *args: object, locations: Choices, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments pass through
        offer(self, "location_ids", locations)
        if not locations:
            del self.fields["location_ids"]


class InvitationForm(RolesForm):
    """A new colleague."""

    email = forms.EmailField(label=_("Dienstliche E-Mail-Adresse"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200)
    field_order = ["email", "name", "roles", "location_ids"]

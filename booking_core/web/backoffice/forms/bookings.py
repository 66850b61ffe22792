"""Filtering the list of bookings, moving one, changing its details, cancelling it.

Not here: entering a new one (``forms.new_booking``).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.contracts import ResourceView
from booking_core.reservations.contracts import BookingFilter, BookingView, Contact
from booking_core.web.backoffice.forms.fields import Choices, NumbersField
from booking_core.web.backoffice.forms.times import SpanForm
from booking_core.web.pieces import PREFIX, is_counted, piece_fields
from booking_core.web.tariffs.choices import cancelling_fields
from booking_core.workflows.contracts import Question
from design_system.form_choices import offer
from design_system.widgets import DateWidget

STATES = [
    ("", _("alle")),
    ("requested", _("angefragt")),
    ("confirmed", _("bestätigt")),
    ("declined", _("abgelehnt")),
    ("cancelled", _("storniert")),
]


class BookingFilterForm(forms.Form):
    """What the list shows; it lives in the address, so a list can be kept as a bookmark."""

    q = forms.CharField(label=_("Name, Titel oder Nummer"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Zustand"), required=False, choices=STATES)
    resource = forms.TypedChoiceField(label=_("Angebot"), required=False, coerce=int, empty_value=None)
    location = forms.TypedChoiceField(label=_("Standort"), required=False, coerce=int, empty_value=None)
    first_on = forms.DateField(label=_("Von"), required=False, widget=DateWidget)
    last_on = forms.DateField(label=_("Bis"), required=False, widget=DateWidget)

    def __init__(self, *args: Any, resources: Choices, locations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "resource", [("", _("alle")), *resources])
        offer(self, "location", [("", _("alle")), *locations])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("„Bis“ liegt vor „Von“."))
        return cleaned

    def wanted_locations(self) -> frozenset[int]:
        """The location asked for; empty means all."""
        place = self.cleaned_data.get("location")
        return frozenset({place}) if place else frozenset()

    def booking_filter(self, locations: frozenset[int]) -> BookingFilter:
        """The filter the list is read with; ``locations`` is what the member may see of the wish."""
        chosen = self.cleaned_data
        return BookingFilter(
            states=frozenset({chosen["state"]}) if chosen.get("state") else frozenset(),
            resource_ids=frozenset({chosen["resource"]}) if chosen.get("resource") else frozenset(),
            location_ids=locations,
            first_on=chosen.get("first_on"),
            last_on=chosen.get("last_on"),
            text=chosen.get("q", ""),
            newest_first=True,
        )


class MoveForm(SpanForm):
    """Other times, other rooms, another number of what is booked in pieces."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    resource_ids = NumbersField(label=_("Wo"))
    field_order = ["expected_version", "resource_ids"]

    def __init__(
        self, *args: Any, resources: Choices, things: Mapping[ResourceView, int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "resource_ids", resources)
        self.things = things
        for name, field in piece_fields(things).items():
            field.required = False
            self.fields[name] = field
        for one, number in things.items():
            if is_counted(one):
                self.fields[PREFIX + one.slug].initial = number

    def pieces(self) -> dict[int, int]:
        """How many of the things that stay, where a number was typed."""
        stays = {int(one) for one in self.cleaned_data["resource_ids"]}
        typed = {one.id: self.cleaned_data.get(PREFIX + one.slug) for one in self.things if one.id in stays}
        return {one: number for one, number in typed.items() if number}


class DetailsForm(forms.Form):
    """What can be corrected without asking the rules again: words and contact data."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Was findet statt?"), max_length=120)
    message = forms.CharField(
        label=_("Nachricht"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    title_is_public = forms.BooleanField(
        label=_("Titel im öffentlichen Belegungsplan zeigen"),
        required=False,
        help_text=_("Nur, wenn die Buchenden zugestimmt haben."),
    )
    organisation_name = forms.CharField(label=_("Verein oder Organisation"), required=False, max_length=200)
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=40)
    street = forms.CharField(label=_("Straße und Hausnummer"), required=False, max_length=200)
    postal_code = forms.CharField(label=_("Postleitzahl"), required=False, max_length=10)
    city = forms.CharField(label=_("Ort"), required=False, max_length=100)

    def contact(self) -> Contact:
        """The contact as typed."""
        return contact_from(self.cleaned_data)


class CancelForm(forms.Form):
    """Whose wish it is, what the rules of cancelling ask, and why; the reason goes into the mail.

    ``agreed`` is the fee the clerk saw, in cents; another answer may change it.
    """

    at_wish_of = forms.ChoiceField(
        label=_("Wer sagt ab?"),
        choices=[
            ("office", _("Die Verwaltung. Es kostet nichts.")),
            ("party", _("Die Person, die gebucht hat. Sie zahlt, was die Satzung vorsieht.")),
        ],
        initial="office",
        required=False,
        widget=forms.RadioSelect,
    )
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)

    reason = forms.CharField(
        label=_("Grund"),
        max_length=900,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Steht so in der E-Mail."),
    )

    def __init__(self, *args: Any, questions: tuple[Question, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.update(cancelling_fields(questions))
        self.order_fields(["at_wish_of", *cancelling_fields(questions), "reason"])


def contact_from(cleaned: dict[str, Any]) -> Contact:
    """The contact out of cleaned form data."""
    names = ("name", "email", "phone", "street", "postal_code", "city", "organisation_name")
    return Contact(**{name: cleaned.get(name, "") for name in names})


def details_of(booking: BookingView) -> dict[str, object]:
    """What the form for details starts with."""
    contact = booking.contact
    return {
        "expected_version": booking.version,
        "title": booking.title,
        "message": booking.message,
        "title_is_public": booking.title_is_public,
        "organisation_name": contact.organisation_name,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "street": contact.street,
        "postal_code": contact.postal_code,
        "city": contact.city,
    }

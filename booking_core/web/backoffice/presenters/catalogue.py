"""Places and resources as the back office lists them.

Not here: how citizens see them (``web.citizen``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import LocationView, ResourceView, SpecialDayView
from booking_core.reservations.closure_contracts import ClosureView
from booking_core.web.backoffice.forms.catalogue import AUDIENCES
from booking_core.web.backoffice.forms.fields import minutes_to_text
from booking_core.web.backoffice.presenters.lists import Action
from design_system.contracts import Cell, Column, NavItem, Table
from design_system.templatetags.formats import long_date, span_words


@dataclass(frozen=True, slots=True)
class PlaceSection:
    """One location with its resources, for the catalogue page."""

    id: int
    name: str
    address: str
    is_published: bool
    actions: Sequence[Action]
    table: Table


def place_sections(
    places: Sequence[LocationView],
    resources: Sequence[ResourceView],
    *,
    ordinance_names: Mapping[int, str],
    can_edit: bool,
) -> list[PlaceSection]:
    """The catalogue by location, in the town's order; ``ordinance_names``: resource id → what prices it."""
    return [
        PlaceSection(
            place.id,
            place.name,
            place.address,
            place.is_published,
            _place_actions(place) if can_edit else (),
            _resource_table(
                place,
                [one for one in resources if one.location.id == place.id],
                ordinance_names,
                can_edit=can_edit,
            ),
        )
        for place in places
    ]


def _place_actions(place: LocationView) -> list[Action]:
    return [
        Action(_("Neues Angebot hier"), f"{reverse('backoffice_resource_new')}?standort={place.id}", "plus"),
        Action(_("Standort bearbeiten"), reverse("backoffice_location", args=[place.id]), "edit", "tertiary"),
    ]


def _resource_table(
    place: LocationView,
    resources: Sequence[ResourceView],
    ordinance_names: Mapping[int, str],
    *,
    can_edit: bool,
) -> Table:
    audiences = dict(AUDIENCES)
    return Table(
        caption=_("Angebote: %(place)s") % {"place": place.name},
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        empty_text=_("Hier gibt es noch kein Angebot."),
        columns=[Column(_("Name")), Column(_("Art")), Column(_("Plätze"), is_numeric=True), Column(_("Einheiten")),
                 Column(_("Wer darf buchen")), Column(_("Entgelt")), Column(_("Webseite"))],
        rows=[
            [
                Cell(one.name, reverse("backoffice_resource", args=[one.id]) if can_edit else "", note=one.summary),
                one.kind_label,
                str(one.capacity or ""),
                _units(one),
                str(audiences[one.audience]),
                ordinance_names.get(one.id) or Cell(_("fehlt"), tone="warning"),
                Cell(_("sichtbar"), tone="success") if one.is_published else Cell(_("verborgen"), tone="neutral"),
            ]
            for one in resources
        ],
    )  # fmt: skip


def _units(resource: ResourceView) -> str:
    if resource.most_pieces > 1:
        return _("%(count)s Stück") % {"count": resource.most_pieces}
    if len(resource.claims) > 1:
        return ", ".join(claim.unit_name for claim in resource.claims)
    return _("ganz")


def resource_tabs(resource: ResourceView, current: str) -> list[NavItem]:
    """The pages of one resource."""
    pages = (
        ("backoffice_resource", _("Angaben")),
        ("backoffice_resource_hours", _("Öffnungszeiten")),
        ("backoffice_resource_photos", _("Fotos")),
        ("backoffice_resource_parts", _("Teile")),
        ("backoffice_resource_tariff", _("Entgelt")),
    )
    return [NavItem(label, reverse(route, args=[resource.id]), route == current) for route, label in pages]


def location_tabs(place: LocationView, current: str) -> list[NavItem]:
    """The pages of one location."""
    pages = (
        ("backoffice_location", _("Angaben")),
        ("backoffice_location_hours", _("Öffnungszeiten")),
        ("backoffice_location_photos", _("Fotos")),
    )
    return [NavItem(label, reverse(route, args=[place.id]), route == current) for route, label in pages]


def special_day_rows(days: Sequence[SpecialDayView]) -> list[dict[str, object]]:
    """Days that differ, with the words for their hours."""
    rows = []
    for day in days:
        dates = long_date(day.first_on)
        if day.last_on != day.first_on:
            dates = f"{dates} – {long_date(day.last_on)}"
        hours = _("geschlossen")
        if day.opens_minutes is not None and day.closes_minutes is not None:
            hours = f"{minutes_to_text(day.opens_minutes)}–{minutes_to_text(day.closes_minutes)}"
        rows.append({"id": day.id, "dates": dates, "reason": day.reason, "hours": hours})
    return rows


def closure_table(closures: Sequence[ClosureView]) -> Table:
    """Closures in order of time; each can be lifted."""
    return Table(
        caption=_("Sperrungen"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Zeit")), Column(_("Wo")), Column(_("Grund")), Column(_("Von")),
                 Column(_("Aufheben"), is_hidden_label=True)],
        rows=[
            [
                span_words(one.span),
                Cell(one.resource_name or _("ganzer Standort"), note=one.location_name),
                one.reason,
                one.created_by_label,
                Cell(_("Aufheben"), reverse("backoffice_closure_lift", args=[one.uuid])),
            ]
            for one in closures
        ],
    )  # fmt: skip


def tariff_entries(
    names: Mapping[int, str], documents: Mapping[int, Sequence[tuple[str, str]]]
) -> list[tuple[str, str]]:
    """Choices ``ordinance id:code`` with the ordinance's name and the entry's label."""
    return [
        (f"{ordinance_id}:{code}", f"{names[ordinance_id]}: {label}")
        for ordinance_id, entries in documents.items()
        for code, label in entries
    ]

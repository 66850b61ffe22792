"""Units and who claims them: halls in thirds, shared foyers, sets of chairs (DESIGN §3).

Not here: taking time of a unit (``reservations.services.occupy``).

A claim decides which rows a booking writes, so claims change only under a lock that bookings respect (``FOR
UPDATE`` on the resource; a booking holds ``FOR KEY SHARE`` on it), and never while time is taken ahead.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ClaimData, ResourceView, UnitView
from booking_core.catalog.errors import UnitsInUse
from booking_core.catalog.models import Location, Resource, ResourceUnit, Unit
from booking_core.catalog.queries import resource_by_id
from booking_core.catalog.services.slugs import slug_for
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from tenants.town_facts import town_facts_changed

_FEWEST_PARTS = 2
_COPIED_TO_PARTS = (
    "location_id",
    "kind",
    "amenities",
    "accessibility",
    "accessibility_note",
    "house_rules",
    "audience",
    "buffer_before_minutes",
    "buffer_after_minutes",
    "grid_minutes",
    "min_minutes",
    "max_minutes",
    "is_published",
    "position",
)


@transaction.atomic
def save_unit(
    *, name: str, location_id: int, pieces: int = 1, unit_id: int | None = None, actor: Actor
) -> UnitView:
    """Make a unit that resources can share (a foyer, a stock of chairs), or change one.

    Raises InvalidInput, NotFound, UnitsInUse.
    """
    if not name.strip():
        raise InvalidInput(_("Geben Sie einen Namen ein."), field="name")
    if pieces < 1:
        raise InvalidInput(_("Geben Sie eine Zahl größer als null ein."), field="pieces")
    if not Location.objects.filter(pk=location_id).exists():
        raise InvalidInput(_("Diesen Ort gibt es nicht."), field="location_id")
    if unit_id is None:
        unit = Unit.objects.create(name=name.strip(), location_id=location_id, pieces=pieces)
    else:
        change_pieces(unit_id, pieces)
        unit = Unit.objects.get(pk=unit_id)
        unit.name, unit.location_id = name.strip(), location_id
        unit.save(update_fields=["name", "location_id"])
    town_facts_changed()
    audit("unit.saved", actor=actor, subject_type="unit", subject_id=unit.pk, data={"name": unit.name})
    return UnitView(unit.pk, unit.location_id, unit.name, unit.pieces)


def change_pieces(unit_id: int, pieces: int) -> None:
    """Set the stock of a unit. Call inside a transaction. Raises UnitsInUse where more is promised, NotFound."""
    unit = Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).first()
    if unit is None:
        raise NotFound(_("Diese Einheit gibt es nicht."))
    if unit.pieces == pieces:
        return
    ahead = unit.occupancies.filter(span__endswith__gt=Now())
    if ahead.filter(pieces__endswith__gt=pieces).exists():
        raise UnitsInUse(
            _("So viele Stücke sind schon vergeben. Stornieren Sie zuerst die Buchungen."), field="pieces"
        )
    unit.pieces = pieces
    unit.save(update_fields=["pieces"])


@transaction.atomic
def set_claims(resource_id: int, claims: Sequence[ClaimData], *, actor: Actor) -> ResourceView:
    """Let a resource claim exactly these units. Raises InvalidInput, NotFound, UnitsInUse."""
    if not claims:
        raise InvalidInput(_("Ein Angebot braucht mindestens eine Einheit."), field="claims")
    if len({claim.unit_id for claim in claims}) != len(claims):
        raise InvalidInput(_("Jede Einheit darf nur einmal vorkommen."), field="claims")
    resource = locked_resource(resource_id)
    wanted = {claim.unit_id for claim in claims}
    if Unit.objects.filter(pk__in=wanted).count() != len(wanted):
        raise InvalidInput(_("Diese Einheit gibt es nicht."), field="claims")
    before = {claim.unit_id: claim.is_counted for claim in resource.claims.all()}
    if before != {claim.unit_id: claim.is_counted for claim in claims}:
        _refuse_if_taken_ahead(set(before))
        resource.claims.all().delete()
        ResourceUnit.objects.bulk_create(
            ResourceUnit(resource=resource, unit_id=claim.unit_id, is_counted=claim.is_counted)
            for claim in claims
        )
    town_facts_changed()
    audit(
        "resource.claims_set",
        actor=actor,
        subject_type="resource",
        subject_id=resource_id,
        data={"unit_ids": sorted(wanted)},
    )
    return resource_by_id(resource_id)


@transaction.atomic
def make_parts(
    whole_resource_id: int, part_names: Sequence[str], *, actor: Actor, is_reclaimed: bool = False
) -> tuple[ResourceView, ...]:
    """Divide a hall: one unit and one resource per part; the whole claims all units. Returns the parts.

    The whole's own unit becomes that of the first part, so its past stays readable. Raises InvalidInput (fewer
    than two names, a whole that already shares or has parts), NotFound, UnitsInUse (time is taken ahead), which
    ``is_reclaimed`` lets pass: what is booked takes all parts afterwards (``reservations.services.reclaim``).
    """
    names = [name.strip() for name in part_names if name.strip()]
    if len(names) < _FEWEST_PARTS:
        raise InvalidInput(_("Nennen Sie mindestens zwei Teile."), field="part_names")
    whole = locked_resource(whole_resource_id)
    claims = list(whole.claims.all())
    if len(claims) != 1 or ResourceUnit.objects.filter(unit_id=claims[0].unit_id).count() != 1:
        raise InvalidInput(_("Dieses Angebot ist schon geteilt oder teilt sich eine Einheit."))
    if not is_reclaimed:
        _refuse_if_taken_ahead({claims[0].unit_id})
    units = [_first_unit(claims[0].unit_id, names[0], is_reclaimed=is_reclaimed)]
    units += [Unit.objects.create(location_id=whole.location_id, name=name) for name in names[1:]]
    ResourceUnit.objects.filter(pk=claims[0].pk).update(is_counted=False)
    ResourceUnit.objects.bulk_create(ResourceUnit(resource=whole, unit=unit) for unit in units[1:])
    parts = [part_of(whole, unit) for unit in units]
    town_facts_changed()
    audit(
        "resource.divided",
        actor=actor,
        subject_type="resource",
        subject_id=whole.pk,
        data={"parts": names},
    )
    return tuple(resource_by_id(part.pk) for part in parts)


def _first_unit(unit_id: int, name: str, *, is_reclaimed: bool) -> Unit:
    if not is_reclaimed:
        change_pieces(unit_id, 1)
    unit = Unit.objects.get(pk=unit_id)
    unit.name, unit.pieces = name, 1
    unit.save(update_fields=["name", "pieces"])
    return unit


def part_of(whole: Resource, unit: Unit) -> Resource:
    """An offer of its own for one unit, made like that of the whole."""
    part = Resource(name=unit.name, **{name: getattr(whole, name) for name in _COPIED_TO_PARTS})
    part.slug = slug_for(Resource, wanted="", name=f"{whole.name} {unit.name}", own_id=None)
    part.save()
    ResourceUnit.objects.create(resource=part, unit=unit)
    return part


def locked_resource(resource_id: int) -> Resource:
    """The resource, locked against bookings and other changes until the transaction ends. Raises NotFound."""
    resource = Resource.objects.select_for_update().filter(pk=resource_id).first()
    if resource is None:
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return resource


def _refuse_if_taken_ahead(unit_ids: set[int]) -> None:
    taken = Unit.objects.filter(pk__in=unit_ids, occupancies__span__endswith__gt=Now())
    if taken.exists():
        raise UnitsInUse(
            _("Hier ist schon Zeit vergeben. Ändern Sie die Aufteilung, wenn nichts mehr aussteht.")
        )

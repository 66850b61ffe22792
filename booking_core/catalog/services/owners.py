"""Hours, special days and photos belong to one location or one resource: find and lock it.

Not here: the rows themselves (``hours``, ``photos``).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from booking_core.catalog.models import Location, Resource
from booking_core.kernel.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class Owner:
    """``kind`` is ``location`` or ``resource``."""

    kind: str
    id: int

    @property
    def columns(self) -> dict[str, int]:
        """The column that names the owner, for filters and new rows; constraints keep the other one empty."""
        return {f"{self.kind}_id": self.id}


def locked_owner(*, location_id: int | None, resource_id: int | None) -> Owner:
    """The one thing rows belong to, locked so that two people saving at once do not mix their rows.

    Call inside a transaction. Raises InvalidInput unless exactly one is given, NotFound.
    """
    if location_id is not None and resource_id is None:
        owner = Owner("location", location_id)
        found = Location.objects.select_for_update(no_key=True).filter(pk=location_id).exists()
    elif resource_id is not None and location_id is None:
        owner = Owner("resource", resource_id)
        found = Resource.objects.select_for_update(no_key=True).filter(pk=resource_id).exists()
    else:
        raise InvalidInput(_("Wählen Sie einen Ort oder ein Angebot."))
    if not found:
        raise NotFound(_("Diesen Ort oder dieses Angebot gibt es nicht."))
    return owner

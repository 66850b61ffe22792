"""Writes of the catalogue, by subject: places, resources, units, hours, photos.

Not here: closures (they take time: ``reservations.services.closures``).
"""

from booking_core.catalog.services.hours import delete_special_day, save_special_day, set_opening_hours
from booking_core.catalog.services.photos import add_photo, delete_photo, describe_photo, reorder_photos
from booking_core.catalog.services.places import save_location
from booking_core.catalog.services.resources import save_resource
from booking_core.catalog.services.units import make_parts, save_unit, set_claims

__all__ = [
    "add_photo",
    "delete_photo",
    "delete_special_day",
    "describe_photo",
    "make_parts",
    "reorder_photos",
    "save_location",
    "save_resource",
    "save_special_day",
    "save_unit",
    "set_claims",
    "set_opening_hours",
]

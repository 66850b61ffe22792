"""Routes of the plan of all halls, of moving what is in it and of swapping.

Not here: other pages of a booking (``urls``).
"""

from typing import Any

from django.views.decorators.http import require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views import moves, plan, swaps

urlpatterns: list[Any] = [
    office_door("plan/", require_safe(plan.plan), "plan", roles.SEE_PLAN),
    office_door("buchungen/<uuid:uuid>/verschieben/", moves.move, "booking_move", roles.DECIDE),
    office_door("buchungen/<uuid:uuid>/tauschen/", require_safe(swaps.swap), "booking_swap", roles.DECIDE),
    office_door(
        "buchungen/<uuid:uuid>/tauschen/<uuid:other>/", swaps.swap_with, "booking_swap_with", roles.DECIDE
    ),
]

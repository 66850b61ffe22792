"""Routes of the plan of all halls and of moving what is in it.

Not here: other pages of a booking (``urls``).
"""

from typing import Any

from django.views.decorators.http import require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views import moves, plan

urlpatterns: list[Any] = [
    office_door("plan/", require_safe(plan.plan), "plan", roles.SEE_PLAN),
    office_door("buchungen/<uuid:uuid>/verschieben/", moves.move, "booking_move", roles.DECIDE),
]

"""Routes of settlements: the list of uses that are over, and settling one.

Not here: the pages themselves (``views.settlements``).
"""

from typing import Any

from django.views.decorators.http import require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views import settlements

urlpatterns: list[Any] = [
    office_door("abrechnung/", require_safe(settlements.due_list), "settlements", roles.SETTLE),
    office_door("abrechnung/<uuid:uuid>/", settlements.settle, "settle", roles.SETTLE),
]

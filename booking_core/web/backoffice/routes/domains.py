"""Routes of the town's web addresses: own domains, their proof, the primary one.

Not here: the pages themselves (``views.domains``). They stand below the settings, before the topics.
"""

from typing import Any

from django.views.decorators.http import require_POST, require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views import domains

_START = "einstellungen/webadressen/"

urlpatterns: list[Any] = [
    office_door(_START, require_safe(domains.domains), "domains", roles.ADMINISTER),
    office_door(f"{_START}neu/", domains.new_domain, "domain_new", roles.ADMINISTER),
    office_door(f"{_START}hauptadresse/", domains.choose_primary, "domain_primary", roles.ADMINISTER),
    office_door(f"{_START}<uuid:uuid>/", require_safe(domains.domain), "domain", roles.ADMINISTER),
    office_door(
        f"{_START}<uuid:uuid>/pruefen/", require_POST(domains.check_domain), "domain_check", roles.ADMINISTER
    ),
    office_door(
        f"{_START}<uuid:uuid>/entfernen/", domains.release_domain, "domain_release", roles.ADMINISTER
    ),
]

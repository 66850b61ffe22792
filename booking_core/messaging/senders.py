"""In whose name a mail goes out: the town the connection stands in, else the platform.

Not here: how a mail is laid out (``layout``).
"""

from booking_core.messaging.contracts import Sender
from design_system.colours import guard
from tenants.context import current_tenant, has_tenant
from tenants.links import main_origin, tenant_origin

PLATFORM_NAME = "Biletado"
PLATFORM_COLOUR = "#0b5d8a"


def name_and_reply_address() -> tuple[str, str]:
    """In whose name, and where answers go: what is kept with a mail. No statement."""
    if not has_tenant():
        return PLATFORM_NAME, ""
    tenant = current_tenant()
    return str(tenant.official_name), str(tenant.contact_email)


def current_sender() -> Sender:
    """The town of this connection; on the main host the platform."""
    if not has_tenant():
        scheme = guard(PLATFORM_COLOUR).light
        return Sender(PLATFORM_NAME, scheme.accent, scheme.on_accent, (), "", main_origin())
    tenant = current_tenant()
    scheme = guard(str(tenant.brand_colour)).light
    town = f"{tenant.postal_code} {tenant.city}".strip()
    return Sender(
        name=str(tenant.official_name),
        accent=scheme.accent,
        on_accent=scheme.on_accent,
        address_lines=tuple(line for line in (str(tenant.street), town, str(tenant.contact_phone)) if line),
        reply_to=str(tenant.contact_email),
        site_url=tenant_origin(),
    )

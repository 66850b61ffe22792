"""What must be there before somebody pays in the browser: Borgstedt takes cards, a booking has its invoice.

Run inside the stack (``manage.py shell``); prints the link of the booking's mail. Not here: paying (``test_payment``).
"""

from datetime import time, timedelta
from uuid import UUID

import requests
from django.utils import timezone

from booking_core.catalog.queries import published_resources
from booking_core.finance.services.profile import OnlineWays, choose_online_ways
from booking_core.identity.contracts import Actor
from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.messaging.booking_links import booking_link
from booking_core.reservations.contracts import Contact
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.payments.connecting import connect, refresh_account
from booking_core.workflows.place_booking import place_booking
from tenants.context import in_tenant, tenant_zone
from tenants.models import Tenant
from tenants.stripe_accounts import connected_account
from tests.browser.test_story import saturday
from tests.factories.catalogue import CLERK
from tests.factories.finance import set_up

ERIKA = Contact(name="Erika Mustermann", email="erika.mustermann@example.org")


def prepare() -> None:
    """Connect the town, book, confirm, bill."""
    with in_tenant(Tenant.objects.get(slug="borgstedt")):
        set_up()
        url = connect(actor=CLERK, return_to="backoffice_online_returned", again_at="backoffice_online_go_on")
        requests.post(
            url, {"step": "submit", "iban": "DE89370400440532013000"}, timeout=10, allow_redirects=False
        )
        account = connected_account()
        assert account is not None
        refresh_account(account.account_id, now=timezone.now())
        choose_online_ways(OnlineWays(fees=True), actor=CLERK)
        print(booking_link(_billed()))  # noqa: T201 — read by the test


def _billed() -> UUID:
    day, zone = saturday() + timedelta(days=7), tenant_zone()
    hall = next(one for one in published_resources() if one.name == "Großer Saal")
    span = Span(at_wall_clock(day, time(11), zone), at_wall_clock(day + timedelta(days=1), time(11), zone))
    booking = place_booking(
        wish=Wish((hall.id,), (span,), group="private", purpose="private_event", persons=30),
        contact=ERIKA,
        title="Taufe",
        message="",
        viewer=Viewer(email=ERIKA.email),
        actor=Actor(ERIKA.name),
        source="site",
        language="de",
        house_rules_accepted=True,
        now=timezone.now(),
    )
    confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)
    bill_booking(booking.uuid, actor=CLERK)
    return booking.uuid

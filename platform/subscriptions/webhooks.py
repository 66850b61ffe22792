"""Where Stripe tells what happened on the platform's own account (Billing).

Not here: events of towns' accounts (``booking_core``).
"""

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking_core.finance.errors import ForgedEvent, ProviderUnreachable
from booking_core.finance.providers.stripe.events import read_event
from subscriptions.services.online import take_event

log = structlog.get_logger(__name__)


@csrf_exempt
@require_POST
def stripe_platform(request: HttpRequest) -> HttpResponse:
    """200 once it is noted, 400 for what is not signed for us, 503 where Stripe should tell it again."""
    secret = settings.STRIPE_PLATFORM_WEBHOOK_SECRET
    if not secret:
        return HttpResponse(status=404)
    try:
        event = read_event(request.body, request.headers.get("Stripe-Signature", ""), secret=secret)
    except ForgedEvent:
        return HttpResponse(status=400)
    if event.account:
        return HttpResponse(status=200)  # of a town's account: not told to this address on purpose
    try:
        take_event(event, now=timezone.now())
    except ProviderUnreachable as fault:
        log.warning("stripe_event_put_off", stripe_event=event.id, error=str(fault))
        return HttpResponse(status=503)
    return HttpResponse(status=200)

"""Stripe's messages about the towns' accounts: one address for all towns, the account decides.

Not here: verifying and working off (``workflows.payments.hearing``).
"""

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booking_core.finance.errors import ForgedEvent, ProviderRefused, ProviderUnreachable, StripeNotSetUp
from booking_core.workflows.payments.hearing import hear

LARGEST_BYTES = 512 * 1024
log = structlog.get_logger(__name__)


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """200: worked off, or nothing of ours; 400: not signed for us; 503: send it again.

    What Stripe refuses to show us (an account that took our access away) will not be shown later either.
    """
    if len(request.body) > LARGEST_BYTES:
        return HttpResponse(status=413)
    try:
        hear(request.body, request.headers.get("Stripe-Signature", ""), now=timezone.now())
    except ForgedEvent:
        return HttpResponse("signature", status=400, content_type="text/plain")
    except ProviderRefused as no:
        log.warning("stripe_event_refused", error=str(no))
    except (ProviderUnreachable, StripeNotSetUp) as fault:
        log.warning("stripe_event_postponed", error=str(fault))
        return HttpResponse(status=503)
    return HttpResponse(status=200)

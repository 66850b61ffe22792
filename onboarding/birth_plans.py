"""From a finished sign-up to a birth: check once more, make the plan, send it off.

Not here: building the town (``tenants.provisioning``) and what it starts with (``furnishing``).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onboarding.contracts import SignUpView
from onboarding.errors import NotReady, SignUpGone
from onboarding.forms.access import verdict_on
from onboarding.legal_texts import texts_of
from onboarding.models import SignUp, SignUpState
from onboarding.offers import ordinance_text
from onboarding.path import CHECK, first_open
from onboarding.queries import view_of
from tenants.errors import NameTaken
from tenants.provisioning.births import retry_birth, start_birth
from tenants.provisioning.plans import BirthPlan
from tenants.queries import job_of

DEFAULT_COLOUR = "#0b5d8a"


def plan_of(sign_up: SignUpView) -> BirthPlan:
    """What is to be built for a finished sign-up."""
    answer = sign_up.answer
    texts = texts_of(sign_up)
    return BirthPlan(
        slug=answer("domain", "slug"),
        kind=answer("kind", "kind"),
        official_name=answer("name", "official_name"),
        short_name=answer("name", "short_name"),
        municipality_key=answer("key", "municipality_key"),
        federal_state=answer("key", "federal_state"),
        population=answer("key", "population") or None,
        street=answer("address", "street"),
        postal_code=answer("address", "postal_code"),
        city=answer("address", "city"),
        contact_name=answer("email", "name"),
        contact_email=answer("address", "contact_email"),
        contact_phone=answer("address", "contact_phone"),
        administrator_email=sign_up.email,
        administrator_name=answer("email", "name"),
        brand_colour=answer("look", "brand_colour") or DEFAULT_COLOUR,
        tagline=answer("look", "tagline"),
        imprint=texts["imprint"],
        privacy=texts["privacy"],
        accessibility_statement=texts["accessibility"],
        agreement_version=answer("agreement", "version"),
        agreement_accepted_at=datetime.fromisoformat(answer("agreement", "accepted_at")),
        agreement_accepted_by=answer("agreement", "accepted_by"),
        furnish={
            "logo": answer("look", "logo"),
            "offers": answer("offers", "choice") or "later",
            "place": answer("offers", "place"),
            "ordinance": ordinance_text(sign_up),
        },
    )


@transaction.atomic
def send_off(uuid: UUID) -> None:
    """Send a finished sign-up: the town's rows are written and a worker begins. A second call changes nothing.

    Raises NotReady with the step to go to, SignUpGone.
    """
    row = SignUp.objects.select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise SignUpGone(_("Diese Anmeldung gibt es nicht mehr."))
    if row.state != SignUpState.OPEN and row.tenant_id is not None:
        return
    sign_up = view_of(row)
    if (slug := first_open(sign_up)) != CHECK:
        raise NotReady(_("Hier fehlt noch eine Angabe."), field=slug)
    verdict = verdict_on(sign_up.answer("domain", "slug"), sign_up)
    if not verdict.is_free:
        raise NotReady(verdict.sentence, field="adresse")
    try:
        job = start_birth(plan_of(sign_up))
    except NameTaken as fault:
        raise NotReady(fault.message, field="adresse") from fault
    row.state, row.tenant_id = SignUpState.SENT, job.tenant_id
    row.save(update_fields=["state", "tenant", "updated_at"])


def try_again(sign_up: SignUpView) -> None:
    """Give the birth of a sent sign-up new attempts, after it failed for good."""
    if sign_up.tenant_id is not None and (job := job_of(sign_up.tenant_id)):
        retry_birth(job)

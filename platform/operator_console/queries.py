"""Reads for operators, across towns. Everything a list shows comes in a fixed number of statements.

Not here: anything about single citizens; operators see counts.
"""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from booking_core.kernel.errors import NotFound
from onboarding.models import SignUp
from operator_console.contracts import SchemaFigures, SignUpRow, TownPage, TownRow
from operator_console.health import read_health
from operator_console.sign_up_words import answers_in_words
from operator_console.town_figures import schema_figures
from tenants.context import PUBLIC
from tenants.links import origin_of_host
from tenants.models import ProvisioningState, Tenant, TenantState


def towns(*, state: str = "", text: str = "") -> tuple[TownRow, ...]:
    """All towns by name; the registry in two statements, the schemas in one and one for each hundred."""
    found = Tenant.objects.exclude(schema_name=PUBLIC).select_related("provisioning")
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(
            Q(official_name__icontains=text) | Q(slug__icontains=text) | Q(contact_email__icontains=text)
        )
    listed = list(found.prefetch_related("domains").order_by("official_name", "pk"))
    figures = schema_figures(town.schema_name for town in listed)
    return tuple(_town_row(town, figures) for town in listed)


def town_page(tenant_id: int) -> TownPage:
    """One town with its health. Raises NotFound."""
    town = _town(tenant_id)
    figures = schema_figures([town.schema_name])
    job = getattr(town, "provisioning", None)
    exists = town.schema_name in figures
    return TownPage(
        row=_town_row(town, figures),
        official_name=town.official_name,
        kind_label=str(town.get_kind_display()),
        municipality_key=town.municipality_key,
        contact_name=town.contact_name,
        contact_email=town.contact_email,
        suspended_reason=town.suspended_reason,
        agreement_version=town.agreement_version,
        agreement_accepted_at=town.agreement_accepted_at,
        domains=tuple((entry.domain, entry.is_primary, entry.verified_at) for entry in town.domains.all()),
        schema_name=town.schema_name,
        birth_state=str(job.get_state_display()) if job else "",
        birth_error=job.error if job else "",
        health=read_health(town) if exists else None,
    )


def town_names() -> dict[str, str]:
    """How towns are called, by their id as the audit trail writes it."""
    found = Tenant.objects.exclude(schema_name=PUBLIC).values_list("pk", "short_name")
    return {str(pk): name for pk, name in found}


def town_name(tenant_id: int) -> str:
    """How a town is called. Raises NotFound."""
    return str(_town(tenant_id).short_name)


def _town(tenant_id: int) -> Tenant:
    town: Tenant | None = (
        Tenant.objects.exclude(schema_name=PUBLIC)
        .select_related("provisioning")
        .prefetch_related("domains")
        .filter(pk=tenant_id)
        .first()
    )
    if town is None:
        raise NotFound(_("Diese Kommune gibt es nicht."))
    return town


def _town_row(town: Tenant, figures: dict[str, SchemaFigures]) -> TownRow:
    primary = next((entry.domain for entry in town.domains.all() if entry.is_primary), "")
    return TownRow(
        id=town.pk,
        name=town.short_name,
        slug=town.slug,
        origin=origin_of_host(primary) if primary else "",
        state=town.state,
        state_label=str(town.get_state_display()),
        figures=figures.get(town.schema_name, SchemaFigures()),
        last_activity_at=town.last_activity_at,
        created_at=town.created_at,
        faults=_faults(town, figures.get(town.schema_name), has_domain=bool(primary)),
    )


def _faults(town: Tenant, figures: SchemaFigures | None, *, has_domain: bool) -> tuple[str, ...]:
    job = getattr(town, "provisioning", None)
    is_born = town.state != TenantState.PROVISIONING
    checks = (
        (bool(job and job.state == ProvisioningState.FAILED), _("Einrichtung gescheitert")),
        (figures is None and is_born, _("Schema fehlt")),
        (not has_domain, _("Keine Hauptadresse")),
        (figures is not None and is_born and not figures.is_current, _("Schema veraltet")),
    )
    return tuple(sentence for is_fault, sentence in checks if is_fault)


def sign_ups(*, state: str = "") -> tuple[SignUpRow, ...]:
    """Sign-ups, the latest change first."""
    found = SignUp.objects.all()
    if state:
        found = found.filter(state=state)
    return tuple(_sign_up_row(row) for row in found.order_by("-updated_at")[:500])


def sign_up(uuid: UUID) -> SignUpRow:
    """One sign-up with its answers. Raises NotFound."""
    row = SignUp.objects.filter(uuid=uuid).first()
    if row is None:
        raise NotFound(_("Diese Anmeldung gibt es nicht."))
    return _sign_up_row(row, with_answers=True)


def _sign_up_row(row: SignUp, *, with_answers: bool = False) -> SignUpRow:
    answers: dict[str, Any] = row.answers
    named = next(
        (
            str(step["official_name"])
            for step in answers.values()
            if isinstance(step, dict) and "official_name" in step
        ),
        "",
    )
    return SignUpRow(
        uuid=row.uuid,
        name=named,
        email=row.email,
        is_verified=row.email_verified_at is not None,
        state=row.state,
        state_label=str(row.get_state_display()),
        steps_done=len(answers),
        created_at=row.created_at,
        updated_at=row.updated_at,
        answers=tuple(answers_in_words(answers)) if with_answers else (),
    )

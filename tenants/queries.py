"""Reads of the registry: which towns there are, which names are taken, how far a birth is.

Not here: anything inside a town. Works from any schema; the registry is always read in public.
"""

import re
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, Subquery

from tenants.context import in_public
from tenants.links import origin_of_host
from tenants.models import Domain, ProvisioningJob, ProvisioningState, Tenant, TenantState
from tenants.provisioning import steps

_HOST = re.compile(r"(?=.{4,253}\Z)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


@dataclass(frozen=True, slots=True)
class TownLink:
    """A town that is open, for lists on the main host."""

    name: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a birth, for the progress page."""

    label: str
    state: Literal["done", "current", "coming", "failed"]


@dataclass(frozen=True, slots=True)
class BirthView:
    """How far a birth is. ``has_failed``: it stopped for good until someone retries it."""

    town: str
    percent: int
    steps: tuple[StepView, ...]
    is_done: bool
    has_failed: bool


def taken_names() -> frozenset[str]:
    """Every sub-domain in use, and the first label of every other domain below the main host."""
    with in_public():
        slugs = set(Tenant.objects.values_list("slug", flat=True))
        ours = Domain.objects.filter(domain__endswith=f".{settings.BASE_HOST}")
        labels = {domain.split(".")[0] for domain in ours.values_list("domain", flat=True)}
    return frozenset(slugs | labels)


def is_own_domain(host: str) -> bool:
    """Whether ``host`` is a domain some town has proven to be its own. One statement, none for what is no host."""
    if not _HOST.fullmatch(host):
        return False
    with in_public():
        towns = Tenant.objects.exclude(state=TenantState.PROVISIONING)
        return bool(towns.filter(domains__domain=host.lower(), domains__verified_at__isnull=False).exists())


def open_towns(
    *, text: str = "", page: str = "1", per_page: int = 24
) -> tuple[tuple[TownLink, ...], "Page[Tenant]"]:
    """The towns in operation by name, one page of them, and the page itself; two statements however many there are.

    ``text``: part of a name or place. ``page``: a number as typed; what is none counts as the first.
    """
    found = Tenant.objects.filter(state=TenantState.LIVE)
    if text.strip():
        named = Q(short_name__icontains=text.strip()) | Q(official_name__icontains=text.strip())
        found = found.filter(named | Q(city__icontains=text.strip()))
    primary = Domain.objects.filter(tenant=OuterRef("pk"), is_primary=True).values("domain")[:1]
    with in_public():
        listed = Paginator(
            found.annotate(host=Subquery(primary)).filter(host__isnull=False).order_by("short_name", "pk"),
            per_page,
        ).get_page(page)
        rows = tuple(
            TownLink(town.short_name, town.city or town.official_name, origin_of_host(town.host) + "/")
            for town in listed
        )
    return rows, listed


def birth_of(tenant_id: int) -> BirthView | None:
    """How far the birth of a town is; None where there is no job."""
    with in_public():
        job = ProvisioningJob.objects.select_related("tenant").filter(tenant_id=tenant_id).first()
    if job is None:
        return None
    failed = job.state == ProvisioningState.FAILED
    return BirthView(
        town=str(job.tenant.short_name),
        percent=job.percent,
        steps=tuple(StepView(str(step.label), _state_of(step.name, job)) for step in steps.all_steps()),
        is_done=job.state == ProvisioningState.DONE,
        has_failed=failed,
    )


def job_of(tenant_id: int) -> UUID | None:
    """The job that builds a town, for retrying it."""
    with in_public():
        return ProvisioningJob.objects.filter(tenant_id=tenant_id).values_list("uuid", flat=True).first()


def _state_of(name: str, job: ProvisioningJob) -> Literal["done", "current", "coming", "failed"]:
    if job.state == ProvisioningState.DONE or name in job.steps_done:
        return "done"
    if name == job.step:
        return "failed" if job.state == ProvisioningState.FAILED else "current"
    return "coming"

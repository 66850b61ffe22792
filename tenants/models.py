"""The registry of towns, in the public schema: who they are, where they are reached, how they look.

Not here: anything a town's citizens or clerks enter; that lives in the town's own schema.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin


class InstitutionKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Gemeinde oder Stadt")
    ASSOCIATION = "association", _("Amt, Samt- oder Verbandsgemeinde")
    DISTRICT = "district", _("Landkreis")
    BODY = "body", _("Andere öffentliche Einrichtung")


class TenantState(models.TextChoices):
    PROVISIONING = "provisioning", _("wird eingerichtet")
    LIVE = "live", _("in Betrieb")
    SUSPENDED = "suspended", _("abgeschaltet")


class Standing(models.TextChoices):
    """How a town stands towards the partnership: in order, warned, or open for reading only."""

    NORMAL = "normal", _("ohne Einschränkung")
    WARNED = "warned", _("gewarnt")
    READ_ONLY = "read_only", _("nur lesend")


class Tenant(TenantMixin):  # type: ignore[misc]  # django-tenants ships no types
    """A town or body with its own schema, address and look."""

    auto_create_schema = False  # born by ``tenants.provisioning``, never by save()
    auto_drop_schema = False

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.CharField(max_length=40, unique=True, help_text="Sub-domain below the main host")
    kind = models.CharField(max_length=20, choices=InstitutionKind.choices)
    official_name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    municipality_key = models.CharField(max_length=8, blank=True)
    federal_state = models.CharField(max_length=2, blank=True, help_text="ISO 3166-2 without DE-, e.g. SH")
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=100, blank=True)
    population = models.PositiveIntegerField(
        null=True, blank=True, help_text="As the town said; None: not asked yet"
    )
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Berlin")

    brand_colour = models.CharField(max_length=7, default="#0b5d8a")
    brand_version = models.PositiveIntegerField(default=1)
    logo = models.CharField(max_length=200, blank=True, help_text="Path in the tenant's storage")
    tagline = models.CharField(max_length=200, blank=True)
    imprint = models.TextField(blank=True)
    privacy = models.TextField(blank=True)
    accessibility_statement = models.TextField(blank=True)

    auto_confirm = models.BooleanField(default=False, help_text="Requests the rules allow confirm themselves")
    guests_allowed = models.BooleanField(default=True)
    school_holidays = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        help_text="[{name, first_on, last_on}], as the town entered them",
    )
    waiting_offer_hours = models.PositiveSmallIntegerField(
        default=24, db_default=24, help_text="How long a freed time is kept for the next in line"
    )
    unused_dates_limit = models.PositiveSmallIntegerField(
        default=3, db_default=3, help_text="So many dates unused in a row, then the club is asked"
    )

    state = models.CharField(max_length=20, choices=TenantState.choices, default=TenantState.PROVISIONING)
    suspended_reason = models.CharField(max_length=300, blank=True)
    standing = models.CharField(
        max_length=10,
        choices=Standing.choices,
        default=Standing.NORMAL,
        db_default=Standing.NORMAL,
        help_text="Written by ``subscriptions`` alone; read at every door",
    )
    agreement_version = models.CharField(max_length=20, blank=True)
    agreement_accepted_at = models.DateTimeField(null=True, blank=True)
    agreement_accepted_by = models.CharField(max_length=254, blank=True)
    last_activity_at = models.DateTimeField(null=True, blank=True)
    schema_version = models.CharField(max_length=64, blank=True, help_text="Digest of the migrations applied")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["official_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(schema_name="public") | Q(schema_name__regex=r"^t_[a-z0-9]{8,40}$"),
                name="tenant_schema_name_is_server_made",
            ),
            models.CheckConstraint(
                condition=Q(brand_colour__regex=r"^#[0-9a-f]{6}$"), name="tenant_brand_colour_is_hex"
            ),
            models.CheckConstraint(
                condition=Q(municipality_key="") | Q(municipality_key__regex=r"^[0-9]{8}$"),
                name="tenant_municipality_key_has_eight_digits",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["normal", "warned", "read_only"]), name="tenant_standing_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.official_name


class Domain(DomainMixin):  # type: ignore[misc]  # django-tenants ships no types
    """A host a tenant answers on; exactly one is primary and goes into links.

    A domain below the main host is ours to give. Any other stands here only while a ``DomainClaim`` is proven.
    """

    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(is_primary=True), name="domain_one_primary_per_tenant"
            ),
            models.CheckConstraint(
                condition=Q(is_primary=False) | Q(verified_at__isnull=False),
                name="domain_primary_is_verified",
            ),
            models.CheckConstraint(
                condition=Q(domain__regex=r"^[a-z0-9.-]+$"), name="domain_is_lower_case_ascii"
            ),
        ]

    def __str__(self) -> str:
        return str(self.domain)


class ClaimState(models.TextChoices):
    PENDING = "pending", _("wartet auf den Nachweis")
    VERIFIED = "verified", _("nachgewiesen")
    FAILED = "failed", _("nicht nachgewiesen")
    RELEASED = "released", _("abgegeben")


class ClaimFinding(models.TextChoices):
    """What the last look into the DNS found; pages put it into words."""

    NONE = ""
    FOUND = "found"
    MISSING = "missing"
    WRONG = "wrong"
    SILENT = "silent"
    TAKEN = "taken"
    RESTING = "resting"


class Pointing(models.TextChoices):
    """Where the domain led visitors at the last look; pages put it into words."""

    UNKNOWN = ""
    HERE = "here"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


class DomainClaim(models.Model):
    """A town says that a domain is its own, and proves it by a secret only the domain's owner can publish.

    Two towns may claim the same domain; each has a token of its own, and one at most is ``VERIFIED``. A claim that
    has ended stays as a tombstone: ``ended_at`` says since when.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="domain_claims")
    domain = models.CharField(max_length=253)
    token = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.PENDING)
    finding = models.CharField(
        max_length=10, choices=ClaimFinding.choices, default=ClaimFinding.NONE, blank=True
    )
    pointing = models.CharField(max_length=10, choices=Pointing.choices, default=Pointing.UNKNOWN, blank=True)
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    proven_at = models.DateTimeField(null=True, blank=True)
    missing_since = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "domain"], condition=~Q(state="released"), name="claim_once_per_tenant"
            ),
            models.UniqueConstraint(
                fields=["domain"], condition=Q(state="verified"), name="claim_one_owner_per_domain"
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(proven_at__isnull=False), name="claim_verified_was_proven"
            ),
            models.CheckConstraint(
                condition=Q(domain__regex=r"^[a-z0-9.-]+$"), name="claim_is_lower_case_ascii"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain}: {self.state}"


class StripeAccount(models.Model):
    """A town's own account with Stripe. An account belongs to one town for good; a town uses one at a time.

    After ``disconnected_at`` nothing new is paid there, but what was under way still finds its town.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="stripe_accounts")
    account_id = models.CharField(max_length=64, unique=True)
    details_submitted = models.BooleanField(default=False)
    charges_enabled = models.BooleanField(default=False)
    payouts_enabled = models.BooleanField(default=False)
    requirements = models.JSONField(default=list, help_text="What Stripe still wants to know")
    disabled_reason = models.CharField(max_length=100, blank=True)
    checked_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(auto_now_add=True)
    disconnected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(disconnected_at__isnull=True),
                name="stripe_account_one_per_tenant",
            ),
            models.CheckConstraint(
                condition=Q(account_id__regex=r"^acct_[A-Za-z0-9]+$"), name="stripe_account_looks_like_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.account_id)


class ProvisioningState(models.TextChoices):
    WAITING = "waiting", _("wartet")
    RUNNING = "running", _("läuft")
    DONE = "done", _("fertig")
    FAILED = "failed", _("gescheitert")


class ProvisioningJob(models.Model):
    """The birth of one tenant: what to build, how far it is, and why it stopped.

    ``plan`` is what onboarding asks to be built, plain JSON; ``steps_done`` makes a retry safe.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, related_name="provisioning")
    state = models.CharField(
        max_length=10, choices=ProvisioningState.choices, default=ProvisioningState.WAITING
    )
    plan = models.JSONField(default=dict)
    steps_done = models.JSONField(default=list)
    step = models.CharField(max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="provisioning_percent_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.state}"

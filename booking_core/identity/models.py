"""People and what they may do: accounts, parties that book, staff roles, API keys, the audit trail.

Not here: what they booked (``reservations``), operators of the partnership (``operator_console``).
"""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Create accounts by e-mail address, stored in lower case."""

    def create_user(
        self, email: str, password: str | None = None, *, name: str = "", language: str = "de"
    ) -> "User":
        user = self.model(email=email.strip().lower(), name=name, language=language)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """An account: someone who can sign in, in one town (or, in the public schema, on the main host)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("E-Mail-Adresse"), max_length=254)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], name="user_email_unique"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class PartyKind(models.TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Verein oder Organisation")


class BillingRhythm(models.TextChoices):
    """Whether a party gets an invoice per booking, or one for many."""

    SINGLE = "single", _("je Buchung")
    MONTH = "month", _("monatlich")
    SEASON = "season", _("je Saison")

    @classmethod
    def collective(cls) -> list[str]:
        """The rhythms that put many bookings on one invoice."""
        return [one.value for one in cls if one != cls.SINGLE]


class Party(models.Model):
    """Who books and pays: a person or an organisation, with or without an account.

    ``customer_group`` is a group of the town's ordinance (its id there). It counts as proven once a clerk
    has verified it; until then it is what the party says of itself. ``mandate_…``: the SEPA mandate it
    has signed, if any.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=PartyKind.choices, default=PartyKind.PERSON)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    phone = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=100, blank=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="parties")
    customer_group = models.CharField(max_length=60, blank=True)
    group_verified_at = models.DateTimeField(null=True, blank=True)
    is_resident = models.BooleanField(default=False)
    is_registered = models.BooleanField(default=False, help_text="An organisation the town knows")
    staff_note = models.TextField(blank=True)
    billing_rhythm = models.CharField(
        max_length=6,
        choices=BillingRhythm.choices,
        default=BillingRhythm.SINGLE,
        db_default=BillingRhythm.SINGLE,
    )
    mandate_reference = models.CharField(max_length=35, blank=True, default="", db_default="")
    mandate_signed_on = models.DateField(null=True, blank=True)
    mandate_kind = models.CharField(max_length=4, blank=True, default="", db_default="")
    mandate_holder = models.CharField(max_length=70, blank=True, default="", db_default="")
    mandate_iban = models.CharField(max_length=34, blank=True, default="", db_default="")
    mandate_bic = models.CharField(max_length=11, blank=True, default="", db_default="")
    mandate_is_one_off = models.BooleanField(default=False, db_default=False)
    mandate_used_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(Lower("email"), name="party_email")]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate_reference"],
                condition=~Q(mandate_reference=""),
                name="party_mandate_reference_once",
            ),
            models.CheckConstraint(
                condition=Q(mandate_reference="", mandate_iban="", mandate_signed_on__isnull=True)
                | ~Q(mandate_reference="")
                & ~Q(mandate_iban="")
                & Q(mandate_signed_on__isnull=False, mandate_kind__in=["CORE", "B2B"]),
                name="party_mandate_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(billing_rhythm__in=BillingRhythm.values), name="party_billing_rhythm_is_known"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(email=""), name="party_has_name_and_email"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An account that books for an organisation.

    Anybody can type a club's name into a form, so what the town has proven of the organisation (group, residence,
    registration) counts for the account only once a clerk has confirmed that it belongs there.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="memberships")
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.organisation_id}"


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administration")
    CLERK = "clerk", _("Sachbearbeitung")
    CARETAKER = "caretaker", _("Hausdienst")
    TREASURER = "treasurer", _("Kasse")
    READER = "reader", _("Nur lesen")


class StaffRole(models.Model):
    """What one account may do in the back office. No ``location_ids`` means all locations.

    ``money_seen_on`` is the last day the account looked at the treasury's page, ``money_seen_before_on`` the one
    before.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_roles")
    role = models.CharField(max_length=15, choices=Role.choices)
    location_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    money_seen_on = models.DateField(null=True, blank=True)
    money_seen_before_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="staff_role_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="staff_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class ApiKey(models.Model):
    """A key for other software. Only its digest is kept; ``prefix`` helps people tell keys apart."""

    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=30), default=list)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class AuditEntry(models.Model):
    """Who did what, when and why. Append-only; ``data`` holds plain JSON without personal data of third parties."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_label = models.CharField(max_length=254)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at}: {self.action}"

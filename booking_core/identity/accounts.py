"""Who is signed in, with what booking rules care about: read in one statement where the session names the account.

Not here: signing in (django-allauth), roles in detail (``queries.staff_member``).
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from booking_core.identity.contracts import ViewerFacts
from booking_core.identity.models import Membership, Party, StaffRole, User


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # django-allauth ships no types
    """Signs in as django-allauth does; the account of a session comes with its facts."""

    def get_user(self, user_id: int) -> User | None:
        """The active account, or None."""
        return _accounts().filter(pk=user_id, is_active=True).first()


def viewer_facts(user_id: int) -> ViewerFacts | None:
    """What the booking rules need to know of an account; the proven facts of its parties count together.

    An organisation's facts count only where a clerk has confirmed the membership. One statement.
    """
    user = _accounts().filter(pk=user_id, is_active=True).first()
    return None if user is None else facts_of(user)


def facts_of(user: Any) -> ViewerFacts | None:
    """The same of the account of a request; no statement where its session named it."""
    parties: list[dict[str, Any]] | None = getattr(user, "viewer_parties", None)
    if parties is None:
        return viewer_facts(user.pk)
    groups = [party["group"] for party in parties if party["group"] and party["proven"]]
    return ViewerFacts(
        user_id=user.pk,
        email=user.email,
        name=user.name,
        is_staff=user.has_staff_role,
        is_resident=any(party["resident"] for party in parties),
        is_registered=any(party["registered"] for party in parties),
        customer_group=groups[0] if groups else "",
    )


def has_staff_role(user: Any) -> bool:
    """Whether the account may enter the back office at all; no statement where its session named it."""
    known: bool | None = getattr(user, "has_staff_role", None)
    return (
        StaffRole.objects.filter(user_id=user.pk, user__is_active=True).exists() if known is None else known
    )


def _accounts() -> QuerySet[User]:
    confirmed = Membership.objects.filter(user_id=OuterRef(OuterRef("pk")), confirmed_at__isnull=False)
    mine = Q(user_id=OuterRef("pk")) | Q(pk__in=confirmed.values("organisation_id"))
    facts = JSONObject(
        group=F("customer_group"),
        proven=F("group_verified_at"),
        resident=F("is_resident"),
        registered=F("is_registered"),
    )
    return User.objects.annotate(
        has_staff_role=Exists(StaffRole.objects.filter(user_id=OuterRef("pk"))),
        viewer_parties=ArraySubquery(Party.objects.filter(mine).order_by("id").values(facts=facts)),
    )

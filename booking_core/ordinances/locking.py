"""Take hold of a draft before changing it. The order is law: first the ordinance, then its versions.

Whoever changes a draft names the revision they read; where it has another one by now somebody was faster, and nothing
is written. Not here: the changes (``drafts``, ``services``, ``origins``).
"""

from django.utils.translation import gettext as _

from booking_core.identity.queries import audit_rows
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.errors import AlreadyPublished, DraftChanged
from booking_core.ordinances.models import Ordinance, OrdinanceVersion, VersionState

SUBJECT = "ordinance_version"


def locked_draft(
    version_id: int, *, revision: int | None = None, with_ordinance: bool = False
) -> OrdinanceVersion:
    """The draft's row, locked until the transaction ends; ``with_ordinance`` holds its other versions off too.

    ``revision`` None: whatever it is. Raises NotFound, AlreadyPublished, DraftChanged.
    """
    if with_ordinance:
        # The row is looked for by the version, so that no second statement could find another ordinance.
        Ordinance.objects.select_for_update().filter(versions__pk=version_id).order_by("pk").first()
    draft = OrdinanceVersion.objects.select_for_update().filter(pk=version_id).first()
    if draft is None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    if draft.state == VersionState.PUBLISHED:
        raise AlreadyPublished(_("Diese Fassung ist schon veröffentlicht und ändert sich nicht mehr."))
    if revision is not None and draft.revision != revision:
        raise _changed_meanwhile(draft)
    return draft


def _changed_meanwhile(draft: OrdinanceVersion) -> DraftChanged:
    last = audit_rows(subject_type=SUBJECT, subject_id=str(draft.pk), limit=1)
    who = last[0].actor_label if last else ""
    return DraftChanged(
        _("%(who)s hat diesen Entwurf inzwischen geändert.") % {"who": who or _("Jemand")},
        context={"who": who, "revision": draft.revision},
    )

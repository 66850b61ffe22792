"""A town shares an ordinance, or takes it back; operators take an entry down. Copies follow each publication.

Not here: reading the catalogue (``catalogue``), adopting from it (``adopting``). The town's own schema is read
through its room; only published versions ever leave it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Document, document_to_data
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.ordinances.contracts import OrdinanceView, StoredVersion, VersionRow
from booking_core.ordinances.origins import document_digest
from booking_core.ordinances.queries import ordinances_list, stored_version
from partnership.errors import NothingToShare, TakenDown, WrongSharingState
from partnership.models import SharedOrdinance, SharedVersion, SharingState
from tenants.context import current_tenant, in_public

_PUBLISHED = "published"


@transaction.atomic
def share_ordinance(ordinance_id: int, *, actor: Actor) -> str:
    """Share the newest published version of an ordinance, and every one published later; returns the entry's slug.

    Raises NotFound, NothingToShare without a published version, TakenDown where operators removed the entry.
    """
    ordinance = _ordinance(ordinance_id)
    row = newest_published(ordinance)
    if row is None:
        raise NothingToShare(_("Teilen können Sie nur veröffentlichte Fassungen."))
    version, town = stored_version(row.id), current_tenant()
    with in_public():
        shared, _made = SharedOrdinance.objects.select_for_update().get_or_create(
            tenant=town,
            ordinance_code=ordinance.code,
            defaults={"slug": _free_slug(f"{town.slug}-{ordinance.code}"), "shared_at": timezone.now()},
        )
        if shared.state == SharingState.TAKEN_DOWN:
            raise TakenDown(
                _("Der Betrieb hat diesen Eintrag heruntergenommen: %(reason)s")
                % {"reason": shared.taken_down_reason}
            )
        if shared.state == SharingState.WITHDRAWN:
            shared.state, shared.shared_at = SharingState.SHARED, timezone.now()
        _copy(shared, version, row)
        slug = shared.slug
    audit(
        "ordinance.shared",
        actor=actor,
        subject_type="ordinance",
        subject_id=ordinance_id,
        data={"slug": slug},
    )
    return slug


@transaction.atomic
def withdraw_ordinance(ordinance_id: int, *, actor: Actor) -> None:
    """Take the copies out of the exchange at once. What others made from them stays theirs."""
    ordinance, town = _ordinance(ordinance_id), current_tenant()
    with in_public():
        shared = (
            SharedOrdinance.objects.select_for_update()
            .filter(tenant=town, ordinance_code=ordinance.code)
            .first()
        )
        if shared is None:
            raise NotFound(_("Diese Ordnung ist nicht geteilt."))
        SharedVersion.objects.filter(ordinance=shared).delete()
        if shared.state == SharingState.SHARED:
            SharedOrdinance.objects.filter(pk=shared.pk).update(state=SharingState.WITHDRAWN, search_text="")
    audit("ordinance.withdrawn", actor=actor, subject_type="ordinance", subject_id=ordinance_id)


def follow_publication(version: StoredVersion, actor: Actor) -> None:
    """Copy a version that was just published, where its ordinance is shared. Runs inside the publication."""
    town = current_tenant()
    with in_public():
        shared = (
            SharedOrdinance.objects.select_for_update()
            .filter(tenant=town, ordinance_code=version.ordinance_code, state=SharingState.SHARED)
            .first()
        )
    if shared is None:
        return
    row = next(
        row
        for one in ordinances_list()
        if one.id == version.ordinance_id
        for row in one.versions
        if row.id == version.id
    )
    with in_public():
        _copy(shared, version, row)


@transaction.atomic
def take_down(shared_id: int, *, reason: str, actor: Actor) -> None:
    """Operators hide an entry from everybody. Call in the public schema. Raises InvalidInput, NotFound."""
    _switch(shared_id, SharingState.SHARED, SharingState.TAKEN_DOWN, reason=reason, actor=actor)


@transaction.atomic
def put_back(shared_id: int, *, reason: str, actor: Actor) -> None:
    """Operators show an entry again that they took down. Call in the public schema."""
    _switch(shared_id, SharingState.TAKEN_DOWN, SharingState.SHARED, reason=reason, actor=actor)


def newest_published(ordinance: OrdinanceView) -> VersionRow | None:
    """The published version that starts last; None where all are drafts."""
    published = [row for row in ordinance.versions if row.state == _PUBLISHED and row.valid_from is not None]
    return max(published, key=lambda row: (row.valid_from, row.number), default=None)


def _switch(shared_id: int, before: str, after: str, *, reason: str, actor: Actor) -> None:
    if not reason.strip():
        raise InvalidInput(_("Geben Sie einen Grund an. Er steht im Protokoll."), field="reason")
    shared = SharedOrdinance.objects.select_for_update().filter(pk=shared_id).first()
    if shared is None:
        raise NotFound(_("Diesen Eintrag gibt es nicht."))
    if shared.state != before:
        raise WrongSharingState(
            _("Der Eintrag ist inzwischen %(state)s.") % {"state": shared.get_state_display()}
        )
    kept = reason.strip() if after == SharingState.TAKEN_DOWN else ""
    if after == SharingState.SHARED and not shared.versions.exists():
        after = SharingState.WITHDRAWN  # the town withdrew meanwhile
    SharedOrdinance.objects.filter(pk=shared_id).update(state=after, taken_down_reason=kept)
    action = "exchange.taken_down" if after == SharingState.TAKEN_DOWN else "exchange.put_back"
    audit(action, actor=actor, subject_type="shared_ordinance", subject_id=shared_id, reason=reason.strip(),
          data={"slug": shared.slug})  # fmt: skip


def _ordinance(ordinance_id: int) -> OrdinanceView:
    found = next((one for one in ordinances_list() if one.id == ordinance_id), None)
    if found is None:
        raise NotFound(_("Diese Ordnung gibt es nicht."))
    return found


def _copy(shared: SharedOrdinance, version: StoredVersion, row: VersionRow) -> None:
    """Store the projection: what the catalogue shows and is searched by, and the document itself."""
    document, data = version.document, document_to_data(version.document)
    town = shared.tenant
    shared.municipality, shared.federal_state = town.short_name, document.info.state
    shared.name_de, shared.name_en = document.name.de[:300], document.name.en[:300]
    shared.kinds = sorted({one.kind for one in document.resources})
    shared.resource_count = len(document.resources)
    shared.search_text = search_text(document, town.short_name)
    shared.save()
    SharedVersion.objects.update_or_create(
        ordinance=shared,
        number=version.number,
        defaults={
            "valid_from": row.valid_from or timezone.localdate(),
            "council_decision": row.council_decision,
            "document": data,
            "readings": dict(version.readings),
            "sha256": document_digest(data),
            "published_at": row.published_at or timezone.now(),
        },
    )


def search_text(document: Document, municipality: str) -> str:
    """All words one may look for, in lower case: town, name, resources, groups, purposes, both languages."""
    labels = [
        document.name,
        *(one.label for one in document.resources),
        *(one.label for one in (*document.groups, *document.purposes)),
    ]
    words = [municipality, document.municipality, *(f"{one.de} {one.en}" for one in labels)]
    return " ".join(words).lower()


def _free_slug(wanted: str) -> str:
    base = slugify(wanted)[:130]
    slug, number = base, 1
    while SharedOrdinance.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug

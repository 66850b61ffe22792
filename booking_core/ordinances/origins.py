"""Ordinances made from somebody else's document: adopt one, see what changed there, take single changes over.

Not here: where documents of others come from (``partnership``), comparing two documents (``engines.ordinance``).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import (
    Document,
    Standing,
    document_from_data,
    document_to_data,
    updates,
    with_changes,
)
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.contracts import Adopted, Origin, StoredVersion
from booking_core.ordinances.errors import ChangeCollides, ChangeNeedsOthers, DocumentFaulty
from booking_core.ordinances.locking import locked_draft
from booking_core.ordinances.models import Ordinance, OrdinanceVersion, VersionState
from booking_core.ordinances.queries import stored_version
from booking_core.ordinances.services import adopt_document, read_document

# What a document says about its own town; never taken from another one.
_ABOUT_THE_TOWN = ("source", "in_force", "completeness")
Data = Mapping[str, object]


def document_digest(data: Data) -> str:
    """A fingerprint of a document's plain values, whatever the order they are written in."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def adopt_as_draft(
    document: Document, origin: Origin, *, code: str, municipality: str, state: str, actor: Actor
) -> StoredVersion:
    """Store somebody else's document as the next draft of the own ordinance ``code``, with where it came from.

    Name and state of the town become the own ones; what the text says about the other town stays behind.
    """
    base = document_to_data(document)
    own = {key: value for key, value in base.items() if key not in _ABOUT_THE_TOWN}
    own |= {"municipality": municipality, "state": state or base["state"]}
    draft = adopt_document(own, code=code, actor=actor)
    _note_origin(draft.id, origin, base)
    return stored_version(draft.id)


def adopted(ordinance_id: int) -> Adopted | None:
    """Where an ordinance came from and how it stands now; None where it was written here."""
    holder = _holder(ordinance_id)
    newest = OrdinanceVersion.objects.filter(ordinance_id=ordinance_id).order_by("-number").first()
    if holder is None or newest is None:
        return None
    found = dict(holder.origin)
    base = document_from_data(found.pop("document"))
    return Adopted(ordinance_id, Origin(**found), base, stored_version(newest.pk))


def origins() -> dict[int, Origin]:
    """The origin of each ordinance that has one, by the ordinance's id; one statement."""
    rows = (
        OrdinanceVersion.objects.exclude(origin={}).order_by("number").values_list("ordinance_id", "origin")
    )
    return {
        ordinance_id: Origin(**{key: value for key, value in found.items() if key != "document"})
        for ordinance_id, found in rows
    }


@transaction.atomic
def take_over(
    ordinance_id: int,
    theirs: Document,
    *,
    only: tuple[str, str] | None = None,
    is_forced: bool = False,
    actor: Actor,
) -> StoredVersion:
    """Take changes of the origin into the own draft; where there is no draft, one is made from the newest version.

    ``only`` is (section, id) of one change, None takes all open ones together. ``is_forced`` takes the one change
    although the entry was changed here as well: the own change goes. Raises NotFound, ChangeCollides where there is
    nothing (any more) to take like this, DraftChanged where somebody changes the draft at this moment,
    ChangeNeedsOthers where the document would name something it does not know.
    """
    Ordinance.objects.select_for_update().filter(pk=ordinance_id).first()
    known = adopted(ordinance_id)
    if known is None:
        raise NotFound(_("Diese Ordnung wurde nicht von anderen übernommen."))
    takeable = {Standing.OPEN, Standing.COLLIDES} if only and is_forced else {Standing.OPEN}
    names = [
        (one.change.section, one.change.id)
        for one in updates(known.base, origin=theirs, own=known.own.document)
        if one.standing in takeable and only in (None, (one.change.section, one.change.id))
    ]
    if not names:
        raise ChangeCollides(
            _("Diese Änderung lässt sich nicht übernehmen: Sie haben dieselbe Stelle selbst geändert.")
        )
    data = with_changes(known.own.document, origin=theirs, names=names)
    try:
        version = _into_draft(known, data, actor)
    except DocumentFaulty as fault:
        raise ChangeNeedsOthers(
            _(
                "Diese Änderung nennt etwas, das Ihr Entwurf noch nicht kennt. Übernehmen Sie alle offenen Änderungen "
                "zusammen, oder die andere zuerst."
            ),
            context=fault.context,
        ) from fault
    for section, name in names:
        audit("ordinance.change_taken", actor=actor, subject_type="ordinance_version", subject_id=version.id,
              data={"section": section, "id": name, "entry": known.origin.entry})  # fmt: skip
    return version


@transaction.atomic
def move_origin(ordinance_id: int, theirs: Document, origin: Origin, *, actor: Actor) -> None:
    """Compare with ``origin`` from now on: its changes so far are taken over or left on purpose. Raises NotFound."""
    Ordinance.objects.select_for_update().filter(pk=ordinance_id).first()
    holder = _holder(ordinance_id)
    if holder is None:
        raise NotFound(_("Diese Ordnung wurde nicht von anderen übernommen."))
    _note_origin(holder.pk, origin, document_to_data(theirs))
    audit("ordinance.origin_moved", actor=actor, subject_type="ordinance_version", subject_id=holder.pk,
          data={"entry": origin.entry, "number": origin.number})  # fmt: skip


def _holder(ordinance_id: int) -> OrdinanceVersion | None:
    """The newest version that knows where it came from."""
    return (
        OrdinanceVersion.objects.filter(ordinance_id=ordinance_id)
        .exclude(origin={})
        .order_by("-number")
        .first()
    )


def _note_origin(version_id: int, origin: Origin, base: Data) -> None:
    OrdinanceVersion.objects.filter(pk=version_id).update(origin={**asdict(origin), "document": base})


def _into_draft(known: Adopted, data: Data, actor: Actor) -> StoredVersion:
    """Put the document into the newest version if it is a draft, else into a new draft with the same readings."""
    if known.own.state == VersionState.PUBLISHED:
        draft = adopt_document(data, code=known.own.ordinance_code, actor=actor)
        readings = {**draft.readings, **{k: v for k, v in known.own.readings.items() if k in draft.readings}}
        OrdinanceVersion.objects.filter(pk=draft.id).update(readings=readings)
        return stored_version(draft.id)
    document = read_document(data)
    row = locked_draft(known.own.id, revision=known.own.revision)
    row.document, row.revision = document_to_data(document), row.revision + 1
    row.readings = {one.id: known.own.readings.get(one.id, one.default) for one in document.ambiguities}
    row.save(update_fields=["document", "revision", "readings"])
    return stored_version(row.pk)

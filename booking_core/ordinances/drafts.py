"""Drafts: begin one from a version or from nothing, and change it one entry at a time.

The contract: a draft is always a document that loads. ``edit_draft`` locks the row, compares the revision with the
one the clerk read, applies one change of ``engines.ordinance.editing``, stores the result with the next revision and
writes who changed what into the audit trail, all in one transaction. Whoever comes second is told by whom the draft
was changed; nothing is written (``locking``). Published versions never change.

Not here: publishing and adopting (``services``), the changes themselves (``engines.ordinance.editing``).
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import DocumentInvalid
from booking_core.engines.ordinance.editing import Change, EntryMissing, StillUsed, edited
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.errors import (
    CodeTaken,
    DocumentFaulty,
    EntryGone,
    EntryStillUsed,
)
from booking_core.ordinances.locking import SUBJECT, locked_draft
from booking_core.ordinances.models import Ordinance, OrdinanceVersion
from booking_core.ordinances.queries import stored_version
from booking_core.ordinances.services import adopt_document


@transaction.atomic
def copy_version(version_id: int, *, actor: Actor) -> StoredVersion:
    """Begin the next version of an ordinance as a draft, with the document and readings of ``version_id``.

    Raises NotFound.
    """
    source = OrdinanceVersion.objects.filter(pk=version_id).first()
    if source is None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    Ordinance.objects.select_for_update().get(pk=source.ordinance_id)
    last = OrdinanceVersion.objects.filter(ordinance_id=source.ordinance_id).aggregate(last=Max("number"))
    draft = OrdinanceVersion.objects.create(
        ordinance_id=source.ordinance_id,
        number=(last["last"] or 0) + 1,
        document=source.document,
        readings=source.readings,
    )
    audit("ordinance.copied", actor=actor, subject_type=SUBJECT, subject_id=draft.pk,
          data={"from": source.number, "number": draft.number})  # fmt: skip
    return stored_version(draft.pk)


def start_ordinance(
    *, code: str, name: str, municipality: str, state: str, resource: str, kind: str, actor: Actor
) -> StoredVersion:
    """Begin a new ordinance with the least a document needs: a name and one thing that can be booked.

    Raises CodeTaken, DocumentFaulty.
    """
    if Ordinance.objects.filter(code=code).exists():
        raise CodeTaken(
            _("Diesen Kurznamen hat schon eine andere Ordnung."), field="code", context={"code": code}
        )
    document = {
        "format": 1,
        "name": {"de": name, "en": name},
        "municipality": municipality,
        "state": state,
        "resources": [{"id": "angebot", "label": {"de": resource, "en": resource}, "kind": kind}],
    }
    return adopt_document(document, code=code, actor=actor)


@transaction.atomic
def edit_draft(
    version_id: int, change: Change, *, revision: int, about: Mapping[str, object], actor: Actor
) -> int:
    """Apply one change to a draft that still has ``revision``; return the new one.

    ``about`` goes into the audit trail: what was changed, in plain values. Raises NotFound, AlreadyPublished,
    DraftChanged, EntryGone, EntryStillUsed, DocumentFaulty.
    """  # fmt: skip
    draft = locked_draft(version_id, revision=revision)
    try:
        document, data = edited(draft.document, change)
    except EntryMissing as fault:
        raise EntryGone(_("Diesen Eintrag gibt es nicht mehr.")) from fault
    except StillUsed as fault:
        raise EntryStillUsed(
            _("Das lässt sich nicht löschen, weil andere Stellen es noch nennen."),
            context={"paths": [list(place) for place in fault.places]},
        ) from fault
    except DocumentInvalid as fault:
        raise DocumentFaulty(
            _("So ergibt die Ordnung keinen Sinn: %(message)s") % {"message": fault.problems[0].message.de},
            context={"problems": [{"path": one.path, "de": one.message.de, "en": one.message.en,
                                   "line": one.line} for one in fault.problems]},
        ) from fault  # fmt: skip
    if data == draft.document:
        return draft.revision
    draft.document, draft.revision = data, draft.revision + 1
    draft.readings = {
        one.id: draft.readings[one.id]
        if draft.readings.get(one.id) in {reading.id for reading in one.readings}
        else one.default
        for one in document.ambiguities
    }
    draft.save(update_fields=["document", "revision", "readings"])
    audit("ordinance.edited", actor=actor, subject_type=SUBJECT, subject_id=draft.pk, data=about)
    return draft.revision


@transaction.atomic
def delete_draft(version_id: int, *, revision: int | None = None, actor: Actor) -> None:
    """Throw a draft away; an ordinance without any version and binding goes with it.

    ``revision`` is the one the clerk read. Raises NotFound, AlreadyPublished, DraftChanged.
    """
    draft = locked_draft(version_id, revision=revision, with_ordinance=True)
    ordinance = Ordinance.objects.get(pk=draft.ordinance_id)
    audit("ordinance.draft_deleted", actor=actor, subject_type=SUBJECT, subject_id=draft.pk,
          data={"ordinance": ordinance.code, "number": draft.number})  # fmt: skip
    draft.delete()
    if not ordinance.versions.exists() and not ordinance.bindings.exists():
        ordinance.delete()

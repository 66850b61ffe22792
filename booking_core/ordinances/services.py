"""Adopt, publish and bind ordinances. Published versions never change; a new one begins on its own date.

Not here: reading them (``queries``), pricing (``quoting``).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.models import Resource
from booking_core.engines.ordinance import (
    CheckReport,
    Document,
    DocumentInvalid,
    check,
    document_from_data,
    document_to_data,
    load_document,
)
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.ordinances.built import built_document
from booking_core.ordinances.contracts import StoredVersion
from booking_core.ordinances.errors import (
    CodeUnknown,
    DocumentFaulty,
    ExamplesFail,
    StartDateTaken,
)
from booking_core.ordinances.library import library_document
from booking_core.ordinances.locking import locked_draft
from booking_core.ordinances.models import Ordinance, OrdinanceVersion, TariffBinding, VersionState
from booking_core.ordinances.publications import tell_followers
from booking_core.ordinances.queries import stored_version
from tenants.town_facts import town_facts_changed


def adopt_document(
    source: str | Mapping[str, object] | Document,
    *,
    code: str,
    valid_from: date | None = None,
    council_decision: str = "",
    actor: Actor,
) -> StoredVersion:
    """Store a document (YAML text, plain data or read already) as the next draft of ordinance ``code``, made if new.

    Raises DocumentFaulty with every mistake by line.
    """
    document = source if isinstance(source, Document) else read_document(source)
    with transaction.atomic():
        ordinance, _made = Ordinance.objects.get_or_create(code=code, defaults={"name": document.name.de})
        Ordinance.objects.select_for_update().get(pk=ordinance.pk)
        last = ordinance.versions.aggregate(last=Max("number"))["last"] or 0
        version = OrdinanceVersion.objects.create(
            ordinance=ordinance,
            number=last + 1,
            document=document_to_data(document),
            readings={one.id: one.default for one in document.ambiguities},
            valid_from=valid_from,
            council_decision=council_decision,
        )
        audit("ordinance.adopted", actor=actor, subject_type="ordinance_version", subject_id=version.pk)
    return stored_version(version.pk)


def adopt_from_library(
    slug: str, *, code: str = "", valid_from: date | None = None, council_decision: str = "", actor: Actor
) -> StoredVersion:
    """Adopt a document that comes with the platform; its slug becomes the code. Raises NotFound."""
    return adopt_document(
        library_document(slug),
        code=code or slug,
        valid_from=valid_from,
        council_decision=council_decision,
        actor=actor,
    )


@transaction.atomic
def choose_readings(
    version_id: int, readings: Mapping[str, str], *, revision: int | None = None, actor: Actor
) -> StoredVersion:
    """Record how the town reads the places where its text leaves room; drafts only. It is the next revision.

    ``revision`` is the one the clerk read. Raises NotFound, AlreadyPublished, DraftChanged, InvalidInput.
    """
    version = locked_draft(version_id, revision=revision)
    known = {one.id: {reading.id for reading in one.readings} for one in _document_of(version).ambiguities}
    for place, reading in readings.items():
        if reading not in known.get(place, set()):
            raise InvalidInput(_("Diese Lesart gibt es nicht: %(value)s.") % {"value": reading}, field=place)
    chosen = {**version.readings, **readings}
    if chosen == version.readings:
        return stored_version(version.pk)
    version.readings, version.revision = chosen, version.revision + 1
    version.save(update_fields=["readings", "revision"])
    town_facts_changed()
    audit("ordinance.readings_chosen", actor=actor, subject_type="ordinance_version", subject_id=version.pk,
          data=dict(readings))  # fmt: skip
    return stored_version(version.pk)


@transaction.atomic
def publish_version(
    version_id: int,
    *,
    valid_from: date | None = None,
    council_decision: str = "",
    note: str = "",
    revision: int | None = None,
    actor: Actor,
) -> StoredVersion:
    """Put a draft in force from ``valid_from``; an empty ``council_decision`` or ``note`` keeps what is there.

    ``revision`` is the one the clerk read and means. Raises ExamplesFail while one of its own worked examples does
    not come out, AlreadyPublished, DraftChanged, StartDateTaken, CodeUnknown where a bound resource would lose its id,
    InvalidInput without a date.
    """
    version = locked_draft(version_id, revision=revision, with_ordinance=True)
    starts_on = valid_from or version.valid_from
    if starts_on is None:
        raise InvalidInput(_("Bitte geben Sie an, ab wann die Fassung gilt."), field="valid_from")
    document = _document_of(version)
    _refuse_failing_examples(check(document))
    _refuse_lost_codes(version.ordinance_id, document)
    others = OrdinanceVersion.objects.filter(
        ordinance_id=version.ordinance_id, state=VersionState.PUBLISHED, valid_from=starts_on
    )
    if others.exists():
        raise StartDateTaken(_("Ab diesem Tag gilt schon eine andere Fassung."), field="valid_from")
    version.state, version.valid_from = VersionState.PUBLISHED, starts_on
    version.published_at, version.published_by_id = timezone.now(), actor.user_id
    version.council_decision, version.note = (
        council_decision or version.council_decision,
        note or version.note,
    )
    version.save(
        update_fields=["state", "valid_from", "published_at", "published_by", "council_decision", "note"]
    )
    town_facts_changed()
    audit("ordinance.published", actor=actor, subject_type="ordinance_version", subject_id=version.pk,
          data={"valid_from": starts_on.isoformat()})  # fmt: skip
    published = stored_version(version.pk)
    tell_followers(published, actor=actor)
    return published


@transaction.atomic
def bind_resource(resource_id: int, ordinance_id: int, codes: Iterable[str], *, actor: Actor) -> None:
    """Say which ordinance prices a resource and which ids the document uses for it.

    Raises NotFound, CodeUnknown where the newest version does not know an id, InvalidInput without any id.
    """
    wanted = list(dict.fromkeys(codes))
    newest = OrdinanceVersion.objects.filter(ordinance_id=ordinance_id).order_by("-number").first()
    if newest is None or not Resource.objects.filter(pk=resource_id).exists():
        raise NotFound(_("Diese Satzung oder diesen Raum gibt es nicht."))
    if not wanted:
        raise InvalidInput(_("Wählen Sie mindestens einen Eintrag der Satzung."), field="codes")
    _refuse_unknown_codes(wanted, _document_of(newest))
    TariffBinding.objects.update_or_create(
        resource_id=resource_id, defaults={"ordinance_id": ordinance_id, "codes": wanted}
    )
    town_facts_changed()
    audit(
        "ordinance.bound",
        actor=actor,
        subject_type="resource",
        subject_id=resource_id,
        data={"codes": wanted},
    )


def read_document(source: str | Mapping[str, object]) -> Document:
    """Read YAML text or plain data. Raises DocumentFaulty with every mistake by line."""
    try:
        return load_document(source) if isinstance(source, str) else document_from_data(source)
    except DocumentInvalid as fault:
        problems = [
            {"line": one.line, "column": one.column, "path": one.path, "message": one.message.de}
            for one in fault.problems
        ]
        raise DocumentFaulty(
            _("Die Satzungsdatei enthält Fehler. Die erste Stelle: Zeile %(line)s, %(message)s")
            % {"line": problems[0]["line"], "message": problems[0]["message"]},
            field="document",
            context={"problems": problems},
        ) from fault


def _document_of(version: OrdinanceVersion) -> Document:
    return built_document(version.document)


def _refuse_failing_examples(report: CheckReport) -> None:
    if report.passed:
        return
    failing = [result.example for result in report.results if not result.passed]
    problems = [problem.message.de for problem in report.problems]
    raise ExamplesFail(
        _(
            "Die Fassung kann nicht veröffentlicht werden: Beispiele oder Regeln widersprechen sich (%(names)s)."
        )
        % {"names": ", ".join(dict.fromkeys(failing)) or "; ".join(problems)},
        context={"examples": failing, "problems": problems},
    )


def _refuse_lost_codes(ordinance_id: int, document: Document) -> None:
    bound = TariffBinding.objects.filter(ordinance_id=ordinance_id).values_list("codes", flat=True)
    _refuse_unknown_codes([code for codes in bound for code in codes], document)


def _refuse_unknown_codes(codes: Iterable[str], document: Document) -> None:
    known = {info.id for info in document.resources}
    for code in codes:
        if code not in known:
            raise CodeUnknown(
                _("Die Satzung kennt „%(code)s“ nicht.") % {"code": code},
                field="codes",
                context={"code": code},
            )

"""Entries of the exchange, their versions and the changes of an origin, ready to print.

Not here: a document in words (``booking_core.web``), reading the exchange (``catalogue``).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from ruamel.yaml import YAML

from booking_core.engines.ordinance import Change, CheckReport, Document, Update, check, document_to_data
from booking_core.web.backoffice.presenters.ordinances import VersionWords, version_words
from booking_core.web.tariffs.choices import in_words
from booking_core.web.tariffs.examples import example_rows, example_table
from design_system.contracts import Cell, Column, Fact, Table
from design_system.templatetags.formats import long_date
from partnership.contracts import Entry, EntryPage, EntryVersion
from partnership.forms import KINDS, STATES

_KINDS_OF_CHANGE = {
    "added": (gettext_lazy("neu"), "success"),
    "removed": (gettext_lazy("entfallen"), "danger"),
    "changed": (gettext_lazy("geändert"), "info"),
}


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in words with its examples."""

    words: VersionWords
    examples: Table
    examples_sentence: str
    examples_pass: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One entry that differs. ``section`` and ``id`` name it in forms."""

    section: str
    id: str
    section_label: str
    title: str
    kind: str
    tone: str
    paragraph: str
    before: Sequence[str]
    after: Sequence[str]
    own: Sequence[str] = ()


def catalogue_table(found: Iterable[Entry], *, url_of: Callable[[str], str]) -> Table:
    """The catalogue, one line per ordinance."""
    return Table(
        caption=_("Satzungen"),
        is_caption_hidden=True,
        is_stacked=True,
        columns=[Column(_("Satzung")), Column(_("Kommune")), Column(_("Land")), Column(_("Wofür")),
                 Column(_("Von wem"))],
        rows=[
            [
                Cell(in_words(one.name), url_of(one.slug)),
                one.municipality,
                STATES.get(one.state, one.state),
                Cell(_kinds(one.kinds), note=_count(one.resource_count)),
                publisher_cell(one),
            ]
            for one in found
        ],
        empty_text=_("Dazu ist nichts geteilt. Nehmen Sie einen Filter weg oder suchen Sie ein anderes Wort."),
    )  # fmt: skip


def publisher_cell(entry: Entry) -> Cell:
    """Who gives it away: the town itself, or the platform's collection of published texts."""
    if entry.publisher:
        return Cell(_("von der Kommune geteilt"), tone="success")
    return Cell(_("aus der Sammlung"), tone="neutral")


def entry_facts(page: EntryPage) -> list[Fact]:
    """What stands under the heading of an entry."""
    entry, version = page.entry, page.version
    facts = [
        Fact(f"{entry.municipality}, {STATES.get(entry.state, entry.state)}", "building"),
        Fact(str(publisher_cell(entry).text), "people"),
        Fact(_count(entry.resource_count), "list"),
    ]
    if version.valid_from is not None:
        facts.append(
            Fact(
                _("Fassung %(number)s, gilt ab %(day)s")
                % {"number": version.number, "day": long_date(version.valid_from)},
                "calendar",
            )
        )
    if version.council_decision:
        facts.append(Fact(version.council_decision, "document", label=_("Beschluss")))
    return facts


def version_table(versions: Sequence[EntryVersion]) -> Table | None:
    """The shared versions where there is more than one."""
    if len(versions) < 2:  # noqa: PLR2004 — one version is no list
        return None
    return Table(
        caption=_("Geteilte Fassungen"),
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Fassung")), Column(_("Gilt ab")), Column(_("Beschluss")), Column(_("Prüfsumme"))],
        rows=[
            [
                str(one.number),
                long_date(one.valid_from) if one.valid_from else "",
                one.council_decision,
                one.sha256[:12],
            ]
            for one in versions
        ],
    )


def document_view(document: Document) -> DocumentView:
    """The document in words, its own examples run now."""
    report: CheckReport = check(document)
    total, failed = len(report.results), sum(not one.passed for one in report.results)
    if report.passed:
        sentence = ngettext("%(count)s Beispiel, es stimmt.", "%(count)s Beispiele, alle stimmen.", total)
    else:
        sentence = _("%(failed)s von %(count)s Beispielen stimmen nicht.")
    return DocumentView(
        words=version_words(document),
        examples=example_table(example_rows(document, report)),
        examples_sentence=sentence % {"count": total, "failed": failed},
        examples_pass=report.passed,
    )


def update_views(found: Iterable[Update]) -> list[ChangeView]:
    """What changed at the origin, with what was done here to the same entry."""
    return [
        change_view(one.change, own=[in_words(said) for said in one.own.after] if one.own is not None else ())
        for one in found
    ]


def change_view(change: Change, *, own: Sequence[str] = ()) -> ChangeView:
    """One change in the language of the page."""
    label, tone = _KINDS_OF_CHANGE[change.kind]
    return ChangeView(
        section=change.section,
        id=change.id,
        section_label=in_words(change.section_label),
        title=in_words(change.title),
        kind=str(label),
        tone=tone,
        paragraph=change.paragraph,
        before=[in_words(one) for one in change.before],
        after=[in_words(one) for one in change.after],
        own=own,
    )


def yaml_answer(document: Document, *, name: str) -> HttpResponse:
    """The document as a YAML file to keep."""
    yaml, text = YAML(), StringIO()
    yaml.width = 110
    yaml.dump(document_to_data(document), text)
    return HttpResponse(
        text.getvalue(),
        headers={
            "Content-Type": "application/yaml; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}.yaml"',
        },
    )


def _kinds(kinds: Iterable[str]) -> str:
    return ", ".join(str(KINDS.get(kind, kind)) for kind in kinds)


def _count(resources: int) -> str:
    return ngettext("%(count)s Angebot", "%(count)s Angebote", resources) % {"count": resources}

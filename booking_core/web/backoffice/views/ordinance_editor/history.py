"""Two versions side by side, on the screen and on paper, and the history of an ordinance.

Not here: editing (``sections``, ``entries``).
"""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.engines.ordinance.comparing import compare as changes_between
from booking_core.engines.ordinance.example_figures import figures_between
from booking_core.identity.queries import audit_rows
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.contracts import OrdinanceView, StoredVersion, VersionRow
from booking_core.ordinances.locking import SUBJECT
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.ordinances.simulations.queries import simulation_of
from booking_core.web.backoffice.pages import StaffRequest, office_page
from booking_core.web.backoffice.presenters.cases import version_name
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.ordinance_editor.comparison import (
    changes_by_section,
    changes_in_a_sentence,
    figures_in_a_sentence,
    figures_table,
    version_facts,
)
from booking_core.web.backoffice.presenters.ordinance_editor.trail import trail_table, versions_table
from booking_core.web.backoffice.presenters.simulations import simulation_on_paper
from booking_core.web.backoffice.views.ordinance_editor.frame import SECTION
from design_system.contracts import Crumb, NavItem
from design_system.templatetags.formats import long_date

_MOST = 300


def compare(request: StaffRequest, version_id: int) -> HttpResponse:
    """Compare a version with another one of its ordinance, the one before unless told otherwise."""
    after = stored_version(version_id)
    versions = _ordinance(after).versions
    other = _other(versions, version_id, request.GET.get("mit", ""))
    context: dict[str, object] = {"title": _("Vergleich"), "lead": version_name(after), "other": other,
                                  "back_url": reverse("backoffice_version", args=[version_id])}  # fmt: skip
    if other is not None:
        context |= _compared(stored_version(other.id), after)
        context |= {
            "tabs": _tabs(versions, version_id, other.id),
            "actions": [Action(_("Für den Rat drucken"), _paper_url(version_id, other.id), "print")],
        }
    return _page(request, "compare.html", after, context, _("Vergleich"))


def compare_on_paper(request: StaffRequest, version_id: int) -> HttpResponse:
    """The same as a paper for the council: both versions with their dates, changes in words, example figures, and
    what the simulation found, on A4. Raises NotFound where there is nothing to compare with.
    """
    after = stored_version(version_id)
    versions = _ordinance(after).versions
    other = _other(versions, version_id, request.GET.get("mit", ""))
    if other is None:
        raise NotFound(_("Es gibt nur diese eine Fassung."))
    before = stored_version(other.id)
    simulation = None if request.staff.location_ids else simulation_of(version_id)
    context = {
        **_compared(before, after),
        "title": _("Synopse: %(name)s") % {"name": after.ordinance_name},
        "municipality": after.document.municipality,
        "facts": version_facts([row for row in versions if row.id in {other.id, version_id}]),
        "simulation": simulation_on_paper(simulation, after.document) if simulation else None,
        "printed_on": long_date(timezone.localdate()),
        "back_url": f"{reverse('backoffice_version_compare', args=[version_id])}?mit={other.id}",
    }
    return _page(request, "compare_paper.html", after, context, _("Druck"))


def _compared(before: StoredVersion, after: StoredVersion) -> dict[str, object]:
    """Everything both pages say about two versions."""
    changes = changes_between(before.document, after.document)
    figures = figures_between(
        before.document, after.document, readings_before=before.readings, readings_after=after.readings
    )
    old, new = (_("Fassung %(number)s") % {"number": one.number} for one in (before, after))
    return {
        "lead": _("%(name)s: Fassung %(old)s und Fassung %(new)s")
        % {"name": after.ordinance_name, "old": before.number, "new": after.number},
        "before": old,
        "after": new,
        "sentence": changes_in_a_sentence(changes),
        "sections": changes_by_section(changes),
        "figures_sentence": figures_in_a_sentence(figures),
        "figures": figures_table(figures, before=old, after=new, document=after.document),
    }


def _paper_url(version_id: int, other_id: int) -> str:
    return f"{reverse('backoffice_version_paper', args=[version_id])}?mit={other_id}"


def history(request: StaffRequest, version_id: int) -> HttpResponse:
    """The versions of an ordinance, and who changed what in this one."""
    found = stored_version(version_id)
    context = {
        "title": _("Verlauf"),
        "lead": found.ordinance_name,
        "versions": versions_table(_ordinance(found).versions, version_id),
        "trail": trail_table(
            audit_rows(subject_type=SUBJECT, subject_id=str(version_id), limit=_MOST), found.document.content
        ),
    }
    return _page(request, "history.html", found, context, _("Verlauf"))


def _ordinance(version: StoredVersion) -> OrdinanceView:
    return next(one for one in ordinances_list() if one.id == version.ordinance_id)


def _other(versions: tuple[VersionRow, ...], version_id: int, wanted: str) -> VersionRow | None:
    """The version asked for; else the published one before, else any before, else any other."""
    others = [row for row in versions if row.id != version_id]
    own = next(row for row in versions if row.id == version_id)
    asked = [row for row in others if str(row.id) == wanted]
    earlier = [row for row in others if row.number < own.number]
    published = [row for row in earlier if row.state == "published"]
    return next(iter([*asked, *published, *earlier, *others]), None)


def _tabs(versions: tuple[VersionRow, ...], version_id: int, other_id: int) -> list[NavItem]:
    url = reverse("backoffice_version_compare", args=[version_id])
    return [
        NavItem(
            _("mit Fassung %(number)s (%(state)s)") % {"number": row.number, "state": row.state_label},
            f"{url}?mit={row.id}",
            row.id == other_id,
        )
        for row in versions
        if row.id != version_id
    ]


def _page(
    request: StaffRequest, template: str, version: StoredVersion, context: dict[str, object], last: str
) -> HttpResponse:  # fmt: skip
    crumbs = [Crumb(_("Ordnungen"), reverse(SECTION)),
              Crumb(version_name(version), reverse("backoffice_version", args=[version.id])), Crumb(last)]  # fmt: skip
    return office_page(request, f"ordinance_editor/{template}", context, section=SECTION, crumbs=crumbs)

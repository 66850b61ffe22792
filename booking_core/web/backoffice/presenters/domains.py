"""Web addresses in words: where a claim stands, what to do next, the records to enter.

Not here: what a look into the DNS means (``tenants.own_domains``).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.web.backoffice.presenters.inbox import Notice
from design_system.contracts import Cell, Column, SummaryRow, Table, Tone
from design_system.templatetags.formats import clock, long_date
from tenants.own_domains.contracts import ClaimView, HostView

_TONES: Final[dict[str, Tone]] = {"pending": "warning", "verified": "success", "failed": "danger"}


def hosts_table(hosts: Sequence[HostView], claims: Sequence[ClaimView]) -> Table:
    """The address below the main host, then the town's own, each with where it stands and the way on."""
    given = [
        [host.shown, Cell(_("gehört immer Ihnen"), tone="success"), *_role(host.host, host.is_primary)]
        for host in hosts
        if not host.is_own
    ]
    own = [
        [
            Cell(claim.shown, reverse("backoffice_domain", args=[claim.uuid])),
            Cell(state_words(claim), tone=_TONES[claim.state]),
            *_role(claim.domain, claim.is_primary, is_proven=claim.state == "verified"),
        ]
        for claim in claims
    ]
    return Table(
        caption=_("Webadressen"),
        is_caption_hidden=True,
        is_stacked=True,
        columns=[Column(_("Adresse")), Column(_("Zustand")), Column(_("Rolle")),
                 Column(_("Weiter"), is_hidden_label=True)],
        rows=[*given, *own],
    )  # fmt: skip


def _role(host: str, is_primary: bool, *, is_proven: bool = True) -> list[str | Cell]:
    if is_primary:
        return [_("Hauptadresse"), ""]
    if not is_proven:
        return [_("noch nicht in Gebrauch"), ""]
    url = f"{reverse('backoffice_domain_primary')}?adresse={host}"
    return [_("Zweitadresse"), Cell(_("Zur Hauptadresse machen"), url)]


def state_words(claim: ClaimView) -> str:
    """The state of a claim in two or three words."""
    if claim.state == "verified" and claim.ends_at:
        return _("Nachweis fehlt")
    return claim.state_label


def state_notice(claim: ClaimView) -> Notice:
    """Where the claim stands, and what to do next."""
    if claim.state == "verified":
        return _missing(claim.ends_at) if claim.ends_at else _proven(claim)
    if claim.finding == "taken":
        return Notice(
            "danger",
            _("Diese Adresse hat eine andere Kommune nachgewiesen."),
            _("Ist das ein Irrtum, nehmen Sie deren Eintrag aus dem DNS. Danach können Sie erneut prüfen."),
        )
    if claim.finding == "resting":
        return Notice(
            "warning",
            _("Diese Adresse ruht noch."),
            _("Sie gehörte bis vor Kurzem einer anderen Kommune. Nach 30 Tagen können Sie sie übernehmen."),
        )
    if claim.state == "failed":
        return Notice(
            "danger",
            _("Der Nachweis ist nicht gelungen. Diese Adresse ist nicht in Gebrauch."),
            _("Tragen Sie den Eintrag unten in Ihr DNS ein und prüfen Sie dann erneut."),
        )
    return _waiting(claim)


def _proven(claim: ClaimView) -> Notice:
    pointing = {
        "here": _("Ihre Seite ist dort erreichbar. Wir prüfen den Nachweis jeden Tag."),
        "nowhere": _("Die Adresse führt noch nirgendwohin. Richten Sie den CNAME unten ein."),
        "elsewhere": _("Die Adresse führt woandershin. Ist das nicht gewollt, richten Sie den CNAME unten ein."),
    }  # fmt: skip
    tone = "success" if claim.pointing in {"here", ""} else "warning"
    return Notice(
        tone, _("Die Adresse ist nachgewiesen."), pointing.get(claim.pointing, _("Wir prüfen den Nachweis jeden Tag."))
    )  # fmt: skip


def _missing(ends_at: datetime) -> Notice:
    return Notice(
        "danger",
        _("Der Nachweis ist aus Ihrem DNS verschwunden."),
        _("Tragen Sie ihn bis %(day)s wieder ein. Sonst antwortet Ihre Seite dort nicht mehr.")
        % {"day": long_date(ends_at)},
    )


def _waiting(claim: ClaimView) -> Notice:
    found = {
        "": _("Tragen Sie den Eintrag unten in Ihr DNS ein und prüfen Sie dann."),
        "missing": _("Wir haben den Eintrag noch nicht gefunden. Nach einer Änderung kann das einige Stunden dauern."),
        "wrong": _("Unter diesem Namen steht ein anderer Eintrag. Vergleichen Sie den Wert Zeichen für Zeichen."),
        "silent": _("Ihr DNS hat nicht rechtzeitig geantwortet. Bitte prüfen Sie in einigen Minuten noch einmal."),
    }  # fmt: skip
    tone = "warning" if claim.finding else "info"
    return Notice(tone, _("Der Nachweis steht noch aus."), found.get(claim.finding, found[""]))


def claim_facts(claim: ClaimView) -> list[SummaryRow]:
    """When what happened, and until when there is time."""
    moments = [
        (_("Eingetragen"), claim.created_at),
        (_("Nachgewiesen"), claim.proven_at if claim.state == "verified" else None),
        (_("Zuletzt geprüft"), claim.checked_at),
        (_("Zeit für den Nachweis bis"), claim.ends_at),
    ]
    return [SummaryRow(label, f"{long_date(at)}, {clock(at)}") for label, at in moments if at]

"""What towns share in the exchange, and taking an entry down with a reason.

Not here: the exchange itself (``partnership``).
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError
from booking_core.web.tariffs.choices import in_words
from design_system.contracts import Cell, Column, Table, Tone
from design_system.templatetags.formats import long_date
from operator_console import presenters
from operator_console.forms import ReasonForm
from partnership.catalogue import all_sharings, sharing
from partnership.contracts import Sharing
from partnership.sharing import put_back, take_down

TAKE_DOWN, PUT_BACK = "herunternehmen", "zeigen"
_SWITCHES = {TAKE_DOWN: take_down, PUT_BACK: put_back}


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Everything towns shared, withdrawn and taken down included."""
    context = {"table": _table(all_sharings()), "side_nav": presenters.navigation("shared")}
    return render(request, "operator_console/shared.html", context)


@require_http_methods(["GET", "POST"])
def switch_shared(request: HttpRequest, shared_id: int, action: str) -> HttpResponse:
    """Take an entry down, or show it again, with a reason."""
    if action not in _SWITCHES:
        raise Http404
    entry = sharing(shared_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = request.user
        try:
            _SWITCHES[action](
                shared_id,
                reason=form.cleaned_data["reason"],
                actor=Actor(label=str(user), user_id=user.pk, by_staff=True),
            )
        except BookingError as fault:
            form.add_error(fault.field or None, str(fault))
        else:
            messages.success(request, _("Gespeichert. Die Änderung gilt sofort."))
            return redirect("operator_shared")
    context = {
        "name": _name(entry),
        "takes_down": action == TAKE_DOWN,
        "form": form,
        "side_nav": presenters.navigation("shared"),
    }
    return render(request, "operator_console/switch_shared.html", context)


def _name(entry: Sharing) -> str:
    return f"{entry.municipality}: {in_words(entry.name)}"


def _table(found: tuple[Sharing, ...]) -> Table:
    return Table(
        caption=_("Geteilte Satzungen"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Satzung")), Column(_("Zustand")), Column(_("Fassung")), Column(_("Geteilt seit")),
                 Column(_("Aktion"))],
        rows=[
            [
                Cell(_name(one), reverse("shared_ordinance", args=[one.slug]) if one.is_shared else ""),
                Cell(one.state_label, tone=_tone(one), note=one.reason),
                str(one.versions[0].number) if one.versions else "–",
                long_date(one.shared_at),
                _action(one),
            ]
            for one in found
        ],
        empty_text=_("Noch teilt keine Kommune eine Satzung."),
    )  # fmt: skip


def _tone(entry: Sharing) -> Tone:
    return "success" if entry.is_shared else "danger" if entry.is_taken_down else "neutral"


def _action(entry: Sharing) -> Cell:
    if entry.is_shared:
        return Cell(_("Herunternehmen …"), reverse("operator_switch_shared", args=[entry.id, TAKE_DOWN]))
    if entry.is_taken_down:
        return Cell(_("Wieder zeigen …"), reverse("operator_switch_shared", args=[entry.id, PUT_BACK]))
    return Cell("–")

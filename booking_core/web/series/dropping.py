"""The page that gives up dates of a series: which ones, what the rules ask, what each costs, then a yes.

Not here: the other pages of a date (``dates``), what it costs (``workflows.cancellation_costs``).
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.kernel.errors import BookingError
from booking_core.web.series.dates import Answer, Visit, date_of, price_words
from booking_core.web.series.forms import ReachForm
from booking_core.web.tariffs.choices import cancelling_answers
from booking_core.workflows.contracts import DateCost
from booking_core.workflows.quoting import questions_when_cancelling
from booking_core.workflows.series_dates import DatesPreview, drop_dates, preview_dropping, slots_meant
from design_system.templatetags.formats import euro, span_words


def drop_page(visit: Visit) -> Answer:
    """Which dates, what it costs, then a yes."""
    item, booking = date_of(visit.booking, visit.slot), visit.booking
    coming = sorted({(one.slot, one.span) for one in booking.items if one.slot > visit.slot})
    later = [(slot, span_words(span)) for slot, span in coming]
    form = ReachForm(
        visit.request.POST or None,
        later=later,
        questions=questions_when_cancelling(booking, by_staff=visit.by_staff),
        by_staff=visit.by_staff,
    )
    context: dict[str, object] = {"form": form, "when": span_words(item.span), "booking": booking}
    if not form.is_valid():
        return Answer(context, 422 if form.is_bound else 200)
    typed = form.cleaned_data
    slots = slots_meant(booking, visit.slot, typed["reach"], last=typed["last"], now=visit.now)
    answers = cancelling_answers(typed)
    is_wished = not visit.by_staff or typed.get("at_wish_of") == "party"
    try:
        preview = preview_dropping(
            booking.uuid, slots, now=visit.now, by_staff=visit.by_staff, answers=answers
        )
        if visit.step == "drop" and (not is_wished or preview.cost.is_agreed(typed["agreed"])):
            drop_dates(
                booking.uuid, slots, actor=visit.actor, now=visit.now, expected_version=visit.version,
                reason=typed["reason"], answers=answers, at_wish_of_party=is_wished,
            )  # fmt: skip
            count = len(set(slots))
            return Answer({}, done=ngettext(
                "%(count)s Termin ist abgesagt. Die E-Mail ist unterwegs.",
                "%(count)s Termine sind abgesagt. Die E-Mail ist unterwegs.", count) % {"count": count})  # fmt: skip
    except BookingError as fault:
        form.add_error(None, str(fault))
        return Answer(context, fault.http_status)
    return Answer(context | _dropping_words(preview, is_wished=is_wished, is_asked=visit.step == "drop"))


def _dropping_words(preview: DatesPreview, *, is_wished: bool, is_asked: bool) -> dict[str, object]:
    """Each date with its own fee, their sum, and what the rest of the series costs then."""
    cost = preview.cost
    fee = euro(cost.fee) if cost.fee and is_wished else ""
    return {
        "is_checked": True,
        "is_other_fee": is_asked,
        "terms": cost.terms,
        "meant": [(span_words(one.span), _fee_of(one) if is_wished else "") for one in cost.dates],
        "price_words": price_words(preview.old_total, preview.new_total),
        "fee": fee,
        "fee_words": cost.explanation if is_wished else _("Sagt die Verwaltung ab, kostet es nichts."),
        "paragraph": cost.paragraph if is_wished else "",
    }


def _fee_of(one: DateCost) -> str:
    if not one.is_known:
        return _("Entgelt offen")
    return euro(one.fee) if one.fee else _("kostenfrei")

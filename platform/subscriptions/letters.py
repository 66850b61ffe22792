"""The mails of the partnership to a town about its fee. They go out from the platform's own outbox.

Not here: when they are sent (``services``). Every function stands in the public schema, in the caller's transaction.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.kernel.money import Money
from booking_core.messaging.contracts import Action, Attachment, Letter
from booking_core.messaging.layout import lay_out
from booking_core.messaging.outbox import queue_mail
from design_system.templatetags.formats import euro, long_date
from subscriptions.contracts import DueReminder, PlanView
from subscriptions.models import FeeInvoice, Subscription
from subscriptions.queries.towns import billing_of
from subscriptions.standing import ARREARS, LEFT, Verdict
from subscriptions.wording import interval_words, price_words
from tenants.links import origin_of_host

LANGUAGE = "de"  # of letters to staff
TRIAL_NOTICE_DAYS = 14


def send_trial_ending(row: Subscription) -> None:
    """Two weeks before the trial ends: what to decide until when."""
    _send(
        row,
        "fee_trial_ending",
        lambda: (
            _("Ihre Probezeit endet am %(day)s") % {"day": long_date(row.trial_ends_on)},
            (
                _("die Probezeit von %(town)s endet am %(day)s.") % _about(row, row.trial_ends_on),
                _(
                    "Wenn Sie dabeibleiben möchten, bestellen Sie bis dahin einen Tarif."
                    " Sonst müssen Sie nichts kündigen."
                ),
            ),
        ),
    )


def send_trial_over(row: Subscription, verdict: Verdict) -> None:
    """The trial is over and nothing was ordered: from when the town can only be read."""
    _send(
        row,
        "fee_trial_over",
        lambda: (
            _("Ihre Probezeit ist zu Ende"),
            (
                _("die Probezeit von %(town)s ist am %(day)s abgelaufen, und es ist kein Tarif bestellt.")
                % _about(row, row.trial_ends_on),
                _(
                    "Ab %(day)s kann Ihre Seite nur noch gelesen werden:"
                    " Neue Buchungen und Änderungen gehen dann nicht."
                )
                % {"day": long_date(verdict.read_only_on)},
                _keeps(),
            ),
        ),
    )


def send_ordered(row: Subscription, plan: PlanView) -> None:
    """What was ordered, from when and for how much."""
    price = plan.price_for(row.interval)
    _send(
        row,
        "fee_ordered",
        lambda: (
            _("Ihre Bestellung: Tarif „%(plan)s“") % {"plan": plan.name},
            (
                _("%(town)s nimmt ab %(day)s mit dem Tarif „%(plan)s“ teil.")
                % {**_about(row, row.starts_on), "plan": plan.name},
                _("Preis: %(price)s.") % {"price": price_words(price) if price else "–"},
                _("Abgerechnet wird %(interval)s im Voraus, per Rechnung und Überweisung.")
                % {"interval": interval_words(row.interval)},
            ),
        ),
    )


def send_left(row: Subscription) -> None:
    """Until when the town takes part, and what happens to its data."""
    _send(
        row,
        "fee_left",
        lambda: (
            _("Ihre Kündigung zum %(day)s") % {"day": long_date(row.ends_on)},
            (
                _("%(town)s nimmt bis %(day)s teil. Bis dahin bleibt alles, wie es ist.")
                % _about(row, row.ends_on),
                _("Danach kann Ihre Seite nur noch gelesen werden. Bitte laden Sie Ihre Daten herunter."),
            ),
        ),
    )


def send_read_only(row: Subscription, verdict: Verdict) -> None:
    """The town can only be read from now on, why, and how it gets back to normal."""
    _send(
        row,
        "fee_read_only",
        lambda: (
            _("Ihre Buchungsseite kann jetzt nur noch gelesen werden"),
            (
                _(
                    "auf der Seite von %(town)s sind seit heute keine neuen Buchungen und keine Änderungen möglich."
                )
                % {"town": row.tenant.official_name},
                _way_back(verdict.cause),
                _keeps(),
            ),
        ),
    )


def send_normal_again(row: Subscription) -> None:
    """Everything works again."""
    _send(
        row,
        "fee_normal_again",
        lambda: (
            _("Ihre Buchungsseite ist wieder ohne Einschränkung da"),
            (
                _("auf der Seite von %(town)s geht wieder alles. Vielen Dank.")
                % {"town": row.tenant.official_name},
            ),
        ),
    )


def send_online_overdue(row: Subscription) -> None:
    """Stripe says that an invoice is overdue: until when it is to be paid there."""
    named = row.stripe_read_only_on
    _send(
        row,
        "fee_online_overdue",
        lambda: (
            _("Ihre Zahlung an den Verbund ist überfällig"),
            (
                _("eine Rechnung für die Teilnahme von %(town)s ist bei Stripe noch offen.")
                % {"town": row.tenant.official_name},
                _(
                    "Ab %(day)s kann Ihre Seite sonst nur noch gelesen werden:"
                    " Neue Buchungen und Änderungen gehen dann nicht."
                )
                % {"day": long_date(named)},
                _keeps(),
            ),
        ),
    )


def send_invoice(row: Subscription, invoice: FeeInvoice) -> None:
    """An invoice with its file."""
    _send(
        row,
        "fee_invoice",
        lambda: (
            _("Rechnung %(number)s über %(amount)s") % {"number": invoice.number, "amount": _gross(invoice)},
            (
                _("anbei die Rechnung für die Teilnahme von %(town)s.") % {"town": row.tenant.official_name},
                _("Bitte überweisen Sie %(amount)s bis %(day)s.")
                % {"amount": _gross(invoice), "day": long_date(invoice.due_on)},
            ),
        ),
        invoice=invoice,
    )


def send_cancellation(row: Subscription, document: FeeInvoice, reason: str) -> None:
    """The document that takes an invoice back."""
    _send(
        row,
        "fee_cancellation",
        lambda: (
            _("Stornorechnung %(number)s") % {"number": document.number},
            (
                _("anbei die Stornorechnung über %(amount)s.") % {"amount": _gross(document)},
                _("Grund: %(reason)s") % {"reason": reason},
            ),
        ),
        invoice=document,
    )


def send_reminder(row: Subscription, due: DueReminder) -> None:
    """A reminder; the last one names the day from which the town can only be read."""
    invoice = FeeInvoice.objects.defer("pdf", "content").get(uuid=due.invoice.uuid)

    def words() -> tuple[str, tuple[str, ...]]:
        asked = _("unsere Rechnung %(number)s war am %(day)s fällig. Offen sind %(amount)s.") % {
            "number": due.invoice.number,
            "day": long_date(due.invoice.due_on),
            "amount": euro(due.invoice.open),
        }
        paid = _("Haben Sie schon gezahlt? Dann betrachten Sie dieses Schreiben als erledigt.")
        if due.read_only_on is None:
            return _("Erinnerung: Rechnung %(number)s") % {"number": due.invoice.number}, (asked, paid)
        warning = _(
            "Geht bis %(last)s nichts ein, kann Ihre Seite ab %(day)s nur noch gelesen werden:"
            " Neue Buchungen und Änderungen gehen dann nicht."
        ) % {"last": long_date(due.read_only_on - timedelta(days=1)), "day": long_date(due.read_only_on)}
        subject = _("Letzte Mahnung: Rechnung %(number)s") % {"number": due.invoice.number}
        return subject, (asked, warning, _keeps(), paid)

    _send(row, "fee_reminder", words, invoice=invoice)


def _send(
    row: Subscription,
    kind: str,
    words: Callable[[], tuple[str, tuple[str, ...]]],
    *,
    invoice: FeeInvoice | None = None,
) -> None:
    with translation.override(LANGUAGE):
        subject, paragraphs = words()
        letter = Letter(
            subject=subject,
            greeting=_("Guten Tag,"),
            paragraphs=paragraphs,
            action=_way_in(row),
        )
        draft = lay_out(
            letter,
            kind=kind,
            recipient=billing_of(row).email,
            language=LANGUAGE,
            attachments=(_file(invoice),) if invoice is not None else (),
            subject_type="town",
            subject_id=str(row.tenant_id),
        )
    queue_mail(draft)


def _way_in(row: Subscription) -> Action | None:
    """The button to the town's page; none for a town that has no address."""
    main = row.tenant.domains.filter(is_primary=True).first()
    if main is None:
        return None
    return Action(_("Abrechnung mit dem Verbund"), f"{origin_of_host(main.domain)}/verwaltung/verbund/")


def _file(invoice: FeeInvoice) -> Attachment:
    return Attachment(
        f"{invoice.number}.pdf",
        "application/pdf",
        source="subscriptions.invoice",
        source_id=str(invoice.uuid),
    )


def _about(row: Subscription, day: date | None) -> dict[str, str]:
    return {"town": row.tenant.official_name, "day": long_date(day)}


def _gross(invoice: FeeInvoice) -> str:
    return euro(Money(invoice.gross_cents))


def _keeps() -> str:
    return _(
        "Ihre Daten bleiben vollständig da: Sie können alles ansehen und herunterladen. Bestehende Buchungen gelten"
        " weiter, und Stornieren bleibt möglich."
    )


def _way_back(cause: str) -> str:
    if cause == ARREARS:
        return _("Der Grund ist eine offene Rechnung. Sobald sie bezahlt ist, geht sofort wieder alles.")
    if cause == LEFT:
        return _("Der Grund ist Ihre Kündigung. Mit einer neuen Bestellung geht sofort wieder alles.")
    return _("Der Grund ist das Ende der Probezeit. Mit einer Bestellung geht sofort wieder alles.")

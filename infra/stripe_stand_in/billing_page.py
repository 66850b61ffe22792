"""The pages of Billing: an invoice that can be paid, and the customer portal with all of them."""

from html import escape

from infra.stripe_stand_in import billing
from infra.stripe_stand_in.pages import Page, document, money
from infra.stripe_stand_in.state import Json, State


def answer(state: State, method: str, parts: list[str]) -> Page:
    """The page at this address, or that there is none."""
    match parts:
        case ["i", name, *_rest]:
            return invoice(state, method, name)
        case ["p", "session", name]:
            return portal(state, name)
        case _:
            return Page(document("Nicht gefunden", "<h1>Diese Seite gibt es nicht.</h1>"), status=404)


def invoice(state: State, method: str, name: str) -> Page:
    """``/i/NAME``."""
    found = [(account, one) for account, one in state.of_kind("invoice") if one["id"] == name]
    if not found:
        return Page(document("Nicht gefunden", "<h1>Diese Rechnung gibt es nicht.</h1>"), status=404)
    account, one = found[0]
    if method == "POST" and one["status"] == "open":
        billing.pay(state, account, one)
        state.save()
        return Page(location=f"/i/{name}")
    amount = money(one["amount_due"], one["currency"])
    words = "<p>Bezahlt. Vielen Dank.</p>"
    if one["status"] == "open":
        words = f'<form method="post" action="/i/{name}"><button>{amount} mit Karte zahlen</button></form>'
    title = f"Rechnung {escape(one['number'])}"
    return Page(document(title, f'<h1>{title}</h1><p class="sum">{amount}</p>{words}'))


def portal(state: State, name: str) -> Page:
    """``/p/session/NAME``."""
    found = [(account, one) for account, one in state.of_kind("billing_portal.session") if one["id"] == name]
    if not found:
        return Page(document("Nicht gefunden", "<h1>Dieser Link gilt nicht mehr.</h1>"), status=404)
    account, session = found[0]
    mine = [
        one for owner, one in state.of_kind("invoice")
        if owner == account and one["customer"] == session["customer"]
    ]  # fmt: skip
    rows = "".join(_row(one) for one in reversed(mine))
    back = escape(session["return_url"] or "/")
    body = f"""<h1>Ihre Rechnungen</h1>{f"<ul>{rows}</ul>" if rows else "<p>Noch keine Rechnungen.</p>"}
<p><a class="button" href="{back}">Zurück</a></p>"""
    return Page(document("Ihre Rechnungen", body))


def _row(one: Json) -> str:
    state = {"open": "offen", "paid": "bezahlt"}.get(one["status"], one["status"])
    amount = money(one["amount_due"], one["currency"])
    return f'<li><a href="/i/{one["id"]}">{escape(one["number"])}</a> {amount}, {state}</li>'

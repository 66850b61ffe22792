"""The page on which somebody pays: card or SEPA debit, the bank's question, declined cards.

Numbers as in Stripe's test mode: 4242 4242 4242 4242 is paid, 4000 0000 0000 0002 is declined, 4000 0000 0000 3220
makes the bank ask; DE89 3704 0044 0532 0130 00 is paid some seconds later, DE62 3704 0044 0532 0130 01 comes back.
"""

from html import escape

from infra.stripe_stand_in import checkout
from infra.stripe_stand_in.pages import Page, document, money
from infra.stripe_stand_in.state import Json, State

PAID_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000002"
POOR_CARD = "4000000000009995"
ASKING_CARD = "4000000000003220"
PAID_IBAN = "DE89370400440532013000"
RETURNED_IBAN = "DE62370400440532013001"
_REFUSALS = {
    DECLINED_CARD: "Ihre Karte wurde abgelehnt. Versuchen Sie es mit einer anderen.",
    POOR_CARD: "Auf dieser Karte ist nicht genug Guthaben.",
}
_LABELS = {"card": "Karte", "sepa_debit": "SEPA-Lastschrift"}
_HINTS = {
    "card": "Zum Ausprobieren: 4242 4242 4242 4242 wird bezahlt, 4000 0000 0000 0002 abgelehnt, bei"
    " 4000 0000 0000 3220 fragt die Bank nach.",
    "sepa_debit": "Zum Ausprobieren: DE89 3704 0044 0532 0130 00 ist nach einigen Sekunden bezahlt,"
    " DE62 3704 0044 0532 0130 01 kommt zurück.",
}
_CARD_FIELDS = """<label>Kartennummer<input type="text" name="number" value="{value}" inputmode="numeric"
 autocomplete="cc-number" placeholder="4242 4242 4242 4242" required></label>
<div class="pair"><label>Gültig bis<input type="text" name="expiry" autocomplete="cc-exp"
 placeholder="12 / 34"></label>
<label>Prüfziffer<input type="text" name="cvc" autocomplete="cc-csc" inputmode="numeric"
 placeholder="123"></label></div>"""
_BANK_FIELDS = """<label>IBAN<input type="text" name="number" value="{value}" placeholder="DE89 3704 0044 0532 0130 00"
 required></label><p class="dim">Mit „Zahlen“ erlauben Sie, den Betrag einmal von diesem Konto einzuziehen.</p>"""


def answer(state: State, method: str, name: str, rest: list[str], form: dict[str, str]) -> Page:
    """``/c/pay/NAME``, ``/c/pay/NAME/sepa_debit``, ``/c/pay/NAME/bank``."""
    found = [(account, one) for account, one in state.of_kind("checkout.session") if one["id"] == name]
    if not found:
        return Page(document("Nicht gefunden", "<h1>Diese Zahlung gibt es nicht.</h1>"), status=404)
    account, session = found[0]
    if session["status"] != "open" or session["expires_at"] <= state.now():
        words = "ist abgeschlossen" if session["status"] == "complete" else "ist abgelaufen"
        back = f'<p><a class="button" href="{escape(session["cancel_url"] or "/")}">Zurück</a></p>'
        return Page(document("Bezahlen", f"<h1>Diese Bezahlseite {words}.</h1>{back}"), status=410)
    kind = rest[0] if rest and rest[0] in session["payment_method_types"] else "card"
    if method == "POST" and rest == ["bank"]:
        return _bank_said(state, account, session, form)
    if method == "POST":
        return _pay(state, account, session, kind, form)
    return Page(_form(session, kind))


def _pay(state: State, account: str, session: Json, kind: str, form: dict[str, str]) -> Page:
    number = "".join(form.get("number", "").split()).upper()
    if kind == "sepa_debit":
        if number not in {PAID_IBAN, RETURNED_IBAN}:
            return Page(_form(session, kind, fault="Diese IBAN stimmt nicht.", value=number), status=402)
        fails = number == RETURNED_IBAN
        checkout.pay(state, account, session, method=kind, last_digits=number[-4:], fails=fails)
        return _thanks(session)
    if number in _REFUSALS:
        return Page(_form(session, kind, fault=_REFUSALS[number], value=number), status=402)
    if number == ASKING_CARD:
        return Page(_bank_asks(session, number[-4:]))
    if number != PAID_CARD:
        return Page(_form(session, kind, fault="Diese Kartennummer stimmt nicht.", value=number), status=402)
    checkout.pay(state, account, session, method="card", last_digits=number[-4:])
    return _thanks(session)


def _bank_said(state: State, account: str, session: Json, form: dict[str, str]) -> Page:
    if form.get("answer") != "yes":
        return Page(_form(session, "card", fault="Ihre Bank hat die Zahlung nicht freigegeben."), status=402)
    checkout.pay(state, account, session, method="card", last_digits=form.get("digits", "")[-4:])
    return _thanks(session)


def _thanks(session: Json) -> Page:
    return Page(location=session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]))


def _form(session: Json, kind: str, *, fault: str = "", value: str = "") -> str:
    address = f"/c/pay/{session['id']}"
    tabs = "".join(
        f'<a href="{address}{"" if one == "card" else f"/{one}"}"{" aria-current=page" if one == kind else ""}>'
        f"{_LABELS[one]}</a>"
        for one in session["payment_method_types"]
        if one in _LABELS
    )
    fields = (_CARD_FIELDS if kind == "card" else _BANK_FIELDS).format(value=escape(value))
    amount = money(session["amount_total"], session["currency"])
    back = session["cancel_url"]
    return document(
        "Bezahlen",
        f"""<div class="pay"><section aria-label="Was Sie bezahlen">
<h1>{escape(session["_label"])}</h1><p class="sum">{amount}</p>
{f'<p><a href="{escape(back)}">Abbrechen und zurück</a></p>' if back else ""}</section>
<section aria-label="Bezahlen"><nav aria-label="Zahlungsart">{tabs}</nav>
{f'<p class="bad" role="alert">{escape(fault)}</p>' if fault else ""}
<form method="post" action="{address}{"" if kind == "card" else f"/{kind}"}">
<label>E-Mail<input type="email" name="email" autocomplete="email"
 value="{escape(session["customer_email"] or "")}"></label>
{fields}<label>Name<input type="text" name="name" autocomplete="name"></label>
<button>{amount} zahlen</button></form>
<p class="dim">{_HINTS[kind]}</p></section></div>""",
    )


def _bank_asks(session: Json, digits: str) -> str:
    amount = money(session["amount_total"], session["currency"])
    return document(
        "Ihre Bank fragt nach",
        f"""<h1>Ihre Bank fragt: Geben Sie {amount} frei?</h1>
<form method="post" action="/c/pay/{session["id"]}/bank"><input type="hidden" name="digits" value="{escape(digits)}">
<button name="answer" value="yes">Freigeben</button>
<button class="plain" name="answer" value="no">Ablehnen</button></form>""",
    )

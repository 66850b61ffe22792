"""The page on which a town tells Stripe who it is, once per link.

Not here: accounts and links (``accounts``).
"""

from html import escape

from infra.stripe_stand_in.accounts import answer_onboarding, revoke
from infra.stripe_stand_in.pages import Page, document
from infra.stripe_stand_in.state import PLATFORM, State


def answer(state: State, method: str, token: str, form: dict[str, str]) -> Page:
    """Show the form once; a link used before, or too old, leads to where a new one is made."""
    link = state.links.get(token)
    if link is None:
        return Page(document("Nicht gefunden", "<h1>Diesen Link gibt es nicht.</h1>"), status=404)
    if link["expires_at"] <= state.now() or (method == "GET" and link["is_used"]):
        return Page(location=link["refresh_url"])
    account = state.find(PLATFORM, "account", link["account"])
    if method == "GET":
        link["is_used"] = True
        return Page(_form(token, account["email"] or ""))
    if form.get("step") == "revoke":
        revoke(state, account)
    elif form.get("step") != "later":
        answer_onboarding(state, account, with_bank=bool(form.get("iban", "").strip()))
    return Page(location=link["return_url"])


def _form(token: str, email: str) -> str:
    return document(
        "Konto einrichten",
        f"""<h1>Konto für Zahlungen einrichten</h1>
<p>Hier fragt Stripe eine Kommune nach Namen, Vertretung und Bankverbindung. Alles ist erfunden.</p>
<form method="post" action="/setup/s/{escape(token)}">
<label>E-Mail<input type="email" name="email" value="{escape(email)}"></label>
<label>Amtlicher Name<input type="text" name="name" value="Gemeinde Muster"></label>
<label>Wer die Kommune vertritt<input type="text" name="person" value="Kim Muster"></label>
<label>IBAN für Auszahlungen (leer lassen: Stripe verlangt sie später)<input type="text" name="iban"
 value="DE89 3704 0044 0532 0130 00"></label>
<button name="step" value="submit">Angaben senden</button>
<button class="plain" name="step" value="later">Später weitermachen</button></form>""",
    )

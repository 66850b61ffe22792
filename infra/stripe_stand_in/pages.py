"""The stand-in's pages: which address shows what, the frame around them, the start page with events to send again.

Not here: Checkout (``checkout_page``), onboarding (``onboarding_page``). German, like the demo.
"""

from dataclasses import dataclass
from html import escape

from infra.stripe_stand_in.state import State

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
_NEWEST = 40
STYLE = """
:root { color-scheme: light dark; --line: #6b7280; --soft: #f3f4f8; --back: #fff; --text: #1a1f36; --dim: #4f566b;
  --accent: #4b45c6; --accent-text: #fff; --bad: #b3093c }
@media (prefers-color-scheme: dark) { :root { --line: #8b93a7; --soft: #20243a; --back: #13172a; --text: #f2f4fb;
  --dim: #b4bacb; --accent: #a5a1ff; --accent-text: #13172a; --bad: #ff9db6 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--back); color: var(--text); font: 1.0625rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere }
.note { margin: 0; padding: .5rem 1rem; background: var(--soft); color: var(--dim); font-size: .95rem;
  text-align: center }
main { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem }
.pay { display: grid; gap: 2rem 4rem }
@media (min-width: 48rem) { .pay { grid-template-columns: 2fr 3fr } }
h1 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .5rem } .sum { font-size: 2.4rem; font-weight: 700; margin: 0 }
.dim { color: var(--dim) } .bad { color: var(--bad); font-weight: 600 }
form { display: grid; gap: 1rem } label { display: grid; gap: .25rem; font-weight: 600 }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
input[type=text], input[type=email] { font: inherit; color: inherit; background: var(--back); min-height: 2.9rem;
  padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .4rem; width: 100% }
button, .button { font: inherit; font-weight: 700; min-height: 3rem; padding: .6rem 1.2rem; border-radius: .4rem;
  border: 1px solid var(--accent); background: var(--accent); color: var(--accent-text); cursor: pointer;
  text-decoration: none; display: inline-block; text-align: center }
button.plain { background: transparent; color: var(--accent) }
nav { display: flex; flex-wrap: wrap; gap: .75rem; margin-bottom: 1.25rem }
nav a { flex: 1; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .4rem; color: var(--text);
  text-decoration: none; min-height: 3rem }
nav a[aria-current] { border: 2px solid var(--accent); font-weight: 700 }
a { color: var(--accent) }
a:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
ul.events { list-style: none; padding: 0 } ul.events li { border-top: 1px solid var(--line); padding: .5rem 0 }
ul.events form { display: inline } ul.events button { min-height: 2.25rem; padding: .2rem .8rem }
code { font-size: .95em }
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or a way to another one."""

    body: str = ""
    location: str = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"


def answer(state: State, method: str, path: str, form: dict[str, str]) -> Page:
    """What a browser gets at this address."""
    # They use the frame of this module.
    from infra.stripe_stand_in import billing_page, checkout_page, onboarding_page  # noqa: PLC0415

    match path.strip("/").split("/"):
        case [""]:
            return _home(state)
        case ["stil.css"]:
            return Page(STYLE, kind="text/css; charset=utf-8")
        case ["c", "pay", name, *rest]:
            return checkout_page.answer(state, method, name, rest, form)
        case ["setup", "s", token]:
            return onboarding_page.answer(state, method, token, form)
        case ["ereignis", name] if method == "POST":
            return _send_again(state, name)
        case rest:
            return billing_page.answer(state, method, rest)


def document(title: str, body: str) -> str:
    """One whole page around ``body``."""
    return f"""<!doctype html>
<html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title><link rel="stylesheet" href="/stil.css"></head>
<body><p class="note">Nachbildung zum Ausprobieren: kein Stripe, kein echtes Geld.</p><main>{body}</main></body></html>
"""


def money(cents: int, currency: str) -> str:
    """An amount as Germans read it."""
    whole, rest = divmod(cents, 100)
    shown = f"{whole:,}".replace(",", ".") + f",{rest:02d}"
    return f"{shown} €" if currency == "eur" else f"{shown} {currency.upper()}"


def _home(state: State) -> Page:
    items = "".join(
        f"<li><code>{escape(event['type'])}</code> <span class=dim>{escape(event.get('account', 'Plattform'))}</span>"
        f' <form method="post" action="/ereignis/{event["id"]}"><button class="plain">Noch einmal senden</button>'
        "</form></li>"
        for event in reversed(state.events[-_NEWEST:])
    )
    body = f"""<h1>Zahlungsdienst der Vorführung</h1>
<p>Jede Meldung an Biletado steht hier, die neueste zuerst. Doppelte Meldungen ändern nichts.</p>
{f'<ul class="events">{items}</ul>' if items else "<p>Noch ist nichts geschehen.</p>"}"""
    return Page(document("Zahlungsdienst der Vorführung", body))


def _send_again(state: State, name: str) -> Page:
    for event in state.events:
        if event["id"] == name:
            for listener in state.on_event:
                listener(event)
    return Page(location="/")

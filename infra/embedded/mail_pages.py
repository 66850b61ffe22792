"""The pages of the mail sink, as complete HTML documents; values in, text out.

Not here: the server that sends them (``mailsink``). The texts are German like the demo itself.
"""

import re
from html import escape
from urllib.parse import quote
from zoneinfo import ZoneInfo

from infra.embedded.mail_store import StoredMail

BYTES_PER_KB = 1024
BERLIN = ZoneInfo("Europe/Berlin")
ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
STYLE = """
:root { color-scheme: light dark; --line: #5c6670; --link: #0b57a4; --back: #fff; --text: #15191d; --soft: #f0f3f6 }
@media (prefers-color-scheme: dark) {
  :root { --line: #8d98a3; --link: #8fc4ff; --back: #14181c; --text: #eef2f5; --soft: #20262c }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 62rem; background: var(--back); color: var(--text);
  font: 1.0625rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
a { color: var(--link) }
a:focus-visible, button:focus-visible, select:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
h1 { font-size: 1.6rem; line-height: 1.25 }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: 1rem 0 }
label { display: grid; gap: .25rem; max-width: 100% }
select, button, .button { font: inherit; color: inherit; min-height: 2.75rem; padding: .4rem .9rem; max-width: 100%;
  border: 1px solid var(--line); border-radius: .3rem; background: var(--soft) }
ul.mails { list-style: none; padding: 0; margin: 0; border-top: 1px solid var(--line) }
ul.mails li { border-bottom: 1px solid var(--line); padding: .7rem 0 }
ul.mails a { font-weight: 600; display: inline-block; min-height: 1.75rem }
.meta { margin: 0; font-size: .95rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem }
dt { font-weight: 600 } dd { margin: 0 }
pre { white-space: pre-wrap; background: var(--soft); padding: 1rem; border-radius: .3rem; font: inherit; margin: 0 }
iframe { width: 100%; height: 36rem; border: 1px solid var(--line); border-radius: .3rem; background: #fff }
"""


def list_page(mails: list[StoredMail], *, recipients: list[str], chosen: str) -> str:
    """Return the list of mails, newest first, with a filter by recipient; ``chosen`` may be empty."""
    options = "".join(
        f'<option value="{escape(address)}"{" selected" if address == chosen else ""}>{escape(address)}</option>'
        for address in recipients
    )
    items = "".join(_list_item(mail) for mail in mails)
    empty = (
        "Für diesen Empfänger ist keine Mail angekommen."
        if chosen
        else "Noch ist keine Mail angekommen. Sobald Biletado eine verschickt, steht sie hier."
    )
    return _document(
        "Postfach",
        f"""<h1>Postfach der Vorführung</h1>
<p>Alle Mails landen hier. Keine verlässt diesen Rechner.</p>
<form method="get" action="/">
<label>Empfänger<select name="an"><option value="">Alle</option>{options}</select></label>
<button type="submit">Anzeigen und aktualisieren</button>
</form>
<h2>{_count(len(mails))}</h2>
{f'<ul class="mails">{items}</ul>' if mails else f"<p>{empty}</p>"}""",
    )


def mail_page(mail: StoredMail) -> str:
    """Return one mail: its head, its files, its text and its formatted version."""
    files = "".join(
        f'<li><a href="/mail/{mail.name}/teil/{part.number}" download>{escape(part.file_name)}</a>'
        f" ({escape(part.content_type)}, {_size(len(part.content))})</li>"
        for part in mail.attachments
    )
    html = (
        f'<h2 id="html">Gestaltete Fassung</h2><iframe title="Gestaltete Fassung der Mail" src="/mail/{mail.name}/html"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
        if mail.html
        else ""
    )
    text = f'<h2 id="text">Textfassung</h2><pre>{_linked(mail.text)}</pre>' if mail.text else ""
    return _document(
        mail.subject or "Ohne Betreff",
        f"""<p><a href="/">Zurück zum Postfach</a></p>
<h1>{escape(mail.subject) or "Ohne Betreff"}</h1>
<dl><dt>Von</dt><dd>{escape(mail.sender)}</dd>
<dt>An</dt><dd>{escape(", ".join(mail.recipients))}</dd>
<dt>Empfangen</dt><dd>{_when(mail)}</dd></dl>
{f"<h2>Dateien</h2><ul>{files}</ul>" if files else ""}
{text}
{html}
<p><a href="/mail/{mail.name}/quelltext">Quelltext der Mail</a></p>""",
    )


def missing_page() -> str:
    """Return the page for an address that does not exist."""
    return _document(
        "Nicht gefunden",
        '<h1>Diese Seite gibt es nicht</h1><p><a href="/">Zurück zum Postfach</a></p>',
    )


def framed_html(mail: StoredMail) -> str:
    """Return the mail's own HTML for the frame: links open outside, its pictures come from its parts."""
    html = mail.html
    for part in mail.attachments:
        if part.content_id:
            html = html.replace(f"cid:{part.content_id}", f"/mail/{mail.name}/teil/{part.number}")
    return f'<base target="_blank">{html}'


def _list_item(mail: StoredMail) -> str:
    files = (
        f" · {len(mail.attachments)} Datei{'en' if len(mail.attachments) > 1 else ''}"
        if mail.attachments
        else ""
    )
    return (
        f'<li><a href="/mail/{quote(mail.name)}">{escape(mail.subject) or "Ohne Betreff"}</a>'
        f'<p class="meta">an {escape(", ".join(mail.recipients))}'
        f" · von {escape(mail.sender)} · {_when(mail)}{files}</p></li>"
    )


def _document(title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} – Postfach der Vorführung</title><link rel="stylesheet" href="/stil.css"></head>
<body><main>{body}</main></body></html>
"""


def _linked(text: str) -> str:
    parts, end = [], 0
    for match in ADDRESS.finditer(text):
        address = escape(match[0])
        parts += [escape(text[end : match.start()]), f'<a href="{address}">{address}</a>']
        end = match.end()
    return "".join([*parts, escape(text[end:])])


def _count(number: int) -> str:
    return "1 Mail" if number == 1 else f"{number} Mails"


def _size(length: int) -> str:
    return f"{length} Byte" if length < BYTES_PER_KB else f"{length // BYTES_PER_KB} KB"


def _when(mail: StoredMail) -> str:
    local = mail.received_at.astimezone(BERLIN)
    return f'<time datetime="{mail.received_at.isoformat()}">{local:%d.%m.%Y, %H:%M:%S} Uhr</time>'

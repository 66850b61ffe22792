"""The ordinance language in public: its reference as a page, its JSON Schema at an address that stays.

Not here: what the reference says (``booking_core.ordinances.reference``).
"""

import json
from functools import lru_cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from booking_core.engines.ordinance import LocalizedText, schema
from booking_core.ordinances.reference import FieldReference, PartReference, language_reference
from design_system.contracts import Column, NavItem, Table
from tenants.links import main_url

_CACHE_SECONDS = 24 * 60 * 60


@require_safe
def language_page(request: HttpRequest) -> HttpResponse:
    """The reference with a table of contents; every part and idea has an anchor of its own."""
    reference = language_reference()
    ideas = [
        {
            "id": idea.id,
            "title": _said(idea.title),
            "text": _said(idea.text),
            "parts": [_part(part) for part in idea.parts],
        }
        for idea in reference.ideas
    ]
    steps = [
        {
            "number": number,
            "title": _said(step.title),
            "text": _said(step.text),
            "snippet": step.snippet.rstrip(),
        }
        for number, step in enumerate(reference.tutorial, 1)
    ]
    contents = [NavItem(_("Ihre erste Satzung in einer Stunde"), "#anfangen")]
    contents += [NavItem(str(idea["title"]), f"#idee-{idea['id']}") for idea in ideas]
    context = {
        "contents": contents,
        "ideas": ideas,
        "steps": steps,
        "schema_url": main_url("ordinance_schema"),
    }
    return render(request, "onboarding/language.html", context)


@lru_cache(maxsize=4)
def _schema_bytes(address: str) -> bytes:
    return json.dumps(schema(address), ensure_ascii=False, indent=1).encode()


def _schema_tag(request: HttpRequest) -> str:
    return f'"{sha256(_schema_bytes(main_url("ordinance_schema"))).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_schema_tag)
def ordinance_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema, for editors anywhere: readable from other origins, kept for a day."""
    response = HttpResponse(
        _schema_bytes(main_url("ordinance_schema")), content_type="application/schema+json"
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={_CACHE_SECONDS}"
    return response


def _said(text: LocalizedText) -> str:
    return text.in_language(get_language() or "de")


def _part(part: PartReference) -> dict[str, object]:
    inherited = [NavItem(name, f"#{name.lower()}") for name in part.inherited]
    table = Table(
        caption=_("Felder von %(part)s") % {"part": part.name},
        is_caption_hidden=True,
        is_stacked=True,
        is_dense=True,
        columns=[Column(_("Feld")), Column(_("Was dort steht")), Column(_("Bedeutung"))],
        rows=[[field.name, _kind(field), _said(field.meaning)] for field in part.fields],
    )
    return {
        "anchor": part.anchor,
        "name": part.name,
        "meaning": _said(part.meaning),
        "table": table,
        "inherited": inherited,
    }


def _kind(field: FieldReference) -> str:
    kind = _said(field.kind)
    if field.is_required:
        return _("%(kind)s – nötig") % {"kind": kind}
    return (
        _("%(kind)s – sonst %(default)s") % {"kind": kind, "default": field.default}
        if field.default
        else kind
    )

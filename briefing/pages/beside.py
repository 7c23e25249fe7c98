"""What stands beside a record's own page: its briefing, its network, files to cite."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from briefing.documents import composition, dated, markdown
from briefing.pages import claims, entities, network, profiles, questions
from briefing.pages.addresses import address
from briefing.pages.citing import Citation
from briefing.rendering import render
from entities.later import Later
from entities.records import Status
from sources.models import Question

word = Later("briefing.documents.word")
BIBTEX, CSL = "application/x-bibtex", "application/vnd.citationstyles.csl+json"


def briefing(request: HttpRequest, kind: str, slug: str, form: str) -> HttpResponse:
    row = _public(kind, slug)
    if row is None:
        return _instead(request, kind, slug)
    document = (
        composition.of_question(row)
        if kind == "question"
        else composition.of_profile(row)
    )
    document = dated.marked(document)
    if form == "page":
        return render(request, "briefing.html", {"document": document})
    site = request.build_absolute_uri("/")
    if form == "docx":
        return _file(word.written(document, site), word.MEDIA_TYPE, f"{slug}.docx")
    return _file(markdown.written(document, site), "text/markdown", f"{slug}.md")


def surroundings(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The network around a person, organisation or event."""
    row = _public(kind, slug)
    if row is None:
        return _instead(request, kind, slug)
    asked = request.GET.get("steps", "1")
    steps = 2 if asked == "2" else 1
    known = asked in ("1", "2")
    error = "" if known else "The network reaches one step or two: here is one."
    shown = {"entity": row, "steps": steps, "error": error}
    drawn = network.around(row, steps)
    return render(request, "network.html", {**shown, "network": drawn})


def cite(request: HttpRequest, kind: str, slug: str, form: str) -> HttpResponse:
    row = _public(kind, slug)
    if row is None:
        return _instead(request, kind, slug)
    cited = _citation(request, kind, row)
    if form == "bib":
        return _file(cited.bibtex, BIBTEX, f"{slug}.bib")
    return _file(cited.csl, CSL, f"{slug}.json")


def _public(kind: str, slug: str) -> Any:
    """The record as its own page reads it, if that shows it."""
    if kind == "question":
        row = next(iter(questions.ONE(slug=slug)), None)
        return row if row and row.state != Question.State.NO_ANSWER else None
    if kind == "claim":
        row = next(iter(claims.ONE(slug=slug)), None)
        return row if row and row.is_public else None
    row = next(iter(entities.ENTITY(kind=kind, slug=slug)), None)
    if row is None or row.merged_into_id is not None:
        return None
    return row if row.status == Status.PUBLISHED else None


def _citation(request: HttpRequest, kind: str, row: Any) -> Citation:
    if kind == "question":
        return questions.citation_of(request, questions.read(row))
    if kind == "claim":
        return claims.citation_of(request, row, claims.read(row))
    return entities.citation_of(request, profiles.read(row))


def _instead(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What stands at the record's own address: a notice, or a way to another one."""
    if kind == "question":
        answer = questions.question_detail(request, slug)
    elif kind == "claim":
        answer = claims.claim_detail(request, slug)
    else:
        answer = entities.entity_detail(request, kind, slug)
    if isinstance(answer, HttpResponsePermanentRedirect):
        tail = request.path.removeprefix(address(kind, slug))
        return HttpResponsePermanentRedirect(answer.url + tail)
    return answer


def _file(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep; its name is made of a slug and needs no quoting."""
    kind = media_type if isinstance(content, bytes) else f"{media_type}; charset=utf-8"
    heading = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=heading)

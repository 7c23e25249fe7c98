"""The public records in the formats of the field, whole or one by one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import (
    Http404,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer

from briefing.api import asking, schema
from briefing.api.absent import instead, notice
from briefing.api.answering import Answering
from briefing.api.asking import Faults
from briefing.api.resources import RESOURCES, Resource
from briefing.api.views import KEY, following
from briefing.filters import decoded, encoded
from briefing.formats.catalogue import Format

# So many records are in one file; what follows is in another, that `Link` names.
MOST = 1000
PLURALS = {resource.plural: resource for resource in RESOURCES}
FILE = {"type": "string", "format": "binary"}
STRUCTURE = {"oneOf": [{"type": "object"}, {"type": "array", "items": {}}]}


class Taking(Answering):
    """A file in one format."""

    form: ClassVar[Format]

    def file(self, things: list[Any], name: str) -> HttpResponse:
        url = self.request.build_absolute_uri()
        body = "".join(self.form.written(things, url)).encode()
        answer = self.sent(body, self.form.media_type)
        name = f"{name}.{self.form.ending}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


class All(Taking):
    """All records that the format has a place for, a thousand at a time."""

    def get(self, request: Any) -> HttpResponse:
        faults = Faults(request.GET, ("cursor",))
        place = _place(request.GET, faults)
        faults.refuse()
        things, after = self.form.page(request, place, MOST)
        answer = self.file(things, f"briefing-{self.form.name}")
        if after is not None:
            url = following(request, encoded([*after]))
            answer["Link"] = f'<{url}>; rel="next"'
        return answer


class One(Taking):
    """What the format can tell of one record."""

    def get(self, request: Any, plural: str, key: str) -> HttpResponse:
        resource = PLURALS.get(plural)
        if resource is None or resource.kind not in self.form.of:
            raise Http404
        Faults(request.GET, ()).refuse()
        if not KEY.fullmatch(key):
            raise Http404
        rows = resource.one(key=key)
        if not rows:
            return self._instead(resource, key)
        things: list[Any] = []
        for kind, keys in self.form.of[resource.kind](rows[0].id):
            things += self.form.made(request, kind, keys)
        return self.file(things, key)

    def _instead(self, resource: Resource, key: str) -> HttpResponse:
        """Gone, or led to the same file of the record that it is now."""
        if notice(resource, key) is not None:
            raise Http404
        answer = instead(self.request, resource, key)
        if isinstance(answer, HttpResponsePermanentRedirect):
            _, plural, key = answer.url.partition("?")[0].rstrip("/").rsplit("/", 2)
            name = f"api-export-{self.form.name}-one"
            return HttpResponsePermanentRedirect(reverse(name, args=[plural, key]))
        return answer


class Atom(BaseRenderer):
    media_type, format = "application/atom+xml", "atom"


class Feed(Answering):
    """The latest changes as Atom: where feed readers have them."""

    renderer_classes = [Atom]

    @extend_schema(
        operation_id="export_atom",
        tags=["export"],
        responses={
            302: OpenApiResponse(description="The Atom feed of the latest changes."),
            **schema.problems(406, 429, 503),
        },
    )
    def get(self, request: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("change-feed"))


def _place(query: Any, faults: Faults) -> tuple[int, int]:
    if "cursor" not in query:
        return 0, 0
    try:
        kind, key = decoded(query["cursor"], int, int)
    except ValueError:
        kind = key = -1
    if not (0 <= kind < 10 and 0 <= key < 2**63):
        faults.add("cursor", asking.NO_PLACE)
    return kind, key


def _media(form: Format) -> str:
    return form.media_type.partition(";")[0]


def _content(form: Format) -> dict[str, Any]:
    """What a file is: JSON as a whole, or lines that only a program for it reads."""
    return STRUCTURE if _media(form).endswith("json") else FILE


def whole(form: Format) -> type[Answering]:
    """The view of a file of everything."""
    told = extend_schema(
        operation_id=f"export_{form.name}",
        tags=["export"],
        parameters=[schema.CURSOR],
        responses={
            (200, _media(form)): OpenApiResponse(
                _content(form),
                description=f"{form.title}, at most {MOST:,} records: the header "
                "`Link` names the next file.",
            ),
            **schema.problems(400, 406, 429, 503),
        },
    )
    return _view(All, form, told)


def single(form: Format) -> type[Answering]:
    """The view of a file of one record."""
    plurals = [name for name, one in PLURALS.items() if one.kind in form.of]
    told = extend_schema(
        operation_id=f"export_{form.name}_one",
        tags=["export"],
        parameters=[
            OpenApiParameter("plural", location="path", enum=plurals),
            OpenApiParameter("key", location="path", description="Its slug."),
        ],
        responses={
            (200, _media(form)): OpenApiResponse(
                _content(form), description=f"The record in {form.title}."
            ),
            301: OpenApiResponse(description="It has another address now."),
            **schema.problems(400, 404, 406, 410, 429, 503),
        },
    )
    return _view(One, form, told)


def _view(base: Any, form: Format, told: Any) -> type[Answering]:
    """A view with a `get` of its own, for the description is kept on that."""
    media = type(
        "Media", (BaseRenderer,), {"media_type": _media(form), "format": form.name}
    )
    view: Any = type(
        f"{form.name.title()}{base.__name__}",
        (base,),
        {"form": form, "renderer_classes": [media]},
    )

    def get(self: Any, request: Any, **key: Any) -> HttpResponse:
        return super(view, self).get(request, **key)

    view.get = told(get)
    described: type[Answering] = view
    return described

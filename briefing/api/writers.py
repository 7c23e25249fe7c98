"""The addresses where programs write: lists take new records, records take changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import parse_etags
from rest_framework.parsers import BaseParser

from briefing.api import drafts, views, writing
from briefing.api.answering import Answering
from briefing.api.bearing import token_of
from briefing.api.problems import Stopped, Unfit, Unread
from briefing.api.resources import Resource
from sources.exchange import jsonlines
from sources.exchange.kinds import BY_NAME, Kind

# A record of words; a text of an article is attached at the desk.
MOST_BYTES = 1_000_000
READS_ALSO = "With a token a record is given as the desk holds it. Ask without one."


class Json(BaseParser):
    """One record; numbers exactly, nothing twice, nothing too deep or too long."""

    media_type = "application/json"

    def parse(
        self, stream: Any, media_type: Any = None, parser_context: Any = None
    ) -> Any:
        try:
            return jsonlines.value(stream.read())
        except ValueError as error:
            told = str(error).replace(" on one line", "")
            raise Unread([("", told)]) from error


class Writing(Answering):
    """A view that also takes records of one kind, from programs with a token."""

    parser_classes = [Json]
    resource: ClassVar[Resource]

    @property
    def kind(self) -> Kind:
        return BY_NAME[self.resource.kind]

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MOST_BYTES:
            raise Stopped(413, f"Send at most {MOST_BYTES:,} bytes.")

    def allowed(self, request: Any, act: str) -> Any:
        """The token of the request, if its owner may do this at the desk."""
        token = token_of(request)
        writing.refuse_right(token.user, act, self.kind)
        return token

    def held(
        self, request: HttpRequest, written: writing.Written, status: int = 200
    ) -> HttpResponse:
        """The record as it stands now, with its version as its tag."""
        record = drafts.told(self.kind, written.record)
        if written.waits:
            record["waits"] = written.waits
        answer = JsonResponse(record, status=202 if written.waits else status)
        answer["ETag"] = f'"{written.record.version}"'
        if status == 201:
            path = reverse(f"api-{self.kind}", args=[written.record.slug])
            answer["Location"] = request.build_absolute_uri(path)
        return answer


class Records(Writing, views.Records):
    """A list: read it, or add a draft to what it is a list of."""

    http_method_names = ["get", "head", "options", "post"]

    def post(self, request: Any) -> HttpResponse:
        token = self.allowed(request, "add")
        return self.held(request, writing.create(token, self.kind, request.data), 201)


class One(Writing, views.One):
    """A record: read it, or change it."""

    http_method_names = ["get", "head", "options", "patch"]

    def get(self, request: Any, key: str) -> HttpResponse:
        is_at_desk = request.auth and writing.may(request.user, "view", self.kind)
        if is_at_desk and views.KEY.fullmatch(key):
            record = self.kind.model.objects.by_key(key).first()
            if record is not None:
                if request.GET:
                    raise Unfit([(name, READS_ALSO) for name in request.GET])
                return self.held(request, writing.Written(record, []))
        return super().get(request, key)

    def patch(self, request: Any, key: str) -> HttpResponse:
        token = self.allowed(request, "change")
        versions = versions_of(request)
        if not versions:
            told = "Send `If-Match` with the `ETag` of the record as you read it."
            raise Stopped(428, told)
        change = writing.change(token, self.kind, key, request.data, versions)
        return self.held(request, change)


class Submission(Writing):
    """Where a draft is sent to review."""

    http_method_names = ["post", "options"]

    def post(self, request: Any, key: str) -> HttpResponse:
        token = self.allowed(request, "change")
        sent = writing.submit(token, self.kind, key, versions_of(request))
        return self.held(request, sent)


def versions_of(request: Any) -> set[str]:
    """The versions that `If-Match` names; none if it is not there."""
    header = request.headers.get("If-Match", "").strip()
    return {tag.strip('"') for tag in parse_etags(header)} if header else set()

"""Pages for a save that could not be: each still holds what was typed.

A record deleted meanwhile, a session that ended, a token that changed, a right taken
away, a database that is locked or full, a form over the limits: Django answers each
with a bare page or a redirect, and the typing is gone. Here it is shown again, to copy
or to send once more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core import signals
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, InterfaceError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    QueryDict,
    UnreadablePostError,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure as plain_csrf_failure

from entities.storage import is_of_storage
from sources.desk.typed import typed_into

logger = logging.getLogger("django.request")

# So much more than the limit is read, so as to give it back.
READ_BACK = 4
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# Where a form holds a password and nothing that one would miss.
ELSEWHERE = ("login", "logout", "password_change", "second-factor", "jsi18n")
DRAFT = "_draft"


def page(
    request: HttpRequest,
    status: int,
    title: str,
    words: str,
    *,
    again: str = "",
    data: QueryDict | None = None,
    **more: Any,
) -> HttpResponse:
    """What happened, and all that was typed; `again` names the button to send it."""
    typed = typed_into(request, request.POST if data is None else data)
    if _wants_json(request):
        response: HttpResponse = JsonResponse({"error": words}, status=status)
    else:
        context = {
            "title": title,
            "words": words,
            "typed": [one for one in typed if one.is_shown],
            "sent": typed,
            "is_lost": data is not None,
            "again": again if _is_whole(request, data) else "",
            "address": request.get_full_path(),
            "site_header": "Briefing desk",
            **more,
        }
        response = render(request, "desk/rescue.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _wants_json(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return "application/json" in accepts and "text/html" not in accepts


def _is_whole(request: HttpRequest, data: QueryDict | None) -> bool:
    """Whether what the page holds is all there was: no password, no file dropped."""
    if data is not None:
        return False
    has_secret = any("password" in name for name in request.POST)
    return not has_secret and not request.FILES


def is_the_desks(request: HttpRequest) -> bool:
    """Whether something typed at the desk comes in."""
    if request.method != "POST":
        return False
    front = reverse("admin:index")
    where = request.path.removeprefix(front).split("/")[0]
    return request.path.startswith(front) and where not in ELSEWHERE


class Rescue:
    """Middleware: no POST to the desk ends on a page without what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_the_desks(request):
            return self.get_response(request)
        try:
            draft = request.POST.get(DRAFT, "")
        except TOO_LARGE as error:
            return too_large(request, error)
        except UnreadablePostError:
            draft = ""
        response = self.get_response(request)
        if draft.isalnum() and len(draft) < 40 and response.status_code in (302, 303):
            # The browser may now forget its copy: see static/desk/autosave.js.
            response.set_cookie(
                f"desk_saved_{draft}",
                "1",
                max_age=86_400,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not is_the_desks(request):
            return None
        try:
            may_enter = site.has_permission(request)
        except (DatabaseError, InterfaceError) as error:
            # Who they are cannot be told, nor asked for by the page's head. What they
            # typed is theirs: the form's token was right.
            request.user = AnonymousUser()
            return not_stored(request, error)
        return None if may_enter else signed_out(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if not is_the_desks(request):
            return None
        if isinstance(error, PermissionDenied):
            return not_allowed(request)
        if isinstance(error, Http404):
            return gone(request)
        if isinstance(error, SuspiciousOperation) or settings.DEBUG:
            return not_stored(request, error) if is_of_storage(error) else None
        if not is_of_storage(error):
            return broken(request, error)
        return not_stored(request, error)


def too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    """Over a limit: the limit by name, and the text as far as it can be read."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    if isinstance(error, RequestDataTooBig):
        status = 413
        words = (
            f"One save holds at most {limit / 1_000_000:g} MB, as a browser sends it;"
            " this was more. Nothing was saved. Save it in parts."
        )
    else:
        status = 400
        words = (
            "One save holds at most "
            f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields and "
            f"{settings.DATA_UPLOAD_MAX_NUMBER_FILES:,} files; this page had more. "
            "Nothing was saved. Change fewer rows at a time."
        )
    data = _read_back(request, READ_BACK * limit)
    return page(request, status, "Too much for one save", words, data=data)


def _read_back(request: HttpRequest, most: int) -> QueryDict:
    """The fields of a form that Django would not take; of staff only, and no more."""
    data = QueryDict(mutable=True)
    user: Any = request.user
    is_plain = request.content_type == "application/x-www-form-urlencoded"
    if not (is_plain and user.is_active and user.is_staff):
        return data
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    was_read = hasattr(request, "_body")
    raw = request.body if was_read else request.read(min(length, most))
    for name, value in parse_qsl(raw.decode("utf-8", "replace"), True):
        data.appendlist(name, value)
    return data


def signed_out(request: HttpRequest) -> HttpResponse:
    """The session ended, or no longer opens the desk."""
    if request.user.is_authenticated:
        return not_allowed(request)
    login = redirect_to_login(request.get_full_path(), reverse("admin:login")).url
    return page(
        request,
        401,
        "You are logged out",
        "Your session ended before this was saved. Log in, in a new window; then come "
        "back here and send it again.",
        again="Send it again",
        login=login,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is no longer the browser's: signed in again, or from elsewhere.

    What another site sent is not shown, nor may it be sent again with one press.
    """
    if not is_the_desks(request) or _is_foreign(request):
        return plain_csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return signed_out(request)
    return page(
        request,
        403,
        "This form was opened in an earlier session",
        "You have logged in again since, so it was not saved. Look at what you typed "
        "and send it again.",
        again="Send it again",
    )


def _is_foreign(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent the form."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return True
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


def not_allowed(request: HttpRequest) -> HttpResponse:
    words = "You may not do this, or not any more. Nothing was saved. What you typed "
    words += "is below: copy it, or ask an administrator and send it again."
    return page(request, 403, "You may not do this", words, again="Send it again")


def gone(request: HttpRequest) -> HttpResponse:
    words = "What you were working on is not there. Nothing was saved; what you typed "
    return page(request, 404, "Not found", words + "is below, to be copied.")


def deleted(request: HttpRequest, what: str, by: str, recover: str) -> HttpResponse:
    """The record went while it was edited."""
    return page(
        request,
        409,
        f"This {what} has been deleted",
        f"{by} while you had it open. Nothing was saved; what you typed is below.",
        recover=recover,
    )


CAUSES = {
    "locked": "Someone else's long save holds the database.",
    "lock timeout": "Someone else's long save holds the database.",
    "full": "The disk is full.",
    "readonly": "The database cannot be written to.",
    "read-only": "The database cannot be written to.",
}


def not_stored(request: HttpRequest, error: Exception) -> HttpResponse:
    """Locked, full, read-only: it may pass, and then the same can be sent again."""
    logger.error("Not stored: %s", request.path, exc_info=error)
    told = str(error).lower()
    cause = next((words for sign, words in CAUSES.items() if sign in told), "")
    response = page(
        request,
        503,
        "It could not be saved just now",
        f"{cause or 'The database does not answer.'} Nothing was saved. Try again in "
        "a moment; if it stays so, tell whoever runs the site.",
        again="Try again",
    )
    response["Retry-After"] = "20"
    return response


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """A mistake of the program's: told to whoever runs the site, typing kept."""
    logger.error("Failed: %s", request.path, exc_info=error)
    signals.got_request_exception.send(sender=None, request=request)
    words = "Something went wrong here. It has been noted for whoever runs the site; "
    words += "nothing was saved. What you typed is below."
    return page(request, 500, "Something went wrong", words, again="Try again")

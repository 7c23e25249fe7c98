"""Modules, and views in them, that are read when they are first needed.

Most commands and pages need no reader of PDF files and no writer of spreadsheets, whose
packages take longer to read than all else that starts the program; and whoever asks for
the front page is not kept waiting for the modules of all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class Later:
    """A module of ours by its name; whatever it is asked for, it is read first."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


class LaterView:
    """A view that is made when it is first asked, or somebody looks at what it is.

    Whether it takes forms from other sites must be known before.
    """

    def __init__(self, make: Callable[[], Any], csrf_exempt: bool = False) -> None:
        self.view, self.csrf_exempt = cache(make), csrf_exempt

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = self.view()(request, *args, **kwargs)
        return answer

    def __getattr__(self, name: str) -> Any:
        # What Django asks after while it only notes which addresses there are.
        if name == "view_class" or name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.view(), name)


class LaterViews:
    """The views of a module of ours, each by its name."""

    def __init__(self, module: str, csrf_exempt: Collection[str] = ()) -> None:
        self._module, self._csrf_exempt = module, csrf_exempt

    def __getattr__(self, name: str) -> LaterView:
        view = LaterView(
            lambda: getattr(import_module(self._module), name),
            csrf_exempt=name in self._csrf_exempt,
        )
        # Whoever wraps it hands these on.
        view.__name__ = view.__qualname__ = name  # type: ignore[attr-defined]
        view.__module__ = self._module
        return view


class LaterAddresses(URLResolver):
    """The addresses below a prefix, with a namespace; read when one of them is asked.

    Django reads all others when it first looks up where anything is.
    """

    def __init__(self, prefix: str, module: str, namespace: str) -> None:
        pattern = RoutePattern(prefix)
        super().__init__(pattern, module, app_name=namespace, namespace=namespace)

    def _populate(self) -> None:
        """That there is the namespace is all that is noted; names are found in it."""

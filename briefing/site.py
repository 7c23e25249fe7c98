"""The Jinja2 environment of the reader's pages."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    env = Environment(**options, trim_blocks=True, lstrip_blocks=True)
    env.globals.update(static=static, url=reverse)
    return env

"""System checks: what must be true of a machine before work is entrusted to it."""

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.db import connection

from briefing import sqlite


@register(Tags.database)
def sqlite_keeps_what_it_commits(
    app_configs: object, databases: object = None, **kwargs: object
) -> list[CheckMessage]:
    if connection.vendor != "sqlite":
        return []
    return sqlite.check_version(debug=settings.DEBUG)

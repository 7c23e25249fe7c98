"""Django's admin as an app of this project, with the desk as its site."""

from typing import Any

from django.contrib.admin import autodiscover
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class DeskConfig(SimpleAdminConfig):
    """Named in the settings, so read before there are models: it imports none.

    The tables of the admin are read with its addresses: see briefing/desk_addresses.py.
    """

    default_site = "briefing.admin_site.DeskSite"

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(every_table_is_in_order, checks.Tags.admin)


def every_table_is_in_order(app_configs: Any, **kwargs: Any) -> Any:
    autodiscover()
    return check_admin_app(app_configs, **kwargs)

"""Django's admin as an app of this project, with the desk as its site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Named in the settings, so read before there are models: it imports none."""

    default_site = "briefing.admin_site.DeskSite"

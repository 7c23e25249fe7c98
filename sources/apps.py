from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SourcesConfig(AppConfig):
    """How we know: sources, claims, the evidence between them, the desk's decisions."""

    name = "sources"

    def ready(self) -> None:
        from sources import rights, settling  # noqa: F401

        post_migrate.connect(rights.make_groups, sender=self)

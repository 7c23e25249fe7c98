from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SourcesConfig(AppConfig):
    """How we know: sources, claims, the evidence between them, the desk's decisions."""

    name = "sources"

    def ready(self) -> None:
        from sources import checks, rights, settling, triggers  # noqa: F401
        from sources.flat import views

        pre_migrate.connect(triggers.drop, sender=self)
        pre_migrate.connect(views.drop, sender=self)
        post_migrate.connect(triggers.make, sender=self)
        post_migrate.connect(views.make, sender=self)
        post_migrate.connect(rights.make_groups, sender=self)

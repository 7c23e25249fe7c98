from django.apps import AppConfig


class BriefingConfig(AppConfig):
    """What the reader sees; it owns no table."""

    name = "briefing"

    def ready(self) -> None:
        from briefing import checks  # noqa: F401

from django.apps import AppConfig


class EntitiesConfig(AppConfig):
    """Who and what: people, organisations, events and the names they go by."""

    name = "entities"

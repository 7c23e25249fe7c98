"""Every address of the desk's own pages, below /admin/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from entities.later import LaterViews

# Each of these modules is read when the first of its pages is asked for.
checking = LaterViews("sources.desk.checking")
choices = LaterViews("sources.desk.choices")
citing = LaterViews("sources.desk.citing")
correcting = LaterViews("sources.desk.correcting")
deciding = LaterViews("sources.desk.deciding")
dependants = LaterViews("sources.desk.dependants")
duplicates = LaterViews("sources.desk.duplicates")
erasing = LaterViews("sources.desk.erasing")
front = LaterViews("sources.desk.front")
history = LaterViews("sources.desk.history")
keys = LaterViews("sources.desk.keys")
merging = LaterViews("sources.desk.merging")
reading = LaterViews("sources.desk.reading")
references = LaterViews("sources.desk.references")
replacing = LaterViews("sources.desk.replacing")
tables = LaterViews("sources.desk.tables")
texts = LaterViews("sources.desk.texts")

View = Callable[..., Any]


def desk_urls(guard: Callable[[View], View]) -> list[URLPattern]:
    """The desk's paths; `guard` lets only signed-in staff through."""
    return [
        *reading_urls(guard),
        *text_urls(guard),
        *history_urls(guard),
        *merging_urls(guard),
        # The front
        path("desk/<slug:name>/", guard(front.queue), name="queue"),
        path("keys/", guard(keys.keys), name="keys"),
        # Deciding, correcting, taking down
        path("decide/<slug:slug>/", guard(deciding.decide), name="decide"),
        path(
            "correct/<str:kind>/<slug:slug>/", guard(correcting.correct), name="correct"
        ),
        path(
            "withdraw/<str:kind>/<slug:slug>/",
            guard(correcting.withdraw),
            name="withdraw",
        ),
        path("depends/<slug:slug>/", guard(dependants.depends), name="depends"),
        path("erase/<str:kind>/<slug:slug>/", guard(erasing.erase), name="erase"),
    ]


def reading_urls(guard: Callable[[View], View]) -> list[URLPattern]:
    """The reading desk, and what its panel asks while somebody types."""
    return [
        path("read/<slug:slug>/", guard(reading.read), name="read"),
        path("read/<slug:slug>/cite/", guard(citing.cite), name="read-cite"),
        path("read/<slug:slug>/undo/", guard(citing.take_back), name="read-undo"),
        path("read/<slug:slug>/omit/", guard(citing.leave_out), name="read-omit"),
        path("read/<slug:slug>/name/", guard(reading.add_name), name="read-name"),
        path(
            "read/<slug:slug>/publish/",
            guard(reading.publish_needed),
            name="read-publish",
        ),
        path("read/<slug:slug>/passage/", guard(choices.passage), name="read-passage"),
        path("read/<slug:slug>/claims/", guard(choices.claims), name="read-claims"),
        path(
            "read/<slug:slug>/statement/",
            guard(choices.statement),
            name="read-statement",
        ),
        path("choices/entities/", guard(choices.entities), name="choose-entity"),
        path("choices/sources/", guard(choices.sources), name="choose-source"),
        path("choices/properties/", guard(choices.properties), name="choose-property"),
    ]


def text_urls(guard: Callable[[View], View]) -> list[URLPattern]:
    """Texts that come in, and the second person's screen."""
    return [
        path("texts/new/", guard(texts.new), name="text-new"),
        path(
            "texts/<slug:slug>/replace/", guard(replacing.replace), name="text-replace"
        ),
        path(
            "texts/<slug:slug>/likeness/", guard(texts.likeness), name="text-likeness"
        ),
        path("tables/", guard(tables.bring), name="tables"),
        path("references/", guard(references.bring), name="references"),
        path("check/", guard(checking.check), name="check"),
    ]


def history_urls(guard: Callable[[View], View]) -> list[URLPattern]:
    """What one editor did, what was deleted, and versions to keep no longer."""
    return [
        path(
            "history/<str:username>/",
            guard(history.editor_history),
            name="editor-history",
        ),
        path("deleted/", guard(history.deleted_records), name="deleted"),
        path(
            "deleted/<str:kind>/<int:row>/",
            guard(history.recover_record),
            name="recover",
        ),
        path(
            "suppress/<str:kind>/<int:row>/",
            guard(history.suppress_version),
            name="suppress",
        ),
    ]


def merging_urls(guard: Callable[[View], View]) -> list[URLPattern]:
    """Records that may be one: proposed, merged, told apart, and all that undone."""
    return [
        path("duplicates/", guard(duplicates.duplicates), name="duplicates"),
        path("duplicates/apart/", guard(duplicates.keep_apart), name="keep-apart"),
        path(
            "duplicates/apart/<int:key>/undo/",
            guard(duplicates.undo_apart),
            name="undo-apart",
        ),
        path(
            "merge/<str:kind>/<slug:slug>/",
            guard(merging.merge_into),
            name="merge-into",
        ),
        path(
            "merge/<str:kind>/<slug:slug>/<slug:into>/",
            guard(merging.merge),
            name="merge",
        ),
        path("merges/", guard(merging.merges), name="merges"),
        path("merges/<int:key>/", guard(merging.undo), name="merge-undo"),
    ]

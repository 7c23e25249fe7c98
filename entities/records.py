"""What every editable record has: a key, a version, a history, a way to be saved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelState
from django.utils import timezone

from entities.characters import stored_text
from entities.locking import alone
from entities.merged import refuse_merged_meanwhile

Follower = Callable[[Any], None]


def follows(*models: type[Record]) -> Callable[[Follower], Follower]:
    """Register a function to be told of each saved or deleted row of these models."""

    def register(function: Follower) -> Follower:
        for model in models:
            model.followers.append(function)
        return function

    return register


class StaleRecord(Exception):
    """Someone saved the record after it was read; nothing was written."""

    def __init__(self, record: models.Model) -> None:
        self.record = record
        super().__init__(
            f"{record._meta.verbose_name} “{record}” was changed or deleted by someone "
            "else after you opened it."
        )


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    RETRACTED = "retracted", "Withdrawn by us"
    WITHDRAWN = "withdrawn", "Withdrawn"


Row = TypeVar("Row", bound="Record")


class RecordQuerySet(models.QuerySet[Row]):
    def by_key(self, *key: Any) -> Self:
        """The one record with that natural key, or none."""
        return self.filter(**dict(zip(self.model.key_lookups(), key, strict=True)))

    def get_by_natural_key(self, *key: Any) -> Any:
        return self.by_key(*key).get()

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def older_than(self, key: int | None) -> Self:
        """The newest first; if there is a key, from after that record on."""
        rows = self.order_by("-pk")
        return rows if key is None else rows.filter(pk__lt=key)

    def slugged(self, slugs: Any) -> Self:
        """The records with these slugs."""
        return self.filter(slug__in=slugs)

    def keyed(self, keys: Any) -> Self:
        """The records with these primary keys."""
        return self.filter(pk__in=keys)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete one by one, so that what is derived from each follows."""
        counts: dict[str, int] = {}
        with alone():
            for record in self:
                for name, count in record.delete()[1].items():
                    counts[name] = counts.get(name, 0) + count
        return sum(counts.values()), counts


class Record(models.Model):
    """An editable row: it knows who made it, when it changed and how often."""

    # The natural key: used by fixtures, imports, exports and public addresses.
    key_fields: ClassVar[tuple[str, ...]] = ("slug",)
    # Filled by the program from other rows: never edited, exported or versioned.
    derived_fields: ClassVar[tuple[str, ...]] = ()
    # The columns whose value before a save decides what the save entails.
    remembers: ClassVar[tuple[str, ...]] = ("status", "slug")
    # Told after each save or deletion; how a room follows one that it stands on.
    followers: ClassVar[list[Follower]]

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # An account may go; what it made stays, and its history keeps the name.
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    modified_at = models.DateTimeField(auto_now=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()
    history: ClassVar[Any]
    # Why the next save is made; the history keeps it.
    _change_reason: str | None
    # Whether a merge carries it to another record: then it says what it said.
    is_carried = False

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.followers = []

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Self:
        # What `__init__` would do with these, in a third of its time: most of reading.
        record = cls.__new__(cls)
        record._state = ModelState()
        record._state.adding, record._state.db = False, db
        record.__dict__.update(zip(field_names, values, strict=True))
        record.remember()
        return record

    def refresh_from_db(
        self, using: Any = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        super().refresh_from_db(using, fields, from_queryset)
        self.remember(fields)

    def remember(self, fields: Collection[str] | None = None) -> None:
        """Note what the database holds: in all remembered columns, or in these."""
        values, names = self.__dict__, self.remembers
        if fields is None:
            self._stored = {name: values.get(name) for name in names}
            return
        noted = {name: values.get(name) for name in names if name in fields}
        self._stored = {**getattr(self, "_stored", {}), **noted}

    @property
    def is_being_added(self) -> bool:
        """Whether the database never held it: then nothing can rest on it yet."""
        return not hasattr(self, "_stored")

    def stored(self, name: str) -> Any:
        """What the database held in a remembered column when the row was read."""
        return getattr(self, "_stored", {}).get(name)

    def has_changed(self, *names: str) -> bool:
        """Whether a remembered column is no longer what the database held."""
        return any(self.stored(name) != getattr(self, name) for name in names)

    def derive(self) -> None:
        """Fill the columns that follow from others of the row, before it is written."""

    def natural_key(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.key_fields)

    def full_clean(
        self,
        exclude: Iterable[str] | None = None,
        validate_unique: bool = True,
        validate_constraints: bool = True,
    ) -> None:
        """Validate what was entered; what is derived follows from it."""
        super().full_clean(
            exclude={*(exclude or ()), *self.derived_fields},
            validate_unique=validate_unique,
            validate_constraints=validate_constraints,
        )

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Bring every text into its stored form, then validate field by field."""
        self._clean_texts(set(exclude or ()))
        super().clean_fields(exclude=exclude)

    @classmethod
    def key_lookups(cls) -> list[str]:
        """The parts of the natural key; of a record it points at, the parts of its."""
        lookups: list[str] = []
        for name in cls.key_fields:
            related: Any = cls._meta.get_field(name).related_model
            parts = related.key_lookups() if related else []
            lookups += [f"{name}__{part}" for part in parts] or [name]
        return lookups

    def _clean_texts(self, exclude: set[str]) -> None:
        errors = {}
        for field in self._meta.concrete_fields:
            text = getattr(self, field.attname)
            if field.name in exclude or not isinstance(text, str):
                continue
            try:
                setattr(self, field.attname, stored_text(field, text))
            except ValidationError as error:
                errors[field.name] = error
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, its history and all that is derived from it, or nothing."""
        version = self.version
        try:
            with alone():
                refuse_merged_meanwhile(self)
                self.derive()
                super().save(*args, **kwargs)
                self.settle()
                self.remember()
        except BaseException:
            # A rolled back save must not look like a version that was seen.
            self.version = version
            raise

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        key = self.pk
        with alone():
            deleted = super().delete(*args, **kwargs)
            # Django takes the key away, but followers ask which row it was.
            self.pk = key
            self.settle()
        self.pk = None
        return deleted

    def settle(self) -> None:
        """Bring up to date what is derived from this row."""
        # A proxy's rows are its table's rows, and its followers that table's.
        table: Any = self._meta.concrete_model
        for follow in table.followers:
            follow(self)

    def _do_update(
        self,
        base_qs: Any,
        using: Any,
        pk_val: Any,
        values: Any,
        update_fields: Any,
        forced_update: Any,
    ) -> bool:
        """Compare the version and raise it in the one UPDATE that writes the row."""
        counter = self._meta.get_field("version")
        values = [row for row in values if row[0] is not counter]
        values.append((counter, None, self.version + 1))
        seen = base_qs.filter(version=self.version)
        if not super()._do_update(
            seen, using, pk_val, values, update_fields, forced_update
        ):
            raise StaleRecord(self)
        self.version += 1
        return True


class PublishableRecord(Record):
    """A record with a life before its readers: drafted, published, taken down."""

    Status = Status

    status = models.CharField(
        max_length=12,
        choices=Status.choices,
        default=Status.DRAFT,
        db_index=True,
        help_text="Readers see what is published. “Withdrawn by us” keeps the address "
        "with a notice; “withdrawn” takes the record down at once, everywhere.",
    )
    status_at = models.DateTimeField(null=True, editable=False)
    status_reason = models.CharField(
        max_length=500,
        blank=True,
        help_text="Why it was withdrawn by us. Readers see this in the notice.",
    )

    class Meta:
        abstract = True

    def derive(self) -> None:
        super().derive()
        if self.status != self.stored("status"):
            self.status_at = timezone.now()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "status_at"}
        super().save(*args, **kwargs)

"""A table that someone brings to the desk: read, kept by their browser, tried, loaded.

Between the preview and the import nothing is stored here: the page carries the text,
signed, with the version of every record on which the preview rests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction

from entities.locking import alone
from entities.records import StaleRecord
from sources.exchange import files
from sources.exchange.hands import Member
from sources.exchange.importer import Importer
from sources.exchange.kinds import BY_NAME, ORDER, Kind
from sources.exchange.ledger import Ledger
from sources.exchange.records import (
    MOST_PROBLEMS,
    ImportRefused,
    Place,
    Problem,
    Report,
    Row,
    printable,
)

# What is saved in one go holds up everyone else who is saving.
MOST_BYTES, MOST_ROWS = 5_000_000, 1000
# So long the page of a preview can be acted on, in seconds.
KEPT_FOR = 24 * 60 * 60
SALT = "sources.desk.uploads"


@dataclass
class Upload:
    """A file as the page carries it: its text, and what its preview said.

    `seen`: by record, what was to become of it and from which version.
    """

    name: str
    text: str
    encoding: str
    kind: str = ""
    seen: dict[str, list[Any]] = field(default_factory=dict)

    def packed(self, user: Any) -> str:
        """The upload as a hidden field carries it, for this person alone."""
        given = {**vars(self), "user": user.pk}
        return signing.dumps(given, salt=SALT, compress=True)

    @classmethod
    def unpacked(cls, packed: str, user: Any) -> Upload:
        """The upload that a page of theirs carried; raises ValidationError."""
        try:
            given = signing.loads(packed, salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            given = {}
        if given.pop("user", None) != user.pk:
            raise ValidationError("The preview is too old: choose the file again.")
        return cls(**given)


class UploadForm(forms.Form):
    """The file, and what its rows are where it does not say so itself."""

    file = forms.FileField(label="The file", required=False, allow_empty_file=True)
    kind = forms.ChoiceField(
        label="What its rows are",
        required=False,
        choices=[("", "As the file says"), *((kind.name, kind.name) for kind in ORDER)],
        help_text="Asked for only where the names of the columns do not tell.",
    )
    _held = forms.CharField(required=False, widget=forms.HiddenInput)

    # What was sent, once the form is valid.
    upload: Upload

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["file"].help_text = (
            f"CSV or JSON Lines; at most {MOST_BYTES // 1_000_000} MB and "
            f"{MOST_ROWS:,} records. A workbook is saved as CSV first."
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        file, held = data.get("file"), data.get("_held", "")
        if self.errors:
            return data
        if not (file or held):
            raise ValidationError({"file": "Choose a file."})
        try:
            self.upload = _received(file) if file else Upload.unpacked(held, self.user)
        except ImportRefused as refusal:
            messages = [problem.message for problem in refusal.problems]
            raise ValidationError({"file": messages}) from refusal
        self.upload.kind = data.get("kind") or self.upload.kind
        return data


def _received(file: Any) -> Upload:
    """The file as text; raises ValidationError or ImportRefused if it is none."""
    if file.size > MOST_BYTES:
        message = f"It has {file.size / 1e6:.1f} MB: divide it, or have whoever runs "
        raise ValidationError({"file": f"{message}the site load it with loaddata."})
    name = printable(PurePath(file.name).name)[:100]
    text, encoding = files.decode(name, file.read())
    return Upload(name, text, encoding)


@dataclass
class Trial:
    """What an upload comes to: what is amiss, or what becomes of each record.

    `moved`: records that are not as they were when the preview was made.
    """

    form: str = ""
    fitting: list[Kind] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    ledger: Ledger = field(default_factory=Ledger)
    moved: list[str] = field(default_factory=list)
    is_done: bool = False

    @property
    def is_full(self) -> bool:
        """Whether there may be more problems than are told."""
        return len(self.problems) >= MOST_PROBLEMS

    @property
    def changes_anything(self) -> bool:
        return len(self.ledger.of("unchanged")) < len(self.ledger.entries)


def try_out(upload: Upload, user: Any, is_meant: bool = False) -> Trial:
    """Import it by their right; unless it `is_meant`, and is as seen, take it back."""
    trial = Trial()
    try:
        file = files.read(upload.name, upload.text, BY_NAME.get(upload.kind))
        trial.form, trial.fitting = file.form, file.kinds
        _refuse_count(upload, trial, len(file.rows))
        with alone():
            _import(file.rows, user, trial)
            now = trial.ledger.seen
            if is_meant:
                trial.moved = [
                    name for name in now if now[name] != upload.seen.get(name)
                ]
            trial.is_done = is_meant and not trial.moved
            if not trial.is_done:
                transaction.set_rollback(True)
            upload.seen = now
    except ImportRefused as refusal:
        trial.problems = refusal.problems
    except StaleRecord as error:
        message = f"{error} Nothing was imported: look again."
        trial.problems = [_problem(upload, message)]
    return trial


def _import(rows: list[Row], user: Any, trial: Trial) -> None:
    importer = Importer(
        # The preview has shown what is written over, and from which version.
        update=True,
        reason="Imported from a file",
        hand=Member(user),
        ledger=trial.ledger,
        report=trial.report,
    )
    importer.run(rows)


def _refuse_count(upload: Upload, trial: Trial, count: int) -> None:
    """Raise ImportRefused for no records at all, and for too many."""
    if count > MOST_ROWS:
        message = (
            f"It has {count:,} records, and at most {MOST_ROWS:,} are imported at "
        )
        message += (
            "once: divide it, or have whoever runs the site load it with loaddata."
        )
        raise ImportRefused([_problem(upload, message)])
    if not count and not trial.fitting:
        raise ImportRefused([_problem(upload, "There is no record in it.")])


def _problem(upload: Upload, message: str) -> Problem:
    return Problem(Place(upload.name, 1), "file", "", None, message)

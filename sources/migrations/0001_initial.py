"""The first tables of the room: sources, claims, evidence, decisions, desk work."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import entities.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entities", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Withdrawn by us"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        help_text="Readers see what is published. “Withdrawn by us” keeps the address with a notice; “withdrawn” takes the record down at once, everywhere.",
                        max_length=12,
                    ),
                ),
                ("status_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it was withdrawn by us. Readers see this in the notice.",
                        max_length=500,
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        help_text="Staff only.",
                        null=True,
                        verbose_name="due",
                    ),
                ),
                (
                    "not_before",
                    models.DateTimeField(
                        blank=True,
                        help_text="It cannot be published before then, by any door.",
                        null=True,
                        verbose_name="embargo until",
                    ),
                ),
                (
                    "hold",
                    models.CharField(
                        blank=True,
                        help_text="Why it must wait. While there is a reason, readers do not see it.",
                        max_length=300,
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health", "Health"),
                            ("family", "Family"),
                            ("allegation", "Allegation"),
                            ("minor", "Someone under age"),
                        ],
                        help_text="An allegation needs an approach to whom it concerns, or a recorded reason why not.",
                        max_length=10,
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        help_text="What exactly is measured or meant, such as “Nvidia H800”. Claims with other qualifiers answer another question and never differ from this.",
                        max_length=120,
                    ),
                ),
                (
                    "date",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="The answer, if it is a date, in EDTF: 2015, 2023-05, 2025-01-20~.",
                        max_length=100,
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=10,
                        help_text="The answer, if it is a number: at most 15 significant digits.",
                        max_digits=25,
                        null=True,
                    ),
                ),
                (
                    "amount_high",
                    models.DecimalField(
                        blank=True, decimal_places=10, max_digits=25, null=True
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="A currency's code (USD), percent, or a singular noun (chip).",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\S.*\\S$|^\\S$", "Take away the outer spaces."
                            )
                        ],
                    ),
                ),
                (
                    "bound",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exactly", "exactly"),
                            ("about", "about"),
                            ("nearly", "nearly"),
                            ("less_than", "less than"),
                            ("at_most", "at most"),
                            ("more_than", "more than"),
                            ("at_least", "at least"),
                            ("between", "between"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        help_text="The answer in a few words of ours.",
                        max_length=500,
                    ),
                ),
                (
                    "no_value",
                    models.BooleanField(
                        default=False,
                        help_text="The source says that there is none.",
                        verbose_name="known to be none",
                    ),
                ),
                (
                    "during",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="When it is said to hold, in EDTF: 2022/2024. Blank if it is not bound to a time.",
                        max_length=100,
                    ),
                ),
                (
                    "statement",
                    models.TextField(
                        help_text="One sentence in our own words. It is what readers see and share."
                    ),
                ),
                ("low", models.FloatField(editable=False, null=True)),
                ("high", models.FloatField(editable=False, null=True)),
                ("value_key", models.CharField(editable=False, max_length=200)),
                ("is_public", models.BooleanField(default=False, editable=False)),
                ("is_contested", models.BooleanField(default=False, editable=False)),
                (
                    "support",
                    models.CharField(
                        choices=[
                            ("supported", "Supported"),
                            ("mixed", "Supported and disputed"),
                            ("disputed", "Disputed"),
                            ("doubted", "Doubted"),
                            ("unsupported", "Not supported"),
                        ],
                        default="unsupported",
                        editable=False,
                        max_length=11,
                    ),
                ),
                (
                    "article_count",
                    models.PositiveIntegerField(default=0, editable=False),
                ),
                (
                    "origin_count",
                    models.PositiveIntegerField(default=0, editable=False),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who works on it. Staff only.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="assigned_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contradicts",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Claims that cannot be true beside this one though no rule can see it. Kept both ways.",
                        to="sources.claim",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        blank=True,
                        help_text="The answer, if it is a person, organisation or event.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims_as_object",
                        to="entities.entity",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        help_text="Whom or what the claim is about. Readers find it on that profile.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="entities.entity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Withdrawn by us"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        help_text="Readers see what is published. “Withdrawn by us” keeps the address with a notice; “withdrawn” takes the record down at once, everywhere.",
                        max_length=12,
                    ),
                ),
                ("status_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it was withdrawn by us. Readers see this in the notice.",
                        max_length=500,
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=180,
                        unique=True,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports it"),
                            ("disputes", "Disputes it"),
                            ("questions", "Casts doubt on it"),
                            ("silent", "Checked, not mentioned"),
                        ],
                        default="supports",
                        max_length=9,
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        help_text="The words of the passage, as short as will locate it. Readers see them.",
                    ),
                ),
                (
                    "prefix",
                    models.CharField(
                        blank=True,
                        help_text="What stands just before, where the quote occurs more than once.",
                        max_length=200,
                    ),
                ),
                (
                    "suffix",
                    models.CharField(
                        blank=True, help_text="What stands just after.", max_length=200
                    ),
                ),
                (
                    "start",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Place in the text, in characters from 0.",
                        null=True,
                    ),
                ),
                ("end", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("verbatim_speech", "Someone's own words"),
                            ("reported_speech", "Reported speech"),
                            ("narration", "The source's own words"),
                        ],
                        default="narration",
                        max_length=15,
                    ),
                ),
                (
                    "is_inferred",
                    models.BooleanField(
                        default=False,
                        help_text="The source does not say it in so many words: give the inference in the note. Readers see both.",
                        verbose_name="inferred",
                    ),
                ),
                (
                    "speaker_label",
                    models.CharField(
                        blank=True,
                        help_text="If they have no record: “a business partner of Liang”.",
                        max_length=200,
                        verbose_name="who says it, in words",
                    ),
                ),
                (
                    "via_label",
                    models.CharField(
                        blank=True,
                        help_text="If that has no record: “Chinese media”.",
                        max_length=200,
                        verbose_name="credited to, in words",
                    ),
                ),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("own_reporting", "The source itself"),
                            ("named", "A named person or body"),
                            ("anonymous", "Someone not named"),
                            ("document", "A document"),
                            ("other_outlet", "Another outlet"),
                        ],
                        default="own_reporting",
                        max_length=13,
                    ),
                ),
                (
                    "hedge",
                    models.CharField(
                        blank=True,
                        help_text="“reportedly”, “is said to”, in the source's words.",
                        max_length=200,
                        verbose_name="the source's caveat",
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="Readers see it.")),
                (
                    "confirmed_by",
                    models.CharField(
                        blank=True,
                        help_text="Who read the passage and agrees that it says this.",
                        max_length=150,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "verified_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="fingerprint of the text it was found in",
                    ),
                ),
                (
                    "anchor",
                    models.CharField(
                        choices=[
                            ("verified", "In our copy"),
                            ("folded", "In our copy, apart from punctuation"),
                            ("ambiguous", "In our copy more than once"),
                            ("missing", "Not found"),
                            ("unchecked", "Not yet checked"),
                            ("no_text", "We hold no copy"),
                        ],
                        default="unchecked",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("is_public", models.BooleanField(default=False, editable=False)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="sources.claim",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        help_text="If the source names them. Shown as “not published” until they are.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spoken_evidence",
                        to="entities.entity",
                        verbose_name="who says it",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("preferred", "One answer is preferred"),
                            ("unresolved", "Not resolved"),
                            ("no_real_difference", "No real difference"),
                        ],
                        max_length=18,
                    ),
                ),
                ("reason", models.TextField(help_text="Why. Readers see it.")),
                (
                    "would_change_it",
                    models.TextField(
                        blank=True,
                        help_text="What would change the decision. Readers see it.",
                    ),
                ),
                (
                    "decided_by",
                    models.CharField(
                        help_text="The name readers see under the decision.",
                        max_length=150,
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "considered",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        help_text="Keys of the evidence, origins and standings it rests on.",
                        null=True,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "preferred",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The answer or answers the desk prefers. The others stay visible.",
                        related_name="preferred_by",
                        to="sources.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "desk decision",
            },
        ),
        migrations.CreateModel(
            name="HistoricalApproach",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=140,
                    ),
                ),
                (
                    "asked_label",
                    models.CharField(
                        blank=True,
                        help_text="If they have no record.",
                        max_length=200,
                        verbose_name="whom we asked, in words",
                    ),
                ),
                (
                    "what",
                    models.TextField(
                        blank=True,
                        help_text="Readers see it.",
                        verbose_name="what we asked",
                    ),
                ),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("answer_by", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Asked, no reply yet"),
                            ("replied", "Replied"),
                            ("no_reply", "Did not reply in time"),
                            ("not_asked", "Not asked"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                (
                    "reply",
                    models.TextField(
                        blank=True,
                        help_text="What they replied, in our own words. Readers see it.",
                    ),
                ),
                ("replied_on", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Readers see it if nobody was asked.",
                        verbose_name="why not asked",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Whom we asked. Shown as “not published” until they are.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="entities.entity",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical approach",
                "verbose_name_plural": "historical approaches",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalClaim",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Withdrawn by us"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        help_text="Readers see what is published. “Withdrawn by us” keeps the address with a notice; “withdrawn” takes the record down at once, everywhere.",
                        max_length=12,
                    ),
                ),
                ("status_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it was withdrawn by us. Readers see this in the notice.",
                        max_length=500,
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        help_text="Staff only.",
                        null=True,
                        verbose_name="due",
                    ),
                ),
                (
                    "not_before",
                    models.DateTimeField(
                        blank=True,
                        help_text="It cannot be published before then, by any door.",
                        null=True,
                        verbose_name="embargo until",
                    ),
                ),
                (
                    "hold",
                    models.CharField(
                        blank=True,
                        help_text="Why it must wait. While there is a reason, readers do not see it.",
                        max_length=300,
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health", "Health"),
                            ("family", "Family"),
                            ("allegation", "Allegation"),
                            ("minor", "Someone under age"),
                        ],
                        help_text="An allegation needs an approach to whom it concerns, or a recorded reason why not.",
                        max_length=10,
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=140,
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        help_text="What exactly is measured or meant, such as “Nvidia H800”. Claims with other qualifiers answer another question and never differ from this.",
                        max_length=120,
                    ),
                ),
                (
                    "date",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="The answer, if it is a date, in EDTF: 2015, 2023-05, 2025-01-20~.",
                        max_length=100,
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=10,
                        help_text="The answer, if it is a number: at most 15 significant digits.",
                        max_digits=25,
                        null=True,
                    ),
                ),
                (
                    "amount_high",
                    models.DecimalField(
                        blank=True, decimal_places=10, max_digits=25, null=True
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="A currency's code (USD), percent, or a singular noun (chip).",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\S.*\\S$|^\\S$", "Take away the outer spaces."
                            )
                        ],
                    ),
                ),
                (
                    "bound",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exactly", "exactly"),
                            ("about", "about"),
                            ("nearly", "nearly"),
                            ("less_than", "less than"),
                            ("at_most", "at most"),
                            ("more_than", "more than"),
                            ("at_least", "at least"),
                            ("between", "between"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        help_text="The answer in a few words of ours.",
                        max_length=500,
                    ),
                ),
                (
                    "no_value",
                    models.BooleanField(
                        default=False,
                        help_text="The source says that there is none.",
                        verbose_name="known to be none",
                    ),
                ),
                (
                    "during",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="When it is said to hold, in EDTF: 2022/2024. Blank if it is not bound to a time.",
                        max_length=100,
                    ),
                ),
                (
                    "statement",
                    models.TextField(
                        help_text="One sentence in our own words. It is what readers see and share."
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who works on it. Staff only.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The answer, if it is a person, organisation or event.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="entities.entity",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Whom or what the claim is about. Readers find it on that profile.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="entities.entity",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical claim",
                "verbose_name_plural": "historical claims",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalClaim_contradicts",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "from_claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="sources.historicalclaim",
                    ),
                ),
                (
                    "to_claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalClaim_contradicts",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFinding",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("preferred", "One answer is preferred"),
                            ("unresolved", "Not resolved"),
                            ("no_real_difference", "No real difference"),
                        ],
                        max_length=18,
                    ),
                ),
                ("reason", models.TextField(help_text="Why. Readers see it.")),
                (
                    "would_change_it",
                    models.TextField(
                        blank=True,
                        help_text="What would change the decision. Readers see it.",
                    ),
                ),
                (
                    "decided_by",
                    models.CharField(
                        help_text="The name readers see under the decision.",
                        max_length=150,
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "considered",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        help_text="Keys of the evidence, origins and standings it rests on.",
                        null=True,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical desk decision",
                "verbose_name_plural": "historical desk decisions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFinding_preferred",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.finding",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="sources.historicalfinding",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalFinding_preferred",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMerge",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(max_length=12)),
                ("kept_slug", models.CharField(max_length=200)),
                ("merged_slug", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True)),
                (
                    "moved",
                    models.JSONField(
                        default=dict, help_text="Keys of all that moved, by kind."
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical merge",
                "verbose_name_plural": "historical merges",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProperty",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "key",
                    models.CharField(
                        db_index=True,
                        help_text="Its name in files and addresses, such as founded_on.",
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*$", "Use small letters, digits and _."
                            )
                        ],
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        help_text="On profiles, such as “Born”.", max_length=100
                    ),
                ),
                (
                    "inverse_label",
                    models.CharField(
                        blank=True,
                        help_text="On the profile of the entity that is the answer, such as “Founded by”.",
                        max_length=100,
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        help_text="What a reader asks, such as “When was {subject} founded?”.",
                        max_length=200,
                    ),
                ),
                (
                    "value_type",
                    models.CharField(
                        choices=[
                            ("entity", "A person, organisation or event"),
                            ("date", "A date"),
                            ("quantity", "A number with its unit"),
                            ("text", "Words"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "subject_kinds",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='Which records it can be about, such as ["person"]; empty for all.',
                    ),
                ),
                (
                    "is_single_valued",
                    models.BooleanField(
                        default=False,
                        help_text="Only one answer can be true at a time, so that two may differ.",
                    ),
                ),
                (
                    "tolerance",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="How far “about” and “nearly” reach, as a fraction; 0.1 if blank.",
                        max_digits=6,
                        null=True,
                    ),
                ),
                (
                    "confers_control",
                    models.BooleanField(
                        default=False,
                        help_text="The subject controls the answer (founder of, owner of): what one says of the other is not an outside voice.",
                    ),
                ),
                (
                    "fills",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("date", "The event's date"),
                            ("place", "The event's place"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "order",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Its place on a profile: small numbers first.",
                    ),
                ),
                (
                    "schema_org",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="schema.org name"
                    ),
                ),
                (
                    "ftm",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="FollowTheMoney name"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical property",
                "verbose_name_plural": "historical properties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProposal",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(max_length=12)),
                ("record_id", models.PositiveBigIntegerField()),
                ("base_version", models.PositiveIntegerField()),
                (
                    "changes",
                    models.JSONField(
                        help_text="Field by field: what it was, what it becomes."
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        blank=True,
                        help_text="A word to whoever proposed it.",
                        max_length=300,
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical proposal",
                "verbose_name_plural": "historical proposals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(max_length=12)),
                ("kept_slug", models.CharField(max_length=200)),
                ("merged_slug", models.CharField(max_length=200)),
                ("reason", models.TextField(blank=True)),
                (
                    "moved",
                    models.JSONField(
                        default=dict, help_text="Keys of all that moved, by kind."
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Property",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "key",
                    models.CharField(
                        help_text="Its name in files and addresses, such as founded_on.",
                        max_length=60,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z][a-z0-9_]*$", "Use small letters, digits and _."
                            )
                        ],
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        help_text="On profiles, such as “Born”.", max_length=100
                    ),
                ),
                (
                    "inverse_label",
                    models.CharField(
                        blank=True,
                        help_text="On the profile of the entity that is the answer, such as “Founded by”.",
                        max_length=100,
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        help_text="What a reader asks, such as “When was {subject} founded?”.",
                        max_length=200,
                    ),
                ),
                (
                    "value_type",
                    models.CharField(
                        choices=[
                            ("entity", "A person, organisation or event"),
                            ("date", "A date"),
                            ("quantity", "A number with its unit"),
                            ("text", "Words"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "subject_kinds",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='Which records it can be about, such as ["person"]; empty for all.',
                    ),
                ),
                (
                    "is_single_valued",
                    models.BooleanField(
                        default=False,
                        help_text="Only one answer can be true at a time, so that two may differ.",
                    ),
                ),
                (
                    "tolerance",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="How far “about” and “nearly” reach, as a fraction; 0.1 if blank.",
                        max_digits=6,
                        null=True,
                    ),
                ),
                (
                    "confers_control",
                    models.BooleanField(
                        default=False,
                        help_text="The subject controls the answer (founder of, owner of): what one says of the other is not an outside voice.",
                    ),
                ),
                (
                    "fills",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("date", "The event's date"),
                            ("place", "The event's place"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "order",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Its place on a profile: small numbers first.",
                    ),
                ),
                (
                    "schema_org",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="schema.org name"
                    ),
                ),
                (
                    "ftm",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="FollowTheMoney name"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "properties",
                "ordering": ["order", "key"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalQuestion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("slug", models.SlugField(max_length=200)),
                ("qualifier", models.CharField(blank=True, max_length=120)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="entities.entity",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.property",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical question",
                "verbose_name_plural": "historical questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="historicalclaim",
            name="property",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="What is said of it.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="sources.property",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="property",
            field=models.ForeignKey(
                help_text="What is said of it.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="sources.property",
            ),
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("slug", models.SlugField(max_length=200, unique=True)),
                ("qualifier", models.CharField(blank=True, max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("no_answer", "No answer yet"),
                            ("one_answer", "One answer"),
                            ("several", "Several answers"),
                            ("agree", "Sources agree"),
                            ("differ", "Sources differ"),
                            ("cannot_tell", "Cannot tell"),
                        ],
                        default="no_answer",
                        editable=False,
                        max_length=11,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("none", "No desk decision"),
                            ("decided", "Decided"),
                            ("under_review", "Under review"),
                        ],
                        default="none",
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "answer_count",
                    models.PositiveIntegerField(default=0, editable=False),
                ),
                (
                    "article_count",
                    models.PositiveIntegerField(default=0, editable=False),
                ),
                (
                    "origin_count",
                    models.PositiveIntegerField(default=0, editable=False),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="sources.property",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="entities.entity",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="question",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="sources.question",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="question",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="finding",
                to="sources.question",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="question",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="sources.question",
            ),
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("record_id", models.PositiveBigIntegerField()),
                ("weight", models.PositiveSmallIntegerField()),
                ("slug", models.CharField(max_length=200)),
                ("title", models.TextField()),
                ("excerpt", models.TextField(blank=True)),
                ("words", models.TextField()),
                ("more", models.TextField(blank=True)),
            ],
            options={
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "record_id"), name="record_is_found_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Withdrawn by us"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        help_text="Readers see what is published. “Withdrawn by us” keeps the address with a notice; “withdrawn” takes the record down at once, everywhere.",
                        max_length=12,
                    ),
                ),
                ("status_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it was withdrawn by us. Readers see this in the notice.",
                        max_length=500,
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        help_text="Staff only.",
                        null=True,
                        verbose_name="due",
                    ),
                ),
                (
                    "not_before",
                    models.DateTimeField(
                        blank=True,
                        help_text="It cannot be published before then, by any door.",
                        null=True,
                        verbose_name="embargo until",
                    ),
                ),
                (
                    "hold",
                    models.CharField(
                        blank=True,
                        help_text="Why it must wait. While there is a reason, readers do not see it.",
                        max_length=300,
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health", "Health"),
                            ("family", "Family"),
                            ("allegation", "Allegation"),
                            ("minor", "Someone under age"),
                        ],
                        help_text="An allegation needs an approach to whom it concerns, or a recorded reason why not.",
                        max_length=10,
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=120,
                        unique=True,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="As the source has it. Without one, readers see its publisher and date.",
                        max_length=500,
                    ),
                ),
                (
                    "author",
                    models.CharField(
                        blank=True, help_text="As printed.", max_length=300
                    ),
                ),
                (
                    "genre",
                    models.CharField(
                        choices=[
                            ("report", "Report"),
                            ("rewrite", "Rewrite"),
                            ("interview", "Interview"),
                            ("social_post", "Social media post"),
                            ("paper", "Paper"),
                            ("filing", "Filing"),
                            ("transcript", "Transcript"),
                            ("dataset", "Data set"),
                            ("release", "Press release or statement"),
                        ],
                        default="report",
                        max_length=12,
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, max_length=1000, verbose_name="address"
                    ),
                ),
                (
                    "archive_url",
                    models.URLField(
                        blank=True, max_length=1000, verbose_name="archived copy"
                    ),
                ),
                (
                    "doi",
                    models.CharField(blank=True, max_length=200, verbose_name="DOI"),
                ),
                (
                    "published",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="EDTF, as exact as the source justifies: 2025-01-28, 2025-01, 2025~.",
                        max_length=100,
                    ),
                ),
                (
                    "accessed",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="When we read it, in EDTF.",
                        max_length=100,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, help_text="BCP 47, such as en-GB.", max_length=35
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A: completely reliable"),
                            ("B", "B: usually reliable"),
                            ("C", "C: fairly reliable"),
                            ("D", "D: not usually reliable"),
                            ("E", "E: unreliable"),
                            ("F", "F: cannot be judged"),
                        ],
                        help_text="Admiralty scale, for the source as a whole, apart from any claim. Readers see the letter with its meaning.",
                        max_length=1,
                    ),
                ),
                (
                    "lineage",
                    models.CharField(
                        choices=[
                            ("original", "Original: what it says begins here"),
                            ("derived", "Derived from another source"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        help_text="Only evidence that leads to an original source counts as one. Say why in the note; if you do not know, say that.",
                        max_length=8,
                        verbose_name="where it came from",
                    ),
                ),
                (
                    "derivation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("copy", "Copy"),
                            ("syndication", "Syndication"),
                            ("rewrite", "Rewrite"),
                            ("translation", "Translation"),
                            ("summary", "Summary"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("good", "Good"),
                            ("corrected", "Corrected by its publisher"),
                            ("retracted", "Retracted by its publisher"),
                        ],
                        db_index=True,
                        default="good",
                        help_text="Evidence from a corrected or retracted source no longer counts.",
                        max_length=9,
                    ),
                ),
                (
                    "standing_date",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="When its publisher corrected or retracted it.",
                        max_length=100,
                    ),
                ),
                (
                    "standing_notice",
                    models.TextField(
                        blank=True,
                        help_text="What the publisher's notice says, in our own words.",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Why we date it and place it as we do. Readers see it.",
                    ),
                ),
                (
                    "text_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="fingerprint of the text",
                    ),
                ),
                ("low", models.FloatField(editable=False, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who works on it. Staff only.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="assigned_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "derived_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derivatives",
                        to="sources.source",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True,
                        help_text="Readers see it once the organisation is published itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_sources",
                        to="entities.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Omission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "start",
                    models.PositiveIntegerField(help_text="In characters, from 0."),
                ),
                ("end", models.PositiveIntegerField()),
                (
                    "reason",
                    models.CharField(
                        help_text="Why it carries no claim.", max_length=200
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="omissions",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage left out",
                "verbose_name_plural": "passages left out",
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("handover", "Handover"),
                            ("unsure", "Unsure whether it says this"),
                            ("no", "It does not say this"),
                        ],
                        default="handover",
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(help_text="Staff only.")),
                (
                    "is_done",
                    models.BooleanField(default=False, verbose_name="dealt with"),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="sources.claim",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="sources.evidence",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="sources.source",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalSourceText",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "text",
                    models.TextField(
                        help_text="Kept exactly as pasted, but for line ends and Unicode form. Readers never see it; quotes are checked against it."
                    ),
                ),
                ("attached_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical text of a source",
                "verbose_name_plural": "historical texts of sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Withdrawn by us"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        help_text="Readers see what is published. “Withdrawn by us” keeps the address with a notice; “withdrawn” takes the record down at once, everywhere.",
                        max_length=12,
                    ),
                ),
                ("status_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it was withdrawn by us. Readers see this in the notice.",
                        max_length=500,
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        help_text="Staff only.",
                        null=True,
                        verbose_name="due",
                    ),
                ),
                (
                    "not_before",
                    models.DateTimeField(
                        blank=True,
                        help_text="It cannot be published before then, by any door.",
                        null=True,
                        verbose_name="embargo until",
                    ),
                ),
                (
                    "hold",
                    models.CharField(
                        blank=True,
                        help_text="Why it must wait. While there is a reason, readers do not see it.",
                        max_length=300,
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health", "Health"),
                            ("family", "Family"),
                            ("allegation", "Allegation"),
                            ("minor", "Someone under age"),
                        ],
                        help_text="An allegation needs an approach to whom it concerns, or a recorded reason why not.",
                        max_length=10,
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=120,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="As the source has it. Without one, readers see its publisher and date.",
                        max_length=500,
                    ),
                ),
                (
                    "author",
                    models.CharField(
                        blank=True, help_text="As printed.", max_length=300
                    ),
                ),
                (
                    "genre",
                    models.CharField(
                        choices=[
                            ("report", "Report"),
                            ("rewrite", "Rewrite"),
                            ("interview", "Interview"),
                            ("social_post", "Social media post"),
                            ("paper", "Paper"),
                            ("filing", "Filing"),
                            ("transcript", "Transcript"),
                            ("dataset", "Data set"),
                            ("release", "Press release or statement"),
                        ],
                        default="report",
                        max_length=12,
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, max_length=1000, verbose_name="address"
                    ),
                ),
                (
                    "archive_url",
                    models.URLField(
                        blank=True, max_length=1000, verbose_name="archived copy"
                    ),
                ),
                (
                    "doi",
                    models.CharField(blank=True, max_length=200, verbose_name="DOI"),
                ),
                (
                    "published",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="EDTF, as exact as the source justifies: 2025-01-28, 2025-01, 2025~.",
                        max_length=100,
                    ),
                ),
                (
                    "accessed",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="When we read it, in EDTF.",
                        max_length=100,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, help_text="BCP 47, such as en-GB.", max_length=35
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A: completely reliable"),
                            ("B", "B: usually reliable"),
                            ("C", "C: fairly reliable"),
                            ("D", "D: not usually reliable"),
                            ("E", "E: unreliable"),
                            ("F", "F: cannot be judged"),
                        ],
                        help_text="Admiralty scale, for the source as a whole, apart from any claim. Readers see the letter with its meaning.",
                        max_length=1,
                    ),
                ),
                (
                    "lineage",
                    models.CharField(
                        choices=[
                            ("original", "Original: what it says begins here"),
                            ("derived", "Derived from another source"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        help_text="Only evidence that leads to an original source counts as one. Say why in the note; if you do not know, say that.",
                        max_length=8,
                        verbose_name="where it came from",
                    ),
                ),
                (
                    "derivation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("copy", "Copy"),
                            ("syndication", "Syndication"),
                            ("rewrite", "Rewrite"),
                            ("translation", "Translation"),
                            ("summary", "Summary"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("good", "Good"),
                            ("corrected", "Corrected by its publisher"),
                            ("retracted", "Retracted by its publisher"),
                        ],
                        db_index=True,
                        default="good",
                        help_text="Evidence from a corrected or retracted source no longer counts.",
                        max_length=9,
                    ),
                ),
                (
                    "standing_date",
                    entities.fields.EdtfField(
                        blank=True,
                        help_text="When its publisher corrected or retracted it.",
                        max_length=100,
                    ),
                ),
                (
                    "standing_notice",
                    models.TextField(
                        blank=True,
                        help_text="What the publisher's notice says, in our own words.",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Why we date it and place it as we do. Readers see it.",
                    ),
                ),
                (
                    "text_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="fingerprint of the text",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who works on it. Staff only.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Readers see it once the organisation is published itself.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="entities.organisation",
                    ),
                ),
                (
                    "derived_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOmission",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "start",
                    models.PositiveIntegerField(help_text="In characters, from 0."),
                ),
                ("end", models.PositiveIntegerField()),
                (
                    "reason",
                    models.CharField(
                        help_text="Why it carries no claim.", max_length=200
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical passage left out",
                "verbose_name_plural": "historical passages left out",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalNote",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("handover", "Handover"),
                            ("unsure", "Unsure whether it says this"),
                            ("no", "It does not say this"),
                        ],
                        default="handover",
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(help_text="Staff only.")),
                (
                    "is_done",
                    models.BooleanField(default=False, verbose_name="dealt with"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.evidence",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical note",
                "verbose_name_plural": "historical notes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEvidence",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Withdrawn by us"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        help_text="Readers see what is published. “Withdrawn by us” keeps the address with a notice; “withdrawn” takes the record down at once, everywhere.",
                        max_length=12,
                    ),
                ),
                ("status_at", models.DateTimeField(editable=False, null=True)),
                (
                    "status_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it was withdrawn by us. Readers see this in the notice.",
                        max_length=500,
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=180,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports it"),
                            ("disputes", "Disputes it"),
                            ("questions", "Casts doubt on it"),
                            ("silent", "Checked, not mentioned"),
                        ],
                        default="supports",
                        max_length=9,
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        help_text="The words of the passage, as short as will locate it. Readers see them.",
                    ),
                ),
                (
                    "prefix",
                    models.CharField(
                        blank=True,
                        help_text="What stands just before, where the quote occurs more than once.",
                        max_length=200,
                    ),
                ),
                (
                    "suffix",
                    models.CharField(
                        blank=True, help_text="What stands just after.", max_length=200
                    ),
                ),
                (
                    "start",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Place in the text, in characters from 0.",
                        null=True,
                    ),
                ),
                ("end", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("verbatim_speech", "Someone's own words"),
                            ("reported_speech", "Reported speech"),
                            ("narration", "The source's own words"),
                        ],
                        default="narration",
                        max_length=15,
                    ),
                ),
                (
                    "is_inferred",
                    models.BooleanField(
                        default=False,
                        help_text="The source does not say it in so many words: give the inference in the note. Readers see both.",
                        verbose_name="inferred",
                    ),
                ),
                (
                    "speaker_label",
                    models.CharField(
                        blank=True,
                        help_text="If they have no record: “a business partner of Liang”.",
                        max_length=200,
                        verbose_name="who says it, in words",
                    ),
                ),
                (
                    "via_label",
                    models.CharField(
                        blank=True,
                        help_text="If that has no record: “Chinese media”.",
                        max_length=200,
                        verbose_name="credited to, in words",
                    ),
                ),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("own_reporting", "The source itself"),
                            ("named", "A named person or body"),
                            ("anonymous", "Someone not named"),
                            ("document", "A document"),
                            ("other_outlet", "Another outlet"),
                        ],
                        default="own_reporting",
                        max_length=13,
                    ),
                ),
                (
                    "hedge",
                    models.CharField(
                        blank=True,
                        help_text="“reportedly”, “is said to”, in the source's words.",
                        max_length=200,
                        verbose_name="the source's caveat",
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="Readers see it.")),
                (
                    "confirmed_by",
                    models.CharField(
                        blank=True,
                        help_text="Who read the passage and agrees that it says this.",
                        max_length=150,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "verified_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="fingerprint of the text it was found in",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="If the source names them. Shown as “not published” until they are.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="entities.entity",
                        verbose_name="who says it",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
                (
                    "via",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The source from which this one says, or clearly shows, it has this.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                        verbose_name="credited to",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical evidence",
                "verbose_name_plural": "historical evidence",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCorrection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=140,
                    ),
                ),
                (
                    "said",
                    models.TextField(
                        help_text="Readers see it.", verbose_name="what we said"
                    ),
                ),
                (
                    "says",
                    models.TextField(
                        help_text="Readers see it.", verbose_name="what we say now"
                    ),
                ),
                (
                    "reason",
                    models.TextField(help_text="Readers see it.", verbose_name="why"),
                ),
                ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="entities.entity",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical correction",
                "verbose_name_plural": "historical corrections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAliasUse",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("modified_at", models.DateTimeField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "alias",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="entities.alias",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical use of a name form",
                "verbose_name_plural": "historical uses of name forms",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="evidence",
            name="origin",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="originated_evidence",
                to="sources.source",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="sources.source",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="via",
            field=models.ForeignKey(
                blank=True,
                help_text="The source from which this one says, or clearly shows, it has this.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="relayed_evidence",
                to="sources.source",
                verbose_name="credited to",
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                (
                    "said",
                    models.TextField(
                        help_text="Readers see it.", verbose_name="what we said"
                    ),
                ),
                (
                    "says",
                    models.TextField(
                        help_text="Readers see it.", verbose_name="what we say now"
                    ),
                ),
                (
                    "reason",
                    models.TextField(help_text="Readers see it.", verbose_name="why"),
                ),
                ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="sources.claim",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="entities.entity",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AliasUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "alias",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="entities.alias",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alias_uses",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a name form",
                "verbose_name_plural": "uses of name forms",
            },
        ),
        migrations.CreateModel(
            name="SourceText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "text",
                    models.TextField(
                        help_text="Kept exactly as pasted, but for line ends and Unicode form. Readers never see it; quotes are checked against it."
                    ),
                ),
                ("attached_at", models.DateTimeField(auto_now=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="text",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a source",
                "verbose_name_plural": "texts of sources",
            },
        ),
        migrations.CreateModel(
            name="Approach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The record's address. Made once from words; if you change it, the old address leads to the new one.",
                        max_length=140,
                        unique=True,
                    ),
                ),
                (
                    "asked_label",
                    models.CharField(
                        blank=True,
                        help_text="If they have no record.",
                        max_length=200,
                        verbose_name="whom we asked, in words",
                    ),
                ),
                (
                    "what",
                    models.TextField(
                        blank=True,
                        help_text="Readers see it.",
                        verbose_name="what we asked",
                    ),
                ),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("answer_by", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Asked, no reply yet"),
                            ("replied", "Replied"),
                            ("no_reply", "Did not reply in time"),
                            ("not_asked", "Not asked"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                (
                    "reply",
                    models.TextField(
                        blank=True,
                        help_text="What they replied, in our own words. Readers see it.",
                    ),
                ),
                ("replied_on", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="Readers see it if nobody was asked.",
                        verbose_name="why not asked",
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whom we asked. Shown as “not published” until they are.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approaches",
                        to="entities.entity",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approaches",
                        to="sources.claim",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "approaches",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "not_asked"),
                            models.Q(("asked_on", None), _negated=True),
                            _connector="OR",
                        ),
                        name="an_approach_has_a_day",
                        violation_error_message="Give the day on which we asked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "not_asked"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_asking_has_a_reason",
                        violation_error_message="Say why nobody was asked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "replied"), _negated=True),
                            models.Q(("reply", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_reply_has_words",
                        violation_error_message="Say what they replied.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked", None), ("asked_label", ""), _connector="OR"
                        ),
                        name="approach_names_whom_we_asked_one_way",
                        violation_error_message="Choose whom we asked, or put it in words: not both.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(max_length=12)),
                ("record_id", models.PositiveBigIntegerField()),
                ("base_version", models.PositiveIntegerField()),
                (
                    "changes",
                    models.JSONField(
                        help_text="Field by field: what it was, what it becomes."
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        blank=True,
                        help_text="A word to whoever proposed it.",
                        max_length=300,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decided_proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["state", "kind", "record_id"], name="proposal_open"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["state", "article_count", "id"], name="question_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["decision"], name="question_by_decision"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("subject", "property", "qualifier"),
                name="a_question_is_asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "no_answer"), ("answer_count__gt", 0), _connector="OR"
                ),
                name="an_answered_question_counts_its_answers",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["is_public", "subject", "property", "question", "low", "id"],
                name="claim_on_profile",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["question", "is_public"], name="claim_by_question"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["is_public", "-id"], name="claim_newest"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["support", "-id"], name="claim_by_support"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["is_contested", "-id"], name="claim_contested"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["due_on"], name="claim_by_due"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["not_before"], name="claim_by_embargo"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("object", None), _negated=True),
                        ("date", ""),
                        ("amount", None),
                        ("text", ""),
                        models.Q(("no_value", True), _negated=True),
                    ),
                    models.Q(
                        models.Q(("date", ""), _negated=True),
                        ("object", None),
                        ("amount", None),
                        ("text", ""),
                        models.Q(("no_value", True), _negated=True),
                    ),
                    models.Q(
                        models.Q(("amount", None), _negated=True),
                        ("object", None),
                        ("date", ""),
                        ("text", ""),
                        models.Q(("no_value", True), _negated=True),
                    ),
                    models.Q(
                        models.Q(("text", ""), _negated=True),
                        ("object", None),
                        ("date", ""),
                        ("amount", None),
                        models.Q(("no_value", True), _negated=True),
                    ),
                    models.Q(
                        ("no_value", True),
                        ("object", None),
                        ("date", ""),
                        ("amount", None),
                        ("text", ""),
                    ),
                    _connector="OR",
                ),
                name="claim_has_exactly_one_value",
                violation_error_message="Give exactly one value: an entity, a date, a number, words, or “known to be none”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount", None), ("bound", ""), ("unit", "")),
                    models.Q(
                        models.Q(("amount", None), _negated=True),
                        models.Q(("bound", ""), _negated=True),
                        models.Q(("unit", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_with_an_amount_has_a_unit_and_a_bound",
                violation_error_message="A number needs its unit and “exactly”, “about” or another bound; other values have neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount_high", None),
                        models.Q(("bound", "between"), _negated=True),
                    ),
                    models.Q(
                        ("amount_high__gt", models.F("amount")),
                        ("amount_high__isnull", False),
                        ("bound", "between"),
                    ),
                    _connector="OR",
                ),
                name="only_between_has_a_second_and_higher_amount",
                violation_error_message="“Between” needs a second, higher number; nothing else has one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                fields=("subject", "property", "qualifier", "value_key", "during"),
                name="the_same_answer_is_claimed_once",
                violation_error_message="This claim exists already: add evidence to it instead.",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["status", "low", "id"], name="source_by_date"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["text_sha256"], name="source_by_fingerprint"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["due_on"], name="source_by_due"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["not_before"], name="source_by_embargo"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("derived_from", None),
                    models.Q(("derived_from", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="source_does_not_derive_from_itself",
                violation_error_message="A source cannot derive from itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("derived_from", None), ("lineage", "derived"), _connector="OR"
                ),
                name="only_a_derived_source_derives_from_another",
                violation_error_message="Set “where it came from” to derived, or take away the source it derives from.",
            ),
        ),
        migrations.AddConstraint(
            model_name="omission",
            constraint=models.UniqueConstraint(
                fields=("source", "start", "end"), name="passage_is_left_out_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="omission",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start"))),
                name="passage_left_out_ends_after_it_starts",
                violation_error_message="The passage must end after it starts.",
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["is_done", "kind", "id"], name="note_open"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("claim__isnull", False), ("evidence", None), ("source", None)
                    ),
                    models.Q(
                        ("claim", None), ("evidence", None), ("source__isnull", False)
                    ),
                    models.Q(
                        ("claim", None), ("evidence__isnull", False), ("source", None)
                    ),
                    _connector="OR",
                ),
                name="note_is_about_one_record",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["claim", "is_public", "stance", "source", "origin"],
                name="evidence_of_claim",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["source", "start", "id"], name="evidence_in_text"
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["anchor", "id"], name="evidence_by_anchor"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["stance", "id"], name="evidence_by_stance"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["confirmed_by", "id"], name="evidence_by_reader"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", None), ("start", None)),
                    models.Q(
                        ("end__gt", models.F("start")),
                        ("end__isnull", False),
                        ("start__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="evidence_ends_after_it_starts",
                violation_error_message="The passage must end after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stance", "silent"), _negated=True),
                    models.Q(("quote", ""), ("start", None)),
                    _connector="OR",
                ),
                name="silence_has_no_quote",
                violation_error_message="What a source does not mention it cannot be quoted on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stance", "silent"),
                    models.Q(("quote", ""), _negated=True),
                    _connector="OR",
                ),
                name="evidence_quotes_its_passage",
                violation_error_message="Quote the words that locate the passage.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("speaker", None), ("speaker_label", ""), _connector="OR"
                ),
                name="evidence_names_its_speaker_one_way",
                violation_error_message="Choose who says it, or put it in words: not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("via", None), ("via_label", ""), _connector="OR"),
                name="evidence_credits_one_way",
                violation_error_message="Choose whom it is credited to, or put it in words: not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("claim__isnull", False), ("entity", None), ("source", None)
                    ),
                    models.Q(
                        ("claim", None), ("entity__isnull", False), ("source", None)
                    ),
                    models.Q(
                        ("claim", None), ("entity", None), ("source__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="correction_is_about_one_record",
                violation_error_message="Choose one record that was put right.",
            ),
        ),
        migrations.AddConstraint(
            model_name="aliasuse",
            constraint=models.UniqueConstraint(
                fields=("alias", "source"), name="alias_is_met_once_in_a_source"
            ),
        ),
    ]

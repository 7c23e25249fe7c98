"""What happened to what readers see; at first, that what they see was published."""

import django.db.models.functions.datetime
from django.db import migrations, models

# A database from before has a past that nobody told of: it begins with what is public.
FILL = """
    INSERT INTO sources_publicchange (kind, record_id, slug, what, "to")
    SELECT kind, record_id, slug, 'published', '' FROM sources_searchentry ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_full_text")]

    operations = [
        migrations.CreateModel(
            name="PublicChange",
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
                ("slug", models.CharField(max_length=200)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("changed", "Changed"),
                            ("renamed", "Has another address"),
                            ("merged", "Merged into another record"),
                            ("retracted", "Withdrawn by us"),
                            ("withdrawn", "Withdrawn"),
                            ("unpublished", "Not public any more"),
                        ],
                        max_length=11,
                    ),
                ),
                ("to", models.CharField(blank=True, max_length=200)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "slug"], name="change_by_address"),
                    models.Index(fields=["kind", "record_id"], name="change_by_record"),
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]

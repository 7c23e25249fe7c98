"""The desk asks what is due, under embargo, not confirmed, in a million rows too."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entities", "0002_order_each_kind_by_name"),
        ("sources", "0004_index_what_the_desk_filters_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["due_on"], name="claim_by_due"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["not_before"], name="claim_by_embargo"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["confirmed_by", "id"], name="evidence_by_reader"
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["is_done", "kind", "id"], name="note_open"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["due_on"], name="source_by_due"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["not_before"], name="source_by_embargo"),
        ),
    ]

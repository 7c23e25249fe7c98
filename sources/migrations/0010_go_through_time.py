"""The timeline goes through the dated claims in their order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0009_find_what_was_deleted")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["low", "id"],
                name="claim_in_time",
                condition=models.Q(is_public=True) & ~models.Q(date=""),
            ),
        ),
    ]

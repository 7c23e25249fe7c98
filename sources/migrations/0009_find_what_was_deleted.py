"""What was deleted is found at once among all versions."""

from django.db import migrations, models

NAMES = (
    "aliasuse",
    "approach",
    "claim",
    "correction",
    "evidence",
    "finding",
    "merge",
    "note",
    "omission",
    "property",
    "proposal",
    "question",
    "source",
    "sourcetext",
)


class Migration(migrations.Migration):
    dependencies = [("sources", "0008_walk_the_vocabulary")]

    operations = [
        migrations.AddIndex(
            model_name=f"historical{name}",
            index=models.Index(
                fields=["history_date", "history_id"],
                name=f"{name}_deleted",
                condition=models.Q(history_type="-"),
            ),
        )
        for name in NAMES
    ]

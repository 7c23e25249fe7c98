"""What was deleted is found at once among all versions."""

from django.db import migrations, models

NAMES = (
    "alias",
    "distinction",
    "entity",
    "redirect",
)


class Migration(migrations.Migration):
    dependencies = [("entities", "0002_note_each_write")]

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

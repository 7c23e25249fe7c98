"""The desk lists each kind by name, whatever its status."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entities", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="entity",
            index=models.Index(
                fields=["kind", "sort_name", "id"], name="entity_by_name"
            ),
        ),
    ]

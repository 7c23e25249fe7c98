"""One row that every write changes; a database with records has had its first."""

from django.db import migrations, models

FIRST = """
    INSERT INTO entities_lastwrite (id, mark, at)
    SELECT 1, 'from before', max(modified_at) FROM entities_entity
    HAVING max(modified_at) IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("entities", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LastWrite",
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
                ("mark", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
    ]

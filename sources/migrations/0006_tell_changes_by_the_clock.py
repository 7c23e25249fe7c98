"""A change is told at its own moment, not at that of its statement."""

from django.db import migrations, models

import sources.models.changes


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0005_give_programs_tokens"),
    ]

    operations = [
        migrations.AlterField(
            model_name="publicchange",
            name="at",
            field=models.DateTimeField(db_default=sources.models.changes.Clock()),
        ),
    ]

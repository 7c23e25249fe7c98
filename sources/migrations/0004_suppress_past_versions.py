"""Which past versions of records are kept no longer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0003_tell_what_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suppression",
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
                ("table", models.CharField(max_length=60)),
                ("record_id", models.PositiveBigIntegerField()),
                ("history_id", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("suppressed_by", models.CharField(max_length=150)),
                ("suppressed_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("table", "record_id", "history_id"),
                        name="version_is_suppressed_once",
                    )
                ],
            },
        ),
    ]

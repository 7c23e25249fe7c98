"""A profile goes through the vocabulary in its order, and stops when it has enough."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0007_list_questions_by_articles")]

    operations = [
        migrations.AddIndex(
            model_name="property",
            index=models.Index(fields=["order", "id"], name="property_in_order"),
        ),
    ]

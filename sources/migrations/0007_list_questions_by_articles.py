"""The list of questions begins with the most reported: without sorting them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0006_tell_changes_by_the_clock")]

    operations = [
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["-article_count", "-id"], name="question_by_articles"
            ),
        ),
    ]

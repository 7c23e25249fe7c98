"""The desk filters claims and evidence by how they stand, in a million rows too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_work_and_care")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["support", "-id"], name="claim_by_support"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["is_contested", "-id"], name="claim_contested"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["stance", "id"], name="evidence_by_stance"),
        ),
    ]

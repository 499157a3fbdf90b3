"""An index over the exports that wait: SQL's NULL, where the first one asked for JSON's null."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Replace the index."""

    dependencies = [("exchange", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="export", name="export_waiting"),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(
                condition=models.Q(("fault__isnull", True), ("made_at", None)),
                fields=["asked_at"],
                name="export_waiting",
            ),
        ),
    ]

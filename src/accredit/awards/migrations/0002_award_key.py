"""Gives every award the key under which its certificate can be checked."""

from uuid import uuid4

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_keys(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """One key each: a default would be worked out once for all rows."""
    for award in apps.get_model("awards", "Award").objects.all().iterator():
        award.key = uuid4()
        award.save(update_fields=["key"])


class Migration(migrations.Migration):
    """A column in three steps."""

    dependencies = [("awards", "0001_initial")]
    operations = [
        migrations.AddField("award", "key", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            "award", "key", models.UUIDField(default=uuid4, editable=False, unique=True)
        ),
    ]

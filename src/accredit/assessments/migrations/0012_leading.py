from django.db import migrations, models
from django.utils import timezone


def who_has_led_leads(apps, schema_editor):
    """Whoever has led a panel, here or before this record, need not be asked about."""
    led = {
        *apps.get_model("assessments", "Appointment")
        .objects.filter(seat="lead")
        .values_list("person_id", flat=True),
        *apps.get_model("assessments", "PastAssessments")
        .objects.filter(seat="lead")
        .values_list("person_id", flat=True),
    }
    assessors = apps.get_model("assessments", "Assessor").objects.filter(person_id__in=led)
    assessors.update(leads_since=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("assessments", "0011_sampling")]

    operations = [
        migrations.AddField("assessor", "leads_since", models.DateTimeField(null=True)),
        migrations.AddField("assessor", "not_leading_at", models.PositiveIntegerField(null=True)),
        migrations.AddField("assessor", "not_leading_reason", models.TextField(blank=True)),
        migrations.RunPython(who_has_led_leads, migrations.RunPython.noop),
    ]

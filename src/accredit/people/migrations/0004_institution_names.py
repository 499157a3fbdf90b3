"""Other names and e-mail domains of institutions; what was one domain becomes the first of several."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


def carry_domains(apps, schema_editor):
    """Carry the one domain over, and write down who belongs by it."""
    institution = apps.get_model("people", "Institution")
    domain = apps.get_model("people", "InstitutionDomain")
    for place in institution.objects.exclude(email_domain=""):
        domain.objects.get_or_create(domain=place.email_domain.lower(), defaults={"institution": place})
    affiliation = apps.get_model("people", "Affiliation")
    for found in domain.objects.all():
        people = apps.get_model("people", "Profile").objects.filter(email__iendswith=f"@{found.domain}")
        for person in people.exclude(affiliations__institution=found.institution):
            affiliation.objects.create(person=person, institution=found.institution, by_address=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_gathered_letters")]

    operations = [
        migrations.CreateModel(
            name="InstitutionAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="people.institution",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("name"), name="alias_any_case")
                ]
            },
        ),
        migrations.CreateModel(
            name="InstitutionDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("domain", models.CharField(max_length=120, unique=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domains",
                        to="people.institution",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="affiliation", name="by_address", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(carry_domains, migrations.RunPython.noop),
        migrations.RemoveField(model_name="institution", name="email_domain"),
    ]

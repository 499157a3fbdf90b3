"""A holder's place in the public register, and the record of what they consented to when."""

from django.db import models

from accredit.frameworks.models import Scheme
from accredit.people.models import Profile


class RegisterEntry(models.Model):
    """A holder's line in the list of holders, while consent stands."""

    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    consented_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "scheme"], name="one_register_entry"),)

    def __str__(self) -> str:
        return f"register entry of {self.person_id}"


class Consent(models.Model):
    """Given or withdrawn at a moment, with the words the person saw."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="consents")
    given = models.BooleanField()
    words = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{'given' if self.given else 'withdrawn'} {self.at:%Y-%m-%d}"

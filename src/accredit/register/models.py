"""A holder's place in the public register, and the record of what they consented to when."""

from django.db import models

from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.portfolios.models import Submission


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


class SharedExample(models.Model):
    """A slot of an accredited portfolio that its holder lets candidates read as an example; texts only."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    slot = models.CharField(max_length=20)
    section = models.CharField(max_length=20)
    is_named = models.BooleanField(default=False)
    words = models.TextField()
    consented_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["submission", "slot"], condition=models.Q(withdrawn_at=None), name="shared_once"
            ),
        )
        indexes = (models.Index(fields=["section"], name="shared_section"),)

    def __str__(self) -> str:
        return f"{self.slot} of {self.submission_id}"

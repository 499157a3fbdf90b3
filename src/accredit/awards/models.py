"""Awards: numbered, dated, linked to the award they follow."""

from uuid import uuid4

from django.db import models

from accredit.frameworks.models import Edition, Scheme
from accredit.people.models import Profile
from accredit.registrations.models import Registration


class Award(models.Model):
    """One accreditation of one person; standing follows from its dates (`rulebook.standing`)."""

    number = models.CharField(max_length=20, unique=True)
    # The secret part of the address under which anybody who has the certificate can check it.
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    pathway = models.CharField(max_length=40)
    registration = models.OneToOneField(Registration, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    areas = models.JSONField(default=list)
    distinction = models.BooleanField(default=False)
    issued_on = models.DateField()
    valid_until = models.DateField()
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    suspended_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    retired_on = models.DateField(null=True)
    is_recorded_by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("issued_on")), name="award_ends_after_issue"
            ),
        )
        indexes = (models.Index(fields=["person", "valid_until"], name="award_person"),)

    def __str__(self) -> str:
        return self.number

    @property
    def is_taken_away(self) -> bool:
        """Whether the office has revoked or suspended it: no certificate of it is given out then."""
        return self.revoked_at is not None or self.suspended_at is not None

"""A notice: one message to one person, due, sent or suppressed, with why."""

from django.db import models

from accredit.people.models import Profile
from accredit.registrations.models import Registration


class Notice(models.Model):
    """A message as it was written when it fell due; `key` makes a second one impossible.

    `person` is empty when it goes to an address of which nobody here is known yet.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True)
    person = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    registration = models.ForeignKey(Registration, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    because = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    # It can wait: its reader gets it with others, once a day.
    is_gathered = models.BooleanField(default=False)
    gathered_in = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="gathered")
    tries = models.PositiveSmallIntegerField(default=0)
    last_fault = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    suppressed_at = models.DateTimeField(null=True)
    suppressed_because = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, suppressed_at=None),
                name="notice_waiting",
            ),
            models.Index(fields=["person", "due_at"], name="notice_person"),
            models.Index(fields=["registration", "due_at"], name="notice_registration"),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id or self.address}"

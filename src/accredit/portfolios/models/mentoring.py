"""Critical friends: who may comment on which entries until when, and what they said."""

from django.db import models

from accredit.people.models import Profile
from accredit.portfolios.models.portfolio import Entry, Portfolio


class Mentor(models.Model):
    """One person's invitation to comment on chosen entries; `person` is empty until they accept it.

    Entries are named themselves, not by their slot: one that moves up into the place of another must not
    show what nobody has shared. It makes them a conflict of interest for this portfolio from the acceptance
    on, ended or not.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="mentors")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    person = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    entries = models.ManyToManyField(Entry, related_name="mentors")
    message = models.TextField(blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    until_on = models.DateField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["portfolio", "email"],
                condition=models.Q(ended_at=None, declined_at=None),
                name="one_open_invitation_per_address",
            ),
        )
        indexes = (models.Index(fields=["person"], name="mentor_person"),)

    def __str__(self) -> str:
        return f"mentor of {self.portfolio_id}"


class Comment(models.Model):
    """What a mentor said of a passage: `part` names the text (as a form field does), `quote` the passage."""

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="comments")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="comments")
    part = models.CharField(max_length=60)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"comment on {self.entry_id}"

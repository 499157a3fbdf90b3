"""Who has offered to assess, what they did before, and to whom they are too close."""

from django.db import models

from accredit.people.models import Profile


class Assessor(models.Model):
    """A person who has offered to assess, and how many portfolios at a time."""

    person = models.OneToOneField(Profile, on_delete=models.PROTECT, related_name="+")
    at_most = models.PositiveSmallIntegerField(default=3)
    # How many may begin within a year; no limit where empty.
    per_year = models.PositiveSmallIntegerField(null=True)
    # Terms of the scheme's vocabulary, the strongest first.
    areas = models.JSONField(default=list)
    # Which of the scheme's languages they read; none said: it counts neither way.
    languages = models.JSONField(default=list)
    # Codes of the pathways they wish to assess; empty: all they may.
    pathways = models.JSONField(default=list)
    # Months in which they take nothing on, as "2026-08".
    months_away = models.JSONField(default=list)
    since_on = models.DateField()
    paused_at = models.DateTimeField(null=True)
    # When the office said that they may lead; where it last said no, with how many finished and why.
    leads_since = models.DateTimeField(null=True)
    not_leading_at = models.PositiveIntegerField(null=True)
    not_leading_reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"assessor {self.person_id}"


class Seat(models.TextChoices):
    """A place on a panel; `member` where the edition has no lead."""

    LEAD = "lead"
    SECOND = "second"
    MEMBER = "member"
    THIRD = "third"


class PastAssessments(models.Model):
    """Assessments made before this record began, as the office wrote them down."""

    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=10, choices=Seat.choices)
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.number} as {self.seat}"


class DeclaredConflict(models.Model):
    """A conflict of interest one person has declared about another."""

    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    # The last day on which it counts; open-ended where empty.
    until_on = models.DateField(null=True)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    dismissed_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "about"],
                condition=models.Q(dismissed_at=None),
                name="one_standing_conflict",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} about {self.about_id}"


class NamedConflict(models.Model):
    """Somebody a candidate says should not assess them, in their words: they do not know who assesses.

    `declared` is the conflict that came of it once the person was found; `settled_at` also where nobody here
    is meant. The candidate learns neither.
    """

    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    reason = models.TextField()
    named_at = models.DateTimeField()
    declared = models.ForeignKey(DeclaredConflict, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["person"], condition=models.Q(settled_at=None), name="named_to_settle"),
        )

    def __str__(self) -> str:
        return f"{self.name} named by {self.person_id}"


class DismissedConflict(models.Model):
    """A conflict the program derived and the office has set aside, with the reason.

    `kind` is the rulebook's code; `about` whose portfolio it concerned; `found` what the finding stood on, so
    that another finding of the same kind is not set aside with it.
    """

    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    found = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    dismissed_at = models.DateTimeField()
    dismissed_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    restored_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "about", "kind", "found"],
                condition=models.Q(restored_at=None),
                name="one_dismissal_per_finding",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id} about {self.about_id} set aside"

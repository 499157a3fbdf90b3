"""Who assesses, what each says, what the panel decides."""

from django.db import models

from accredit.people.models import Profile
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration


class Assessor(models.Model):
    """A person who has offered to assess, and how many portfolios at a time."""

    person = models.OneToOneField(Profile, on_delete=models.PROTECT, related_name="+")
    at_most = models.PositiveSmallIntegerField(default=3)
    areas = models.JSONField(default=list)
    since_on = models.DateField()
    paused_at = models.DateTimeField(null=True)

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


class Panel(models.Model):
    """The people who assess one round of one registration."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="+")
    formed_at = models.DateTimeField()
    due_on = models.DateField()
    # From this moment, when the last of its first assessments came in, the members see each other's.
    compared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["registration", "round"], name="one_panel_per_round"),)

    def __str__(self) -> str:
        return f"panel of {self.registration_id}, round {self.round}"


class Appointment(models.Model):
    """One person's place on a panel, from invitation to its end."""

    class Answer(models.TextChoices):
        """What the invited person said."""

        NONE = ""
        ACCEPTED = "accepted"
        DECLINED = "declined"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=10, choices=Seat.choices)
    invited_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    # "Assessor 1", "Assessor 2" to the candidate: drawn, so that it tells nothing of the seat.
    shown_as = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["panel", "person"], name="one_appointment_per_person"),
            models.UniqueConstraint(
                fields=["panel", "seat"],
                condition=models.Q(ended_at=None) & ~models.Q(seat="member"),
                name="one_person_per_seat",
            ),
        )
        indexes = (models.Index(fields=["person", "ended_at"], name="appointment_person"),)

    def __str__(self) -> str:
        return f"{self.seat} of panel {self.panel_id}"


class Assessment(models.Model):
    """One assessor's ratings, comments and recommended outcome for one submission."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="assessment")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)
    overall = models.TextField(blank=True)
    revise = models.JSONField(default=list)
    private_notes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"assessment {self.appointment_id}"


class Rating(models.Model):
    """One mark for one row of the form, with an optional comment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="ratings")
    row = models.CharField(max_length=40)
    mark = models.CharField(max_length=40, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["assessment", "row"], name="one_rating_per_row"),)

    def __str__(self) -> str:
        return f"{self.row}: {self.mark}"


class Proposal(models.Model):
    """An outcome one of the panel proposes to the others, with the feedback for the candidate."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="proposals")
    made_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="proposals")
    outcome = models.CharField(max_length=40)
    feedback = models.TextField()
    revise = models.JSONField(default=list)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["panel"], condition=models.Q(replaced_at=None), name="one_standing_proposal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome} proposed in panel {self.panel_id}"


class Reply(models.Model):
    """A member's answer to a proposal: agreed, or not, with the reason."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="replies")
    made_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="replies")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["proposal", "made_by"], name="one_reply_each"),)

    def __str__(self) -> str:
        return f"{'agrees' if self.agrees else 'disagrees'} with {self.proposal_id}"


class Outcome(models.Model):
    """What was decided for one round; the candidate learns it at `released_at`."""

    class How(models.TextChoices):
        """Who decided it."""

        AGREED = "agreed"
        MAJORITY = "majority"
        MODERATED = "moderated"
        READ = "read"
        READ_BY_OFFICE = "read_by_office"

    panel = models.OneToOneField(Panel, on_delete=models.PROTECT, related_name="outcome")
    code = models.CharField(max_length=40)
    effect = models.CharField(max_length=20)
    how = models.CharField(max_length=20, choices=How.choices)
    feedback = models.TextField()
    revise = models.JSONField(default=list)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    ratified_at = models.DateTimeField(null=True)
    ratified_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.code} of panel {self.panel_id}"

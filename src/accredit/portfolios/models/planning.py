"""What the candidate keeps for themselves: notes, a plan, and what was carried over from before."""

from django.db import models

from accredit.portfolios.models.portfolio import Entry, Portfolio
from accredit.portfolios.models.submissions import Submission


class Note(models.Model):
    """A note to self: never part of a version, a frozen copy, an export of a submission or anybody's page.

    `quote` is the passage a comment of an imported document stood at, `source` who had written it there.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="notes")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="notes")
    text = models.TextField()
    quote = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"note in {self.portfolio_id}"


class Plan(models.Model):
    """When a candidate means to be done, and the one next step; nudges only where they asked for them."""

    class Nudge(models.TextChoices):
        """How often a letter may remind of the next step."""

        NEVER = "never"
        WEEKLY = "weekly"
        FORTNIGHTLY = "fortnightly"
        MONTHLY = "monthly"

    portfolio = models.OneToOneField(Portfolio, on_delete=models.CASCADE, related_name="plan")
    target_on = models.DateField(null=True)
    step = models.CharField(max_length=200, blank=True)
    step_slot = models.CharField(max_length=20, blank=True)
    step_on = models.DateField(null=True)
    nudge = models.CharField(max_length=12, choices=Nudge.choices, default=Nudge.NEVER)
    nudge_due_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["nudge_due_on"], name="plan_nudge_due"),)

    def __str__(self) -> str:
        return f"plan of {self.portfolio_id}"


class Carried(models.Model):
    """An entry that began as a copy of an earlier portfolio’s: is it still valid, and from when?"""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="carried")
    source = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    source_slot = models.CharField(max_length=20)
    is_valid = models.BooleanField(null=True)
    practised_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.entry_id} from {self.source_id}"

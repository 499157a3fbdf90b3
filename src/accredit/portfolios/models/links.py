"""The addresses a draft leads to, and what they answered when they were last asked."""

from django.db import models

from accredit.portfolios.models.portfolio import Portfolio


class Link(models.Model):
    """One address of one draft, wherever it stands in it; `finding` is empty until it was first checked."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="links")
    address = models.URLField(max_length=1000)
    due_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=20, blank=True)
    http_code = models.PositiveSmallIntegerField(null=True)
    final_address = models.URLField(max_length=2000, blank=True)
    certificate_until_at = models.DateTimeField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["portfolio", "address"], name="one_link_per_address"),)
        indexes = (models.Index(fields=["due_at"], name="link_due"),)

    def __str__(self) -> str:
        return self.address[:80]

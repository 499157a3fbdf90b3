"""Fees, orders and payments; money is whole minor units (pence)."""

from django.db import models

from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.registrations.models import Registration


class Fee(models.Model):
    """What a kind of person pays for a kind of registration from a day on."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    person_kind = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    pathway = models.CharField(max_length=40, blank=True)
    amount = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="GBP")
    valid_from_on = models.DateField()
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.title}: {self.amount / 100:.2f} {self.currency}"


class Order(models.Model):
    """What a registration costs, with its invoice number."""

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="+")
    fee = models.ForeignKey(Fee, null=True, on_delete=models.PROTECT, related_name="orders")
    invoice_number = models.CharField(max_length=20, unique=True)
    amount = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    ordered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.invoice_number


class Payment(models.Model):
    """Money received for an order, as the office recorded it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    amount = models.PositiveIntegerField()
    paid_on = models.DateField()
    reference = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["order", "reference"], name="payment_recorded_once"),)

    def __str__(self) -> str:
        return self.reference

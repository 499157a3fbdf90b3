"""People: `User` holds sign-in only, everything else is `Profile`."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Makes users known by e-mail address."""

    def create_user(self, email: str, password: str | None = None) -> "User":
        """Make a user; without a password none is usable."""
        user = self.model(email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in: address and password; the person behind it is the profile."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_any_case"),)

    def __str__(self) -> str:
        return self.email


class Institution(models.Model):
    """Where people work or study; a part of another where `parent` says so."""

    name = models.CharField(max_length=200, unique=True)
    country = models.CharField(max_length=2, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    def __str__(self) -> str:
        return self.name


class InstitutionAlias(models.Model):
    """Another name people write for an institution."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(Lower("name"), name="alias_any_case"),)

    def __str__(self) -> str:
        return self.name


class InstitutionDomain(models.Model):
    """An e-mail domain of an institution, in lower case; its parts belong to it too."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.domain


class Profile(models.Model):
    """A person: may exist before their sign-in does, when the office has recorded them."""

    user = models.OneToOneField(User, null=True, on_delete=models.SET_NULL, related_name="profile")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    sector = models.CharField(max_length=60, blank=True)
    job_role = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    prefers_plain = models.BooleanField(default=False)
    # Letters that can wait come together, once a day.
    gathers_letters = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["name"], name="profile_name"),
            models.Index(fields=["email"], name="profile_email"),
        )

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A person's time at an institution; open-ended when `until_on` is empty.

    `by_address`: they did not say so, their e-mail address does.
    """

    person = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="affiliations")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="affiliations")
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    by_address = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(since_on=None)
                | models.Q(until_on=None)
                | models.Q(until_on__gte=models.F("since_on")),
                name="affiliation_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} at {self.institution_id}"


class RoleHeld(models.Model):
    """A role given to a person by the body: office, moderator or committee."""

    class Name(models.TextChoices):
        """Roles that are given; candidate and assessor follow from what a person does."""

        OFFICE = "office"
        MODERATOR = "moderator"
        COMMITTEE = "committee"

    person = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Name.choices)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "role"], condition=models.Q(ended_at=None), name="role_held_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} of {self.person_id}"

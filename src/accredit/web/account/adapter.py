"""How signing in meets the people of the scheme: claiming a person, where to go next, e-mails."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accredit.frameworks.queries import default_scheme
from accredit.people import actions as people
from accredit.people.models import User
from accredit.web.account.reads import landing


class AccountAdapter(DefaultAccountAdapter):
    """Joins a confirmed sign-in to its person and speaks with our voice."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This address and password do not belong together. Check both, or choose a new password."
        ),
        "account_inactive": _("This account is closed. Ask the office if you need it again."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your current password. Try again."),
        "incorrect_code": _("This code is not right. Check it, or wait for the next one."),
        "same_as_current": _("This is your address already. Give another one."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many requests in a short time. Wait a few minutes, then try again."),
    }

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address and join it to the person who waits under it."""
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            settle(email_address.user)
        return confirmed

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; whoever comes by another door (an institution's sign-in) gets their person now."""
        super().login(request, user)
        settle(user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead people to where their work is."""
        return landing(request.user)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Lead new people to their profile."""
        return landing(request.user)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        """Write the message once, as text, and give the same words as HTML."""
        scheme = default_scheme()
        values = context | {"scheme": scheme.name if scheme else "Accredit", "site": settings.SITE_URL}
        values["contact"] = scheme.contact_email if scheme else ""
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", values).split())
        text = render_to_string(f"{template_prefix}_message.txt", values).strip()
        message = EmailMultiAlternatives(
            self.format_email_subject(subject),
            text,
            self.get_from_email(),
            [email] if isinstance(email, str) else email,
            headers={"Auto-Submitted": "auto-generated"} | (headers or {}),
        )
        blocks = [block for block in text.split("\n\n") if block.strip()]
        html = render_to_string("account/email/frame.html", values | {"blocks": blocks, "subject": subject})
        message.attach_alternative(html, "text/html")
        return message


def settle(user: User) -> None:
    """Give a sign-in its person: the one recorded under its address, if that address is confirmed."""
    at = timezone.now()
    user.refresh_from_db(fields=["email"])
    if not EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists():
        people.make_profile(user, name="", at=at)
        return
    person = people.claim(user, at=at)
    if person.email.lower() != user.email.lower():
        people.follow_address(person, user.email, at=at)

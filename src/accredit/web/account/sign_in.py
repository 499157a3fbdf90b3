"""The forms of the sign-in library with our labels, hints and no placeholders."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account import forms as library
from allauth.mfa.base import forms as second
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.validators import MaxLengthValidator
from django.forms import EmailField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EMAIL = (_("E-mail address"), "")
NEW_PASSWORD = (
    _("New password"),
    _("At least ten characters. Four or five words that you can remember make a good one."),
)


class Worded:
    """Gives the fields of a library form our words."""

    words: ClassVar[Mapping[str, tuple[str | Promise, str | Promise | None]]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, EmailField):
                # The library looks at no length, and the database refuses a longer address with a fault.
                field.validators.append(MaxLengthValidator(app_settings.EMAIL_MAX_LENGTH))
            if name in self.words:
                label, hint = self.words[name]
                field.label = label
                field.help_text = field.help_text if hint is None else hint


class LoginForm(Worded, library.LoginForm):
    """Sign in; the hint of the password leads to a new one."""

    words: ClassVar = {
        "login": EMAIL,
        "password": (_("Password"), None),
        "remember": (_("Keep me signed in on this device for two weeks"), ""),
    }


class SignupForm(Worded, library.SignupForm):
    """Create an account."""

    words: ClassVar = {
        "email": (_("E-mail address"), _("We send a message to it, to make sure that it is yours.")),
        "password1": (_("Password"), NEW_PASSWORD[1]),
    }


class AddEmailForm(Worded, library.AddEmailForm):
    """Change the address."""

    words: ClassVar = {
        "email": (_("New e-mail address"), _("It takes effect when you open the link we send to it.")),
    }


class ChangePasswordForm(Worded, library.ChangePasswordForm):
    """Change the password."""

    words: ClassVar = {
        "oldpassword": (_("Current password"), None),
        "password1": NEW_PASSWORD,
        "password2": (_("New password again"), ""),
    }


class SetPasswordForm(Worded, library.SetPasswordForm):
    """Set a first password."""

    words: ClassVar = {"password1": NEW_PASSWORD, "password2": (_("New password again"), "")}


class ResetPasswordForm(Worded, library.ResetPasswordForm):
    """Ask for a new password."""

    words: ClassVar = {"email": EMAIL}


class ResetPasswordKeyForm(Worded, library.ResetPasswordKeyForm):
    """Choose a new password."""

    words: ClassVar = {"password1": NEW_PASSWORD, "password2": (_("New password again"), "")}


class ReauthenticateForm(Worded, library.ReauthenticateForm):
    """Give the password once more before something that matters."""

    words: ClassVar = {"password": (_("Password"), None)}


CODE = {"code": (_("Code"), _("Six digits from the app, or a recovery code."))}


class AuthenticateForm(Worded, second.AuthenticateForm):
    """The second step of signing in."""

    words: ClassVar = CODE


class CodeAgainForm(Worded, second.ReauthenticateForm):
    """The second step once more before something that matters."""

    words: ClassVar = CODE


class ActivateForm(Worded, ActivateTOTPForm):
    """Set up the authenticator app."""

    words: ClassVar = {"code": (_("Code the app shows now"), _("Six digits."))}

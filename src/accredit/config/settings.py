"""All settings in one place; the installation sets environment variables only (see docs/operations.md)."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from huey.serializer import SignedSerializer

from accredit.config import environment as env

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "accredit"

# --- the installation -------------------------------------------------------------------------------------

DEMO = env.flag("ACCREDIT_DEMO")
HOME = env.folder("ACCREDIT_HOME", ROOT / "var" / ("demo" if DEMO else "data"))
SECRET_KEY = env.secret("SECRET_KEY", kept_in=HOME / "secret-key" if DEMO else None)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]" if DEMO else "")
SITE_URL = env.text(
    "SITE_URL", f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS and not DEMO else "http://127.0.0.1:8000"
)
PROXY_COUNT = env.number("PROXY_COUNT", 0)
DEBUG = False
# The demo asks nothing of any third party.
FETCH_LINKS = env.flag("FETCH_LINKS", default=not DEMO)

if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set; set it to the names people type to reach this site, "
        "as in ALLOWED_HOSTS=accredit.example.org."
    )

# --- what it is made of -----------------------------------------------------------------------------------

FLOORS = [
    "accredit.toolkit",
    "accredit.files",
    "accredit.trail",
    "accredit.people",
    "accredit.frameworks",
    "accredit.registrations",
    "accredit.awards",
    "accredit.fees",
    "accredit.portfolios",
    "accredit.assessments",
    "accredit.register",
    "accredit.exchange",
    "accredit.notices",
    "accredit.demo",
    *(f"accredit.web.{each}" for each in ("ui", "account", "candidate", "mentor", "coordinator")),
    *(f"accredit.web.{each}" for each in ("assessor", "office", "public")),
    "accredit.config",
]
# Ours come first: their templates win over those of the libraries.
INSTALLED_APPS = [
    *FLOORS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "huey.contrib.djhuey",
    "lucide",
    "rules",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accredit.web.ui.middleware.UiMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "accredit.web.ui.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "accredit.web.ui.forms.Renderer"
ROOT_URLCONF = "accredit.config.urls"
WSGI_APPLICATION = "accredit.config.wsgi.application"

# --- where things are kept --------------------------------------------------------------------------------

DATABASES = {"default": env.database(env.address("DATABASE_URL", f"sqlite://{HOME / 'accredit.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache(env.address("CACHE_URL", "database:"))}
STORAGES = {
    "default": env.storage(env.address("STORAGE_URL", f"file://{HOME / 'files'}")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Private keys that sign credentials: on several machines the same folder, readable by this program alone.
SIGNING_KEYS = env.folder("SIGNING_KEYS", HOME / "keys")
FILES_GRACE_DAYS = env.number("FILES_GRACE_DAYS", 30)
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

huey_class, huey_connection = env.tasks(env.address("TASKS_URL", f"sqlite://{HOME / 'tasks.sqlite3'}"))
HUEY = {
    "huey_class": huey_class,
    "name": "accredit",
    "immediate": False,
    "connection": huey_connection,
    # The default is plain pickle: whoever could write to the queue could run code in the worker.
    "serializer": SignedSerializer(secret=SECRET_KEY, salt="accredit.tasks"),
    "consumer": {"workers": 2, "worker_type": "thread"},
}
vars().update(
    env.email(env.address("EMAIL_URL", f"file://{HOME / 'mail'}" if DEMO else "smtp://localhost:25"))
)

# --- people and sign-in -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
# Enough for somebody with a pile of certificates, too little for trying numbers and names.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"check_badge": "20/m/ip,200/h/ip"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_ADAPTER = "accredit.web.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accredit.web.account.sign_in.LoginForm",
    "signup": "accredit.web.account.sign_in.SignupForm",
    "add_email": "accredit.web.account.sign_in.AddEmailForm",
    "change_password": "accredit.web.account.sign_in.ChangePasswordForm",
    "set_password": "accredit.web.account.sign_in.SetPasswordForm",
    "reset_password": "accredit.web.account.sign_in.ResetPasswordForm",
    "reset_password_from_key": "accredit.web.account.sign_in.ResetPasswordKeyForm",
    "reauthenticate": "accredit.web.account.sign_in.ReauthenticateForm",
}
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Accredit"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "accredit.web.account.sign_in.AuthenticateForm",
    "reauthenticate": "accredit.web.account.sign_in.CodeAgainForm",
    "activate_totp": "accredit.web.account.sign_in.ActivateForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.sign_in_providers()}}

# --- security ---------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *env.origins_of(SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SESSION_COOKIE_NAME = "accredit_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "accredit.web.ui.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# --- language and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = env.time_zone("TIME_ZONE", "Europe/London")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING" if DEMO else "INFO"},
    "loggers": {
        # Refused requests are logged with their reference by accredit.errors.
        "django.request": {"level": "ERROR"},
        "PIL": {"level": "WARNING"},  # finer levels write down what a camera says, places included
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # Without a handler of its own, huey's consumer would add one and say everything twice.
        "huey": {"handlers": ["console"], "propagate": False, "level": "WARNING"},
    },
}

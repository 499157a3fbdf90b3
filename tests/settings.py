"""Settings of the tests: the real ones in a temporary folder, with the slow and the distant replaced."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests import postgres

# What is set around the tests must not leak in; only a PostgreSQL database may be lent, by DATABASE_URL.
lent = os.environ.pop("DATABASE_URL", "")
AMBIENT = (
    "ACCREDIT_DEMO",
    "CACHE_URL",
    "EMAIL_URL",
    "FETCH_LINKS",
    "OIDC_URL",
    "SECRET_KEY_FILE",
    "STORAGE_URL",
    "TASKS_URL",
    "TIME_ZONE",
)
for name in AMBIENT:
    os.environ.pop(name, None)

home = Path(tempfile.mkdtemp(prefix="accredit-test-"))
(home / "static").mkdir()
atexit.register(shutil.rmtree, home, ignore_errors=True)
os.environ |= {
    "ACCREDIT_HOME": str(home),
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "SITE_URL": "http://testserver",
    "CACHE_URL": "memory:",
    "EMAIL_URL": "console:",
    "PROXY_COUNT": "0",
    "FETCH_LINKS": "0",
}

from accredit.config import environment as env  # noqa: E402  the environment above has to stand first
from accredit.config import settings as real  # noqa: E402
from accredit.config.settings import *  # noqa: E402, F403

if "--database=postgresql" in "=".join(sys.argv) and not os.environ.get(postgres.URL):
    # The controller comes here first; its workers inherit the address and share the cluster.
    os.environ[postgres.URL] = lent if lent.startswith("postgres") else postgres.start()

DATABASES = real.DATABASES
if os.environ.get(postgres.URL):
    DATABASES = {"default": env.database(env.address(postgres.URL, ""), pool=False)}
else:
    DATABASES["default"]["TEST"] = {"NAME": str(home / "test.sqlite3")}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

HUEY = {"huey_class": "huey.MemoryHuey", "name": "test", "immediate": True}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_STORAGE = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES = real.STORAGES | {"staticfiles": STATIC_STORAGE}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
ACCOUNT_RATE_LIMITS = False
LOGGING = real.LOGGING | {"root": {"handlers": ["console"], "level": "ERROR"}}

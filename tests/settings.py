"""Settings of the tests: the real ones in a temporary folder, with the slow and the distant replaced."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests import postgres

# The settings of whoever runs the tests must not leak in; a database for PostgreSQL may be lent by DATABASE_URL.
lent = os.environ.pop("DATABASE_URL", "")
for name in ("ACCREDIT_DEMO", "CACHE_URL", "STORAGE_URL", "TASKS_URL", "EMAIL_URL", "SECRET_KEY_FILE", "TIME_ZONE", "OIDC_URL"):
    os.environ.pop(name, None)

home = Path(tempfile.mkdtemp(prefix="accredit-test-"))
atexit.register(shutil.rmtree, home, ignore_errors=True)
os.environ |= {
    "ACCREDIT_HOME": str(home),
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "SITE_URL": "http://testserver",
    "CACHE_URL": "memory:",
    "EMAIL_URL": "console:",
    "PROXY_COUNT": "0",
}

from accredit.config.settings import *  # noqa: E402, F403  the environment above has to stand first

if "--database=postgresql" in sys.argv and not os.environ.get(postgres.URL):
    # The controller comes here first; its workers inherit the address and share the cluster.
    os.environ[postgres.URL] = lent if lent.startswith("postgres") else postgres.start()

database_url = os.environ.get(postgres.URL, "")
if database_url:
    os.environ["DATABASE_URL"] = database_url
    DATABASES = {"default": env.database(env.address("DATABASE_URL", ""), pool=False)}  # noqa: F405
    os.environ.pop("DATABASE_URL")
else:
    DATABASES["default"]["TEST"] = {"NAME": str(home / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405

HUEY = {"huey_class": "huey.MemoryHuey", "name": "test", "immediate": True}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
ACCOUNT_RATE_LIMITS = False
LOGGING["root"]["level"] = "ERROR"  # noqa: F405

"""The readers of the environment: what they make of each form, and what they say when it is wrong."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from accredit.config import environment as env

LONG = "x" * env.MINIMUM_SECRET


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each test from an empty environment."""
    for name in ("NAME", "NAME_FILE", "OIDC_URL", "OIDC_SECRET"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def name(monkeypatch: pytest.MonkeyPatch):
    """Set the variable NAME."""
    return lambda value: monkeypatch.setenv("NAME", value)


def test_a_missing_secret_says_what_to_do():
    with pytest.raises(ImproperlyConfigured, match="NAME is not set; set NAME, or NAME_FILE"):
        env.secret("NAME")


def test_a_short_secret_is_refused_without_being_repeated(name):
    name("hunter2")
    with pytest.raises(ImproperlyConfigured, match="NAME is shorter than 32") as refusal:
        env.secret("NAME")
    assert "hunter2" not in str(refusal.value)


def test_a_secret_from_the_environment_or_a_file(name, monkeypatch, tmp_path):
    name(LONG)
    assert env.secret("NAME") == LONG
    (tmp_path / "key").write_text(f"{LONG}y\n", encoding="utf-8")
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "key"))
    assert env.secret("NAME") == f"{LONG}y"
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.secret("NAME")


def test_processes_that_start_together_agree_on_the_secret_of_the_demo(tmp_path):
    kept = tmp_path / "secret-key"
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: env.secret("NAME", kept_in=kept), range(16)))
    assert len(secrets) == 1
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("written", "read"), [("", False), ("1", True), ("yes", True), ("0", False), ("No", False)]
)
def test_flags(name, written, read):
    name(written)
    assert env.flag("NAME") is read
    assert env.flag("NAME", default=True) is (read or not written)


def test_values_that_cannot_be_read_are_answered_with_a_sentence(name, tmp_path):
    name("perhaps")
    with pytest.raises(ImproperlyConfigured, match="write 1 for yes"):
        env.flag("NAME")
    with pytest.raises(ImproperlyConfigured, match="write a whole number"):
        env.number("NAME", 3)
    with pytest.raises(ImproperlyConfigured, match="no time zone"):
        env.time_zone("NAME", "Europe/London")
    with pytest.raises(ImproperlyConfigured, match="begins with a scheme"):
        env.address("NAME", "database:")
    name("redis://host:port/0")
    with pytest.raises(ImproperlyConfigured, match="not a URL"):
        env.address("NAME", "database:")
    (tmp_path / "file").touch()
    name(str(tmp_path / "file" / "folder"))
    with pytest.raises(ImproperlyConfigured, match="cannot be made"):
        env.folder("NAME", Path("unused"))


def test_lists_numbers_and_zones(name):
    name(" a.example.org , b.example.org ")
    assert env.words("NAME") == ["a.example.org", "b.example.org"]
    name("2")
    assert env.number("NAME", 0) == 2
    name("Pacific/Auckland")
    assert env.time_zone("NAME", "Europe/London") == "Pacific/Auckland"


def test_databases(name):
    name("sqlite:////srv/accredit/data.sqlite3")
    assert env.database(env.address("NAME", ""))["NAME"] == "//srv/accredit/data.sqlite3"
    name("postgresql://ada:p%40ss@db.example.org:5433/accredit?sslmode=require&pool=3")
    entry = env.database(env.address("NAME", ""))
    assert (entry["USER"], entry["PASSWORD"], entry["PORT"], entry["NAME"]) == (
        "ada",
        "p@ss",
        "5433",
        "accredit",
    )
    assert entry["OPTIONS"] == {"sslmode": "require", "pool": {"min_size": 1, "max_size": 3, "timeout": 20}}
    name("mysql://host/name")
    with pytest.raises(ImproperlyConfigured, match="scheme 'mysql'; use one of: sqlite"):
        env.database(env.address("NAME", ""))


@pytest.mark.parametrize(
    ("url", "backend"),
    [
        ("database:", "django.core.cache.backends.db.DatabaseCache"),
        ("valkey://host:6379/0", "django.core.cache.backends.redis.RedisCache"),
        ("memory:", "django.core.cache.backends.locmem.LocMemCache"),
    ],
)
def test_caches(name, url, backend):
    name(url)
    assert env.cache(env.address("NAME", ""))["BACKEND"] == backend


@pytest.mark.parametrize(
    ("url", "queue", "connection"),
    [
        ("sqlite:///srv/tasks.sqlite3", "huey.SqliteHuey", {"filename": "/srv/tasks.sqlite3", "timeout": 20}),
        ("postgresql://host/tasks", "huey.PostgresHuey", {"dsn": "postgresql://host/tasks"}),
        ("valkey://host:6379/1", "huey.RedisHuey", {"url": "redis://host:6379/1"}),
    ],
)
def test_queues(name, url, queue, connection):
    name(url)
    assert env.tasks(env.address("NAME", "")) == (queue, connection)


def test_mail(name):
    name("smtp://office:secret@mail.example.org:587?from=office@example.org")
    mail = env.email(env.address("NAME", ""))
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert mail["DEFAULT_FROM_EMAIL"] == "office@example.org"
    name("smtps://mail.example.org")
    assert env.email(env.address("NAME", ""))["EMAIL_PORT"] == 465
    name("file:///srv/mail")
    assert env.email(env.address("NAME", ""))["EMAIL_FILE_PATH"] == "/srv/mail"
    name("console:")
    assert "console" in env.email(env.address("NAME", ""))["EMAIL_BACKEND"]


def test_storage(name):
    name("file:///srv/files")
    assert env.storage(env.address("NAME", ""))["OPTIONS"]["location"] == "/srv/files"
    name("s3://key:s%2Fecret@store.example.org/portfolios?region=eu-west-2")
    options = env.storage(env.address("NAME", ""))["OPTIONS"]
    assert (options["bucket_name"], options["secret_key"], options["region_name"]) == (
        "portfolios",
        "s/ecret",
        "eu-west-2",
    )
    assert options["endpoint_url"] == "https://store.example.org"
    assert (options["signature_version"], options["default_acl"], options["file_overwrite"]) == (
        "s3v4",
        None,
        False,
    )
    assert options["addressing_style"] == "path"
    name("s3://key:secret@store.example.org/portfolios?addressing=virtual")
    assert env.storage(env.address("NAME", ""))["OPTIONS"]["addressing_style"] == "virtual"
    name("s3:///portfolios?region=eu-west-2")
    options = env.storage(env.address("NAME", ""))["OPTIONS"]
    assert (options["endpoint_url"], options["addressing_style"]) == (None, "virtual")


@pytest.mark.parametrize("reader", [env.cache, env.tasks, env.email, env.storage])
def test_an_unknown_scheme_names_the_known_ones(name, reader):
    name("gopher://host")
    with pytest.raises(ImproperlyConfigured, match="use one of"):
        reader(env.address("NAME", ""))


def test_sign_in_providers_extend_where_forms_may_lead(monkeypatch):
    assert env.sign_in_providers() == []
    monkeypatch.setenv("OIDC_URL", "https://login.example.ac.uk/realm")
    monkeypatch.setenv("OIDC_SECRET", "short but given by the provider")
    providers = env.sign_in_providers()
    assert providers[0]["settings"]["server_url"] == "https://login.example.ac.uk/realm"
    assert env.origins_of(providers) == ["https://login.example.ac.uk"]

"""Typed readers of the environment: every setting of the installation is read and checked here."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
MINIMUM_SECRET = 32


def text(name: str, default: str = "") -> str:
    """Read a string; surrounding blanks never count."""
    return os.environ.get(name, default).strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes or no."""
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "no", "yes", "false", "true"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; write 1 for yes or 0 for no.")
    return value in {"1", "yes", "true"}


def number(name: str, default: int) -> int:
    """Read a whole number that is not negative."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number such as {default}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Read a folder and make it, readable by this user alone."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(
            f"The folder {path} cannot be made ({fault.strerror}); name another in {name}."
        ) from fault
    return path


def secret(name: str, *, kept_in: Path | None = None, at_least: int = MINIMUM_SECRET) -> str:
    """Read a secret from NAME or from the file NAME_FILE; `kept_in` is where the demo keeps its own."""
    path = text(f"{name}_FILE") or (str(kept_in) if kept_in and not text(name) else "")
    if kept_in and path == str(kept_in):
        _make_secret(kept_in)
    try:
        value = Path(path).read_text(encoding="utf-8").strip() if path else text(name)
    except OSError as fault:
        raise ImproperlyConfigured(
            f"{name}_FILE names {path}, which cannot be read ({fault.strerror}); correct it."
        ) from fault
    if len(value) < at_least:
        raise ImproperlyConfigured(
            f"{name} is {'shorter than ' + str(at_least) + ' characters' if value else 'not set'}; "
            f"set {name}, or {name}_FILE with the path of a file that holds it. "
            "A good one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return value


def _make_secret(path: Path) -> None:
    """Write a new secret unless another process has just done so; never leave half of one."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@dataclass(frozen=True, slots=True)
class Address:
    """A setting written as a URL, split and unquoted."""

    name: str
    scheme: str
    host: str
    port: int | None
    user: str
    password: str
    path: str
    options: dict[str, str]

    def refuse(self, *expected: str) -> ImproperlyConfigured:
        """Say which forms this setting takes; the value itself may hold a password and is not repeated."""
        return ImproperlyConfigured(
            f"{self.name} has the scheme {self.scheme!r}; use one of: {', '.join(expected)}."
        )


def address(name: str, default: str) -> Address:
    """Read a URL."""
    value = text(name, default)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as fault:
        raise ImproperlyConfigured(f"{name} is not a URL: {fault}.") from fault
    if not parts.scheme:
        raise ImproperlyConfigured(f"{name} is not a URL; it begins with a scheme, as in {default!r}.")
    return Address(
        name=name,
        scheme=parts.scheme.lower(),
        host=unquote(parts.hostname or ""),
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        path=unquote(parts.path),
        options=dict(parse_qsl(parts.query)),
    )


def time_zone(name: str, default: str) -> str:
    """Read the name of a time zone."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise ImproperlyConfigured(
            f"{name} is {value!r}, which is no time zone; write one such as {default}."
        ) from fault
    return value


def sign_in_providers() -> list[dict[str, Any]]:
    """Read the one OpenID Connect provider an installation may offer beside the password."""
    server = text("OIDC_URL")
    if not server:
        return []
    return [
        {
            "provider_id": "oidc",
            "name": text("OIDC_NAME", "your institution"),
            "client_id": text("OIDC_CLIENT_ID"),
            "secret": secret("OIDC_SECRET", at_least=1),
            "settings": {"server_url": server},
        }
    ]


def origins_of(providers: list[dict[str, Any]]) -> list[str]:
    """List the origins a sign-in form may be redirected to: `form-action` would stop it otherwise."""
    servers = [urlsplit(provider["settings"]["server_url"]) for provider in providers]
    return [f"{server.scheme}://{server.netloc}" for server in servers]


def database(url: Address, *, pool: bool = True) -> dict[str, Any]:
    """Make the `DATABASES` entry: sqlite:///path or postgresql://user:password@host:port/name."""
    if url.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.path,
            "CONN_MAX_AGE": 600,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        }
    if url.scheme not in {"postgres", "postgresql"}:
        raise url.refuse("sqlite:///path/of/a/file", "postgresql://user:password@host:5432/name")
    options: dict[str, Any] = dict(url.options)
    host = options.pop("host", url.host)
    size = options.pop("pool", "8")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": int(size), "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": url.user,
        "PASSWORD": url.password,
        "HOST": host,
        "PORT": str(url.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def cache(url: Address) -> dict[str, Any]:
    """Make the `CACHES` entry: database: (shared by all workers), redis://host or memory: (one process)."""
    if url.scheme == "database":
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accredit_cache"}
    if url.scheme in {"redis", "rediss", "valkey"}:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url(url)}
    if url.scheme == "memory":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    raise url.refuse("database:", "redis://host:6379/0", "memory:")


def redis_url(url: Address) -> str:
    """Write a Redis or Valkey address as the client library wants it: quoted anew from the environment."""
    return text(url.name).replace("valkey://", "redis://", 1)


def tasks(url: Address) -> tuple[str, dict[str, Any]]:
    """Name the queue's class and its connection: sqlite:///path, postgresql://… or redis://…"""
    if url.scheme == "sqlite":
        return "huey.SqliteHuey", {"filename": url.path, "timeout": 20}
    if url.scheme in {"postgres", "postgresql"}:
        return "huey.PostgresHuey", {"dsn": text(url.name)}
    if url.scheme in {"redis", "rediss", "valkey"}:
        return "huey.RedisHuey", {"url": redis_url(url)}
    raise url.refuse(
        "sqlite:///path/of/a/file", "postgresql://user:password@host/name", "redis://host:6379/1"
    )


def email(url: Address) -> dict[str, Any]:
    """Make the EMAIL_* settings: smtp://user:password@host:587, smtps://…, file:///folder or console:"""
    sender = url.options.get("from", "accredit@localhost")
    common: dict[str, Any] = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender, "EMAIL_TIMEOUT": 20}
    if url.scheme == "console":
        return common | {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if url.scheme == "file":
        return common | {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": url.path,
        }
    if url.scheme not in {"smtp", "smtps"}:
        raise url.refuse(
            "smtp://user:password@host:587?from=office@example.org", "smtps://…", "file:///folder", "console:"
        )
    return common | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.host or "localhost",
        "EMAIL_PORT": url.port or {"smtp": 25, "smtps": 465}[url.scheme],
        "EMAIL_HOST_USER": url.user,
        "EMAIL_HOST_PASSWORD": url.password,
        "EMAIL_USE_TLS": url.scheme == "smtp" and bool(url.user),
        "EMAIL_USE_SSL": url.scheme == "smtps",
    }


def storage(url: Address) -> dict[str, Any]:
    """Make the default storage: file:///folder or s3://key:secret@host/bucket?region=eu-west-2.

    `addressing=virtual` puts the bucket into the host's name, `insecure=1` leaves TLS out.
    """
    if url.scheme == "file":
        options: dict[str, Any] = {
            "location": url.path,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        }
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    if url.scheme != "s3":
        raise url.refuse("file:///path/of/a/folder", "s3://key:secret@host/bucket?region=eu-west-2")
    protocol = "http" if url.options.get("insecure") == "1" else "https"
    host = f"{url.host}:{url.port}" if url.port else url.host
    options = {
        "bucket_name": url.path.strip("/"),
        "access_key": url.user or None,
        "secret_key": url.password or None,
        "endpoint_url": f"{protocol}://{host}" if host else None,
        "region_name": url.options.get("region"),
        "signature_version": "s3v4",
        # Stores of one's own seldom answer to the bucket's name as a host; the large provider wants it so.
        "addressing_style": url.options.get("addressing", "path" if host else "virtual"),
        "default_acl": None,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}

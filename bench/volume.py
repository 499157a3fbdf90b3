"""Realistic volumes: the demo's people, portfolios and assessments, copied whole inside the database."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from accredit.toolkit.actions import allow_writes

OFFSET = 1_000_000
# What every copy shares with the demo: rules, places, content-addressed files, the office's own roles.
SHARED = {"frameworks", "files"}
SHARED_MODELS = {"people.institution", "people.roleheld", "registrations.window", "fees.fee"}
FLOORS = (
    "people", "registrations", "awards", "fees", "portfolios", "assessments", "register", "notices", "trail",
)  # fmt: skip
# Plain numbers that point at copied rows without being foreign keys.
POINTERS = {"trail.row": {"actor", "registration", "person"}}
EMPTIED = {"trail.row": {"sequence", "seal", "sealed_at"}}


def copied_models() -> list[type[models.Model]]:
    """Return the models whose rows are copied."""
    found = [
        model
        for floor in FLOORS
        for model in apps.get_app_config(floor).get_models(include_auto_created=True)
    ]
    return [model for model in found if model._meta.label_lower not in SHARED_MODELS]


def multiply(copies: int, done: int = 0) -> None:
    """Add copies of everything, beside the `done` ones that are already there."""
    copied = copied_models()
    for number in range(done + 1, copies + 1):
        with allow_writes(), transaction.atomic(), connection.cursor() as cursor:
            for model in copied:
                cursor.execute(_statement(model, set(copied), number))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), copied):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _statement(model: type[models.Model], copied: set[type[models.Model]], number: int) -> str:
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in model._meta.concrete_fields]
    values = list(_values(model, copied, number))
    key = model._meta.pk
    table = quote(model._meta.db_table)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM {table} WHERE {quote(key.column)} < {OFFSET}"
    )


def _values(model: type[models.Model], copied: set[type[models.Model]], number: int) -> Iterator[str]:
    quote = connection.ops.quote_name
    label = model._meta.label_lower
    for field in model._meta.concrete_fields:
        column = quote(field.column)
        if field.name in EMPTIED.get(label, ()):
            yield "''" if field.name == "seal" else "NULL"
        elif _moves(field, copied) or field.name in POINTERS.get(label, ()):
            yield f"{column} + {number * OFFSET}"
        elif isinstance(field, models.CharField) and (field.unique or field.name == "email"):
            yield f"CASE WHEN {column} = '' THEN '' ELSE '{number}.' || {column} END"
        else:
            yield column


def _moves(field: Any, copied: set[type[models.Model]]) -> bool:
    if field.remote_field is not None:
        return field.remote_field.model in copied
    return bool(field.primary_key)

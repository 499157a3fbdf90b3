"""The model graph: keys point down the floors, names come from the glossary."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.house import source

# `User` has the shape the sign-in library expects.
FOREIGN_SHAPE = {"User"}
INSTEAD = {
    "application": "registration",
    "candidacy": "registration",
    "status": "stage, standing or outcome",
    "approve": "the verb of the move (accept, ratify, release)",
    "service": "a function in actions or queries",
    "manager": "a function in queries",
    "helper": "the name of what it does",
    "utils": "the name of what it does",
}


def our_models() -> Iterator[type[models.Model]]:
    """Walk the models of every floor."""
    for app in apps.get_app_configs():
        if app.name.startswith("accredit."):
            yield from app.get_models()


def floor_of(model: type[models.Model]) -> str:
    """The floor of a model."""
    return model.__module__.split(".")[1]


def our_keys() -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    """Walk the foreign keys and one-to-one fields between our models."""
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model.__module__.startswith(
                "accredit."
            ):
                yield model, field


def test_foreign_keys_do_not_point_up_the_floors():
    height = source.floors()
    up = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__} ({floor_of(field.related_model)})"
        for model, field in our_keys()
        if floor_of(field.related_model) != floor_of(model)
        and height[floor_of(field.related_model)] >= height[floor_of(model)]
    ]
    assert not up, (
        "A fact lives on the lowest floor that needs it, and upper floors write it by calling down. "
        "Turn the key round or move the field:\n" + "\n".join(up)
    )


def test_keys_between_apps_leave_no_way_back():
    open_keys = [
        f"{model.__name__}.{field.name}"
        for model, field in our_keys()
        if floor_of(field.related_model) != floor_of(model) and not field.remote_field.hidden
    ]
    assert not open_keys, (
        'Give these related_name="+": a lower floor would reach up through the reverse accessor:\n'
        + "\n".join(open_keys)
    )


def test_names_come_from_the_glossary():
    wrong = []
    for model in our_models():
        for name in [model.__name__, *(field.name for field in model._meta.get_fields())]:
            words = re.findall(r"[a-z]+", re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower())
            wrong += [f"{model.__name__}: {name} -> {INSTEAD[word]}" for word in words if word in INSTEAD]
    assert not wrong, "One word, one thing (see the glossary in docs/architecture.md):\n" + "\n".join(wrong)


def test_moments_end_in_at_and_days_in_on():
    wrong = []
    for model in our_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.DateField) or model.__name__ in FOREIGN_SHAPE:
                continue
            ending = "_at" if isinstance(field, models.DateTimeField) else "_on"
            if not field.name.endswith((ending, "_since", "_until")) and field.name != ending.strip("_"):
                wrong.append(f"{model.__name__}.{field.name} should end in {ending}")
            if field.auto_now or field.auto_now_add:
                wrong.append(
                    f"{model.__name__}.{field.name} asks the clock; the action gets `at` as an argument"
                )
    assert not wrong, "\n".join(wrong)


def test_no_module_is_named_for_nothing():
    wrong = [
        file.at(file.tree)
        for file in source.program()
        if file.names & {"utils", "helpers", "managers", "services"}
    ]
    assert not wrong, "Name the module for what it knows, or put it into toolkit:\n" + "\n".join(wrong)

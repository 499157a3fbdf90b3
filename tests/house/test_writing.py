"""Who writes: only actions, only `move` for the stage, and nobody asks the clock or hides a subscription."""

import ast
from collections.abc import Iterator

from tests.house import source
from tests.house.source import Source

ALWAYS = {
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "abulk_create",
    "acreate",
    "asave",
}
CLOCKS = {"now", "today", "localdate", "localtime", "utcnow"}


def is_write(call: ast.Call) -> bool:
    """Judge by the shape: `dict.update(other)` writes no rows, `rows.update(x=1)` does."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name, bare = call.func.attr, not call.args
    receiver = call.func.value
    match name:
        case _ if name in ALWAYS:
            return True
        case "create":
            return bare
        case "save" | "delete":
            return bare and not (isinstance(receiver, ast.Name) and receiver.id in {"cache", "storage"})
        case "update":
            return bare and bool(call.keywords)
        case _:
            return False


def below_actions() -> Iterator[Source]:
    """Walk the files that may not write: all but actions, the demo's builder and management commands."""
    for file in source.program():
        if not file.names & {"actions", "demo", "management"}:
            yield file


def is_sign_in(file: Source) -> bool:
    """The manager of `User` saves: the sign-in library calls it."""
    return file.parts == ("people", "models.py")


def test_only_actions_write():
    wrong = [
        f"{file.at(call)} .{source.called(call)}()"
        for file in below_actions()
        if not is_sign_in(file)
        for call in file.calls()
        if is_write(call)
    ]
    assert not wrong, "Move the write into a function of the app's actions.py, marked @action:\n" + "\n".join(
        wrong
    )


def test_functions_that_write_are_actions():
    wrong = []
    for file in source.program():
        if "actions" not in file.names:
            continue
        for node in file.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            marked = {part.id for part in node.decorator_list if isinstance(part, ast.Name)} & {"action"}
            if not marked and any(is_write(call) for call in ast.walk(node) if isinstance(call, ast.Call)):
                wrong.append(f"{file.at(node)} {node.name}")
    assert not wrong, "Mark it @action (one transaction), or make it private to the module:\n" + "\n".join(
        wrong
    )


def test_only_move_changes_the_stage():
    wrong = []
    for file in source.program():
        if file.floor in {"registrations", "demo"} and file.names & {"actions", "demo"}:
            continue
        for node in ast.walk(file.tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            wrong += [
                file.at(each) for each in targets if isinstance(each, ast.Attribute) and each.attr == "stage"
            ]
            if isinstance(node, ast.Call) and source.called(node) == "update":
                wrong += [file.at(node) for word in node.keywords if word.arg == "stage"]
    assert not wrong, (
        "Call registrations.actions.move: it locks, asks the table, writes the trail:\n" + "\n".join(wrong)
    )


def test_the_clock_is_an_argument():
    above = {"web", "demo", "config"}
    wrong = [
        f"{file.at(call)} {ast.unparse(call)}"
        for file in source.program()
        if file.floor not in above and not file.names & {"tasks", "management"}
        for call in file.calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in CLOCKS and is_clock(call.func.value)
    ]
    assert not wrong, (
        "Take `at: datetime` as an argument; only web, tasks and commands ask the clock:\n" + "\n".join(wrong)
    )


def is_clock(receiver: ast.expr) -> bool:
    """Say whether this is timezone, datetime or date."""
    return ast.unparse(receiver).split(".")[-1] in {"timezone", "datetime", "date"}


def test_only_subscriptions_subscribe():
    wrong = [
        file.at(call)
        for file in source.program()
        if file.parts not in {("config", "subscriptions.py"), ("toolkit", "events.py")}
        for call in file.calls()
        if source.called(call) == "subscribe"
    ]
    assert not wrong, (
        "Bind the event in config/subscriptions.py, where one sees what follows from what:\n"
        + "\n".join(wrong)
    )


def test_no_model_signals():
    wrong = [
        file.at(node)
        for file in source.program()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals"
    ]
    assert not wrong, (
        "Publish an event in the action instead; signals hide what follows from what:\n" + "\n".join(wrong)
    )


def test_the_rules_are_pure():
    impure = {"django", "huey", "allauth"}
    wrong = [
        file.at(node)
        for file in source.program()
        if file.floor in {"rulebook", "allocation"}
        for node in ast.walk(file.tree)
        for name in imported(node)
        if name.split(".")[0] in impure
    ]
    assert not wrong, "Rules judge facts: plain Python over frozen dataclasses:\n" + "\n".join(wrong)


def imported(node: ast.AST) -> list[str]:
    """Name the modules an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []

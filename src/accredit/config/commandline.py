"""The command line: one function per sub-command of `./accredit`."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from accredit.config import ports

DESCRIPTION = "Accredit runs peer-assessed accreditation: registration, portfolio, assessment, award."
# These hand everything after their name to another program, which parses it.
FORWARDED = {"test", "nightly", "manage"}

Run = Callable[[argparse.Namespace, list[str]], int]


def main(arguments: Sequence[str]) -> int:
    """Run one sub-command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accredit.config.settings")
    parser = build_parser()
    options, rest = parse(parser, list(arguments))
    if "run" not in options:
        parser.print_help()
        return 2
    run: Run = options.run
    try:
        return run(options, rest)
    except (ImproperlyConfigured, ports.NoPort) as fault:
        print(f"accredit: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def parse(parser: argparse.ArgumentParser, arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Parse the arguments; what belongs to a forwarded program is left alone."""
    if arguments and arguments[0] in FORWARDED and not {"-h", "--help"} & set(arguments[1:2]):
        return parser.parse_args(arguments[:1]), arguments[1:]
    return parser.parse_args(arguments), []


def build_parser() -> argparse.ArgumentParser:
    """Describe every sub-command."""
    parser = argparse.ArgumentParser(prog="accredit", description=DESCRIPTION)
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace, list[str]], int], text: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    demo = add("demo", run_demo, "Serve a living example scheme at 127.0.0.1, database and worker included.")
    demo.add_argument("--port", type=ports.port, help="port (default: the first free one from 8000)")
    demo.add_argument("--reset", action="store_true", help="throw the demo's data away and build it anew")
    serve = add("serve", run_serve, "Serve this installation.")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1)")
    serve.add_argument("--port", type=ports.port, default=8000, help="port to listen at (default: 8000)")
    serve.add_argument("--workers", type=int, default=2, help="worker processes (default: 2)")
    serve.add_argument("--with-worker", action="store_true", help="also run the background worker")
    add("worker", run_worker, "Run background tasks until stopped.")
    add(
        "test",
        run_test,
        "Run all tests, on SQLite and PostgreSQL; what follows goes to pytest: test -k fees.",
    )
    add(
        "nightly",
        run_nightly,
        "Run the tests that take hours, on both databases; what follows goes to pytest.",
    )
    add(
        "check",
        run_check,
        "Run the gates: lint, types, contracts, house rules, migrations, templates, documents.",
    )
    bench = add("bench", run_bench, "Run a benchmark.")
    bench.add_argument("name", help="which one, such as: journey")
    bench.add_argument("files", nargs="*", help="what it measures instead of its own, as allocation can")
    add("migrate", run_migrate, "Bring the database up to date.")
    admin = add("createadmin", run_createadmin, "Create a person with the office role.")
    admin.add_argument("--email", required=True, help="address to sign in with")
    admin.add_argument("--name", required=True, help="full name, as colleagues see it")
    admin.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add("manage", run_manage, "Run a Django management command, as in: manage verify_trail.")
    return parser


def call(module: str, function: str, *values: object) -> int:
    """Call a function of a module that can only be imported once Django is set up."""
    django.setup()
    code = getattr(importlib.import_module(module), function)(*values)
    return int(code or 0)


def run_demo(options: argparse.Namespace, rest: list[str]) -> int:
    """Serve the example scheme."""
    port = ports.claim(options.port) if options.port else ports.first_free(8000)
    os.environ["ACCREDIT_DEMO"] = "1"
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    return call("accredit.demo.serve", "run", port, options.reset)


def run_serve(options: argparse.Namespace, rest: list[str]) -> int:
    """Serve the installation."""
    ports.claim(options.port, options.host)
    return call(
        "accredit.toolkit.serving", "serve", options.host, options.port, options.workers, options.with_worker
    )


def run_worker(options: argparse.Namespace, rest: list[str]) -> int:
    """Run background tasks."""
    execute_from_command_line(["accredit", "run_huey"])
    return 0


def run_test(options: argparse.Namespace, rest: list[str]) -> int:
    """Run the tests on both databases; Django is set up by the test runner, not here."""
    return int(importlib.import_module("accredit.config.testing").run(rest))


def run_nightly(options: argparse.Namespace, rest: list[str]) -> int:
    """Run the tests that take hours."""
    return int(importlib.import_module("accredit.config.testing").nightly(rest))


def run_check(options: argparse.Namespace, rest: list[str]) -> int:
    """Run the gates."""
    return int(importlib.import_module("accredit.config.checks").run())


def run_bench(options: argparse.Namespace, rest: list[str]) -> int:
    """Run one benchmark of the folder bench/."""
    return int(importlib.import_module("accredit.config.testing").bench(options.name, options.files))


def run_migrate(options: argparse.Namespace, rest: list[str]) -> int:
    """Bring the database up to date, the cache's table included."""
    return call("accredit.toolkit.serving", "migrate")


def run_createadmin(options: argparse.Namespace, rest: list[str]) -> int:
    """Create a person of the office."""
    arguments = ["--email", options.email, "--name", options.name]
    execute_from_command_line(
        ["accredit", "createadmin", *arguments, *(["--password-stdin"] if options.password_stdin else [])]
    )
    return 0


def run_manage(options: argparse.Namespace, rest: list[str]) -> int:
    """Run any management command; a missing setting is named here, where some commands would hide it."""
    django.setup()
    execute_from_command_line(["accredit", *rest])
    return 0

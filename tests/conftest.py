"""What every test shares: the choice of database, the guards, which tests run on both databases."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import guards
from tests.browser import chromium

__all__ = ["chromium"]

# Tests in these files touch the database's own behaviour, so they run on SQLite and on PostgreSQL.
BOTH = ("test_actions", "test_constraints", "test_models", "test_queries", "test_races")
# These walk through everything. They run in a process of their own that measures nothing: what they alone
# would cover has a test of its own, and measuring doubles their time and more.
WALKS = {"access", "adversity", "journeys"}

hypothesis_settings.register_profile(
    "accredit", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("accredit")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the caller choose the database; tests/settings.py reads the same option."""
    parser.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite", help="database to test on"
    )
    parser.addoption("--nightly", action="store_true", help="run the tests that take hours, and no others")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by file name what runs on both databases, before `-m` selects; leave what takes hours out."""
    is_night = config.getoption("--nightly")
    items[:] = [item for item in items if (item.get_closest_marker("slow") is not None) == is_night]
    for item in items:
        if item.path.stem.startswith(BOTH):
            item.add_marker(pytest.mark.both)
        if WALKS & set(item.path.relative_to(config.rootpath).parts):
            item.add_marker(pytest.mark.walk)


def pytest_configure(config: pytest.Config) -> None:
    """Install the guards; they are active only while a test's body runs."""
    guards.install()
    vendor = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    if not vendor.startswith(config.getoption("database")[:6]):
        raise pytest.UsageError(
            f"--database={config.getoption('database')} was not understood: {vendor} is set"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Hold the rules of the house while the test's body runs."""
    with guards.guarded():
        return (yield)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, and whether the verifier that is not ours was asked."""
    told = Counter(
        str(each.longrepr[2])
        for each in terminalreporter.getreports("skipped")
        if isinstance(each.longrepr, tuple)
    )
    for reason, number in sorted(told.items()):
        terminalreporter.write_line(f"{number} left out. {reason}")
    asked = [
        each
        for each in terminalreporter.getreports("passed")
        if "test_verifiers" in each.nodeid and "javascript" in each.nodeid
    ]
    if asked:
        terminalreporter.write_line(f"{len(asked)} passed with the JavaScript verifier, run by Node.")

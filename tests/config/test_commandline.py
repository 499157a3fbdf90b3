"""The command line: help everywhere, arguments passed through, mistakes answered with a sentence."""

import os
import socket
import subprocess
import sys

import pytest

from accredit.config import commandline, ports, testing

COMMANDS = [
    "demo",
    "serve",
    "worker",
    "test",
    "nightly",
    "check",
    "bench",
    "migrate",
    "createadmin",
    "manage",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as end:
        commandline.main([command, "--help"])
    assert end.value.code == 0
    assert command in capsys.readouterr().out


def test_without_a_command_the_help_is_shown(capsys):
    assert commandline.main([]) == 2
    assert "createadmin" in capsys.readouterr().out


def test_what_follows_test_and_manage_is_left_alone():
    parser = commandline.build_parser()
    assert commandline.parse(parser, ["test", "-k", "fees", "--lf"])[1] == ["-k", "fees", "--lf"]
    assert commandline.parse(parser, ["manage", "check", "--deploy"])[1] == ["check", "--deploy"]
    options, rest = commandline.parse(parser, ["demo", "--port", "8123"])
    assert (options.port, rest) == (8123, [])


def test_a_port_in_use_is_refused_with_the_mend(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        assert commandline.main(["serve", "--port", str(number)]) == 2
        assert "choose another with --port" in capsys.readouterr().err
        assert ports.first_free(number) > number


def test_a_port_is_a_number(capsys):
    with pytest.raises(SystemExit):
        commandline.main(["demo", "--port", "99999"])
    assert "is not a port" in capsys.readouterr().err


def test_no_free_port(monkeypatch):
    monkeypatch.setattr(ports, "is_free", lambda number: False)
    with pytest.raises(ports.NoPort, match="no port from 8000"):
        ports.first_free(8000)


def test_an_unknown_benchmark_names_the_known_ones(capsys):
    assert testing.bench("nonsense", []) == 2
    assert "choose one of" in capsys.readouterr().err


def test_the_callers_marks_are_joined_with_ours():
    assert testing._split_marks(["-m", "slow", "-k", "x"]) == ("slow", ["-k", "x"])
    assert testing._split_marks(["-x"]) == ("", ["-x"])


def test_a_missing_setting_is_named_before_a_management_command_runs():
    bare = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    ran = subprocess.run(
        [sys.executable, "-m", "accredit", "manage", "makemigrations", "--check"],
        env=bare | {"PYTHONPATH": str(testing.ROOT / "src")},
        cwd=testing.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("accredit: SECRET_KEY is not set")

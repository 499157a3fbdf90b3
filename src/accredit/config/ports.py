"""Finding a port to serve at, before anything slow is started."""

import argparse
import socket

TRIED = 50


class NoPort(Exception):
    """No port can be listened at; the message says what to do."""


def port(value: str) -> int:
    """Read a port from the command line."""
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is not a port; write a number from 1 to 65535")
    return int(value)


def is_free(number: int, host: str = "127.0.0.1") -> bool:
    """Say whether this process could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, number))
        except OSError:
            return False
        return True


def claim(number: int, host: str = "127.0.0.1") -> int:
    """Return the port if it is free, refuse with the mend otherwise."""
    if not is_free(number, host):
        raise NoPort(
            f"port {number} of {host} cannot be used: stop what listens there or choose another with --port."
        )
    return number


def first_free(start: int) -> int:
    """Return the first free port from `start` on."""
    for number in range(start, start + TRIED):
        if is_free(number):
            return number
    raise NoPort(
        f"no port from {start} to {start + TRIED - 1} is free: stop a program or choose one with --port."
    )

"""Reading a document table by table: every fault is collected with its path, unknown keys are refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from accredit.rulebook.terms import Span

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LARGEST = 10_000


@dataclass(frozen=True)
class Problem:
    """A fault of a document: where it is and what is wrong."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path or 'document'}: {self.text}"


class Node:
    """A table of a document. What is missing or wrong is noted and replaced by a stand-in, so that one
    reading finds all faults; the caller throws the result away when there are problems."""

    def __init__(self, values: Mapping[str, object], path: str, problems: list[Problem]) -> None:
        self._values = values
        self._path = path
        self._problems = problems
        self._used: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the table holds the key."""
        return key in self._values

    def complain(self, key: str, text: str) -> None:
        """Note a fault at a key of this table ("" for the table itself)."""
        self._problems.append(Problem(self.path(key), text))

    def path(self, key: str) -> str:
        """The path of a key within the document."""
        return ".".join(part for part in (self._path, key) if part)

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in sorted(set(self._values) - self._used):
            self.complain(key, "unknown key")

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty."""
        value = self._take(key, default)
        if value is None or value is default:
            return default or ""
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.complain(key, "must be a text that is not empty")
        return ""

    def code(self, key: str) -> str:
        """A code: small letters, digits and hyphens."""
        value = self.text(key)
        if value and not _CODE.fullmatch(value):
            self.complain(key, "must be small letters, digits and single hyphens")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        value = self._take(key, default)
        if value is None or value is default:
            return default or ()
        if isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value):
            return tuple(each.strip() for each in value)
        self.complain(key, "must be a list of texts that are not empty")
        return ()

    def whole(self, key: str, *, at_least: int = 0, at_most: int = LARGEST) -> int:
        """A whole number within bounds."""
        value = self._take(key, None)
        return at_least if value is None else self._bounded(key, value, at_least, at_most)

    def whole_if(self, key: str, *, at_least: int = 0, at_most: int = LARGEST) -> int | None:
        """A whole number within bounds, or None where the key is absent."""
        return self.whole(key, at_least=at_least, at_most=at_most) if self.has(key) else None

    def whole_or(self, key: str, default: int, *, at_least: int = 0, at_most: int = LARGEST) -> int:
        """A whole number within bounds, or the default where the key is absent."""
        return self.whole(key, at_least=at_least, at_most=at_most) if self.has(key) else default

    def days(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of different numbers of days, or the default where the key is absent."""
        value = self._take(key, list(default))
        if not isinstance(value, list) or len(value) > 10:
            self.complain(key, "must be a list of at most ten numbers of days")
            return default
        found = tuple(self._bounded(f"{key}[{place}]", each, 0, 366) for place, each in enumerate(value, 1))
        if len(set(found)) < len(found):
            self.complain(key, "names a number of days twice")
        return found

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._take(key, default)
        if isinstance(value, bool):
            return value
        if value is not None:
            self.complain(key, "must be true or false")
        return False

    def choice(self, key: str, kinds: type[E]) -> E:
        """One of the fixed words of an enumeration."""
        value = self._take(key, None)
        return self._member(key, value, kinds) or next(iter(kinds))

    def choices(self, key: str, kinds: type[E], default: tuple[E, ...] | None = None) -> tuple[E, ...]:
        """A list of different words of an enumeration."""
        value = self._take(key, default)
        if value is None or value is default:
            return default or ()
        if not isinstance(value, list):
            self.complain(key, "must be a list")
            return ()
        found = [member for each in value if (member := self._member(key, each, kinds)) is not None]
        if len(set(found)) < len(found):
            self.complain(key, "names a word twice")
        return tuple(found)

    def span(self, key: str) -> Span | None:
        """A range such as `{at_least = 200, at_most = 500}`, or None where the key is absent."""
        return self.one(key, read_span) if self.has(key) else None

    def counts(self, key: str) -> tuple[tuple[str, int], ...]:
        """A table of whole numbers by name, in its order; negative ones are allowed."""
        value = self._take(key, None)
        if value is None:
            return ()
        if not isinstance(value, dict):
            self.complain(key, "must be a table")
            return ()
        return tuple(
            (name, self._bounded(f"{key}.{name}", each, -LARGEST, LARGEST)) for name, each in value.items()
        )

    def one(self, key: str, reader: Callable[["Node"], T]) -> T:
        """A table."""
        value = self._take(key, None)
        if isinstance(value, dict):
            return _read(Node(value, self.path(key), self._problems), reader)
        if value is not None:
            self.complain(key, "must be a table")
        return reader(Node({}, "", []))

    def each(self, key: str, reader: Callable[["Node"], T], *, at_least: int = 1) -> tuple[T, ...]:
        """A list of tables; it may be absent when `at_least` is 0."""
        value = self._take(key, None if at_least else [])
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.complain(key, "must be a list of tables")
            return ()
        if len(value) < at_least:
            self.complain(key, "must not be empty")
        paths = [f"{self.path(key)}[{_name(row, number)}]" for number, row in enumerate(value, 1)]
        return tuple(
            _read(Node(row, path, self._problems), reader) for row, path in zip(value, paths, strict=True)
        )

    def _take(self, key: str, default: object) -> object:
        self._used.add(key)
        if key not in self._values and default is None:
            self.complain(key, "is missing")
        return self._values.get(key, default)

    def _bounded(self, key: str, value: object, at_least: int, at_most: int) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and at_least <= value <= at_most:
            return value
        self.complain(key, f"must be a whole number from {at_least} to {at_most}")
        return at_least

    def _member(self, key: str, value: object, kinds: type[E]) -> E | None:
        if value is None:
            return None
        if isinstance(value, str) and value in [member.value for member in kinds]:
            return kinds(value)
        self.complain(key, f"{value!r:.40} is none of {', '.join(kinds)}")
        return None


def read_span(node: Node) -> Span:
    """`at_least` (0 when absent) and `at_most` (no upper end when absent)."""
    span = Span(node.whole_if("at_least") or 0, node.whole_if("at_most"))
    if span.at_most is not None and span.at_most < span.at_least:
        node.complain("at_most", "is below at_least")
    return span


def _read(node: Node, reader: Callable[[Node], T]) -> T:
    result = reader(node)
    node.finish()
    return result


def _name(row: Mapping[str, object], number: int) -> str:
    named = [row[key] for key in ("code", "pathway", "kind", "title") if isinstance(row.get(key), str)]
    return str(named[0])[:40] if named else str(number)

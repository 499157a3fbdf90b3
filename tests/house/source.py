"""The program's own source, parsed once for all rules."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "accredit"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path, its place below src/accredit, its lines and its tree."""

    path: Path
    parts: tuple[str, ...]
    lines: int
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """Name the line, as an editor opens it."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"

    @property
    def floor(self) -> str:
        """The floor the file stands on."""
        return self.parts[0].removesuffix(".py")

    @property
    def names(self) -> set[str]:
        """The folders and the module that the file's path is made of."""
        return {part.removesuffix(".py") for part in self.parts}

    def functions(self) -> Iterator[Function]:
        """Walk every function and method."""
        return (
            node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )

    def calls(self) -> Iterator[ast.Call]:
        """Walk every call."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))


@cache
def program() -> tuple[Source, ...]:
    """Every Python file of the program; migrations are written by a machine and left out."""
    paths = [path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts]
    return tuple(read(path, SRC) for path in paths)


@cache
def everything() -> tuple[Source, ...]:
    """The program, its tests, benchmarks and the scripts of the documentation."""
    folders = [ROOT / "tests", ROOT / "bench", ROOT / "docs"]
    others = [read(path, ROOT) for folder in folders for path in sorted(folder.rglob("*.py"))]
    return (*program(), *others)


def read(path: Path, base: Path) -> Source:
    """Parse one file."""
    text = path.read_text(encoding="utf-8")
    return Source(path, path.relative_to(base).parts, len(text.splitlines()), ast.parse(text))


@cache
def floors() -> dict[str, int]:
    """Give the height of each floor, read from the contract in pyproject.toml; the rulebook is 0."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = contracts["contracts"][0]["layers"]
    names = [[name.strip(" ()") for name in layer.split("|")] for layer in layers]
    return {name: height for height, row in enumerate(reversed(names)) for name in row}


def length(node: Function) -> int:
    """Count the lines of a function, its decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def called(call: ast.Call) -> str:
    """Return the last name of what is called: `save` of `entry.save()`."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""

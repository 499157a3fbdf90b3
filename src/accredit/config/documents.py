"""Documents drawn from the code: `./accredit manage writedocs` writes them, a gate tests them."""

from collections.abc import Callable
from pathlib import Path

from accredit.exchange.readers.shape import as_schema
from accredit.rulebook import workflow

DOCS = Path(__file__).resolve().parents[3] / "docs"
GENERATED: dict[str, Callable[[], str]] = {
    "workflow.md": workflow.as_markdown,
    "portfolio.schema.json": as_schema,
}


def stale() -> str:
    """Name the documents that no longer say what the code does; empty when all are fresh."""
    old = [name for name, draw in GENERATED.items() if _written(name) != draw()]
    return (
        f"docs/{', docs/'.join(old)}: run ./accredit manage writedocs and commit the result." if old else ""
    )


def write() -> list[str]:
    """Write every generated document and return their names."""
    DOCS.mkdir(exist_ok=True)
    for name, draw in GENERATED.items():
        (DOCS / name).write_text(draw(), encoding="utf-8")
    return list(GENERATED)


def _written(name: str) -> str:
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.exists() else ""

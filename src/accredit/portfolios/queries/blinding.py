"""What a blind edition leaves out of a frozen copy: names."""

from typing import Any


def neutral_name(key: object, name: str) -> str:
    """Return a file name that keeps only the kind of file: people put their own names into them."""
    _stem, dot, ending = name.rpartition(".")
    return f"evidence-{key}{dot}{ending.lower()}" if dot else f"evidence-{key}"


def blinded(content: dict[str, Any]) -> dict[str, Any]:
    """Return a frozen content without the name that confirms it and without names in file names."""
    source = content["source"]
    return content | {
        "confirmation": {"name": "", "on": ""},
        "source": source | {"name": neutral_name("portfolio", source["name"]) if source["name"] else ""},
        "evidence": {
            key: piece | {"name": neutral_name(key, piece["name"]) if piece["name"] else ""}
            for key, piece in content["evidence"].items()
        },
    }

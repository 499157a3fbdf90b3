"""The shape of our JSON: one schema that is published, and the check of a file against it.

The check knows the words of JSON Schema that the schema uses, and no others.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
FORMAT, VERSION = "accredit-portfolio", 1
LONGEST = 400_000


def _thing(required: Mapping[str, Schema], **optional: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": sorted(required),
        "additionalProperties": True,
    }


def _map(of: Schema) -> Schema:
    return {"type": "object", "additionalProperties": of}


def _list(of: Schema, most: int = 2000) -> Schema:
    return {"type": "array", "items": of, "maxItems": most}


TEXT: Schema = {"type": "string", "maxLength": LONGEST}
LINE: Schema = {"type": "string", "maxLength": 1000}
NUMBER: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
HASH: Schema = {"type": "string", "pattern": "^([0-9a-f]{64})?$"}
DAY: Schema = {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})?$"}
EXAMPLE = _thing({
    "title": LINE, "description": TEXT, "reflection": TEXT, "type": LINE, "jurisdiction": LINE,
    "evidence": _list(NUMBER),
})  # fmt: skip
ENTRY = _thing({
    "slot": LINE, "section": LINE, "section_title": LINE, "title": LINE, "area": LINE, "criteria": TEXT,
    "text": TEXT, "principles": _list(LINE), "principle_texts": _map(TEXT), "link": LINE, "pages": LINE,
    "open": FLAG, "words": NUMBER, "examples": _list(EXAMPLE, 100),
})  # fmt: skip
PIECE = _thing(
    {
        "kind": {"type": "string", "enum": ["file", "link", "text"]}, "title": LINE, "shows": TEXT,
        "alt": LINE,
        "visibility": {"type": "string", "enum": ["all", "assessors"]}, "address": LINE, "text": TEXT,
        "file": HASH, "name": LINE, "media_type": LINE, "size": NUMBER,
    },
    **{"from": DAY, "until": DAY}, contribution=TEXT, others=TEXT,
    permission={"type": "string", "enum": ["", "nobody", "given", "anonymised"]},
    captions=HASH, captions_name=LINE,
)  # fmt: skip
SOURCE = _thing({"address": LINE, "sha256": HASH, "name": LINE, "instructions": TEXT})
CONTENT = _thing(
    {
        "edition": LINE, "pathway": LINE, "round": NUMBER, "kind": LINE, "form": LINE, "source": SOURCE,
        "summary": TEXT, "confirmation": _thing({"name": LINE, "on": DAY}), "entries": _list(ENTRY, 200),
        "evidence": _map(PIECE),
    },
    aside=_list(ENTRY, 200),
)  # fmt: skip
ABOUT = _thing({
    "name": LINE, "scheme": LINE, "body": LINE, "edition": LINE, "pathway": LINE, "reference": LINE,
    "dated": LINE, "is_draft": FLAG, "sha256": HASH, "principles": _map(LINE),
})  # fmt: skip
SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A portfolio as Accredit writes and reads it: portfolio.json",
    **_thing({
        "format": {"type": "string", "enum": [FORMAT]}, "version": {"type": "integer", "enum": [VERSION]},
        "about": ABOUT, "content": CONTENT, "files": _map(LINE),
    }),
}  # fmt: skip
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}


def as_schema() -> str:
    """Return the schema as it is published."""
    return json.dumps(SCHEMA, indent=1) + "\n"


def misfits(value: Any, schema: Schema = SCHEMA, at: str = "") -> Iterator[str]:
    """Yield the places that do not fit, as paths: `content/entries/3/title`; '' is the whole."""
    if not _TYPES[schema["type"]](value) or not _fits(value, schema):
        yield at or "the whole"
    elif isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f"{at}/{name}".lstrip("/") for name in schema.get("required", ()) if name not in value)
        for name, each in value.items():
            rest = schema.get("additionalProperties", True)
            inner = known.get(name) or (None if rest is True else rest)
            if inner is not None:
                yield from misfits(each, inner, f"{at}/{name}".lstrip("/"))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from misfits(each, schema["items"], f"{at}/{number}")


def _fits(value: Any, schema: Schema) -> bool:
    return (
        ("enum" not in schema or value in schema["enum"])
        and ("maxLength" not in schema or len(value) <= schema["maxLength"])
        and ("maxItems" not in schema or len(value) <= schema["maxItems"])
        and ("minimum" not in schema or value >= schema["minimum"])
        and ("pattern" not in schema or re.fullmatch(schema["pattern"], value) is not None)
    )

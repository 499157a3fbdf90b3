"""What an export is made of, and the register of forms: one decorated function in a file of its own each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.functional import Promise

from accredit.rulebook.faults import Code

Content = dict[str, Any]
Render = Callable[[Any, "Files", Path], Sequence["Remark"]]
# The SHA-256 of a stored file -> where its bytes lie; None where the storage has lost them.
Files = Callable[[str], Path | None]


@dataclass(frozen=True, slots=True)
class Copy:
    """A portfolio on its way out: a content as `freeze` shapes it, and the words around it.

    Nothing in it changes after a submission: titles are those of the edition, the name is the one confirmed.
    `dated` is the moment in ISO 8601: of a submission when it was made, of a draft when it was asked for.
    """

    content: Content
    name: str
    scheme: str
    body: str
    edition: str
    pathway: str
    reference: str
    dated: str
    is_draft: bool
    sha256: str
    # What stands across every page, of whom it was made for; empty for one's own.
    mark: str = ""
    principles: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what `Copy(**…)` takes back."""
        return asdict(self) | {"principles": dict(self.principles)}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the file cannot say as the portfolio does; `code` has a sentence, `what` names the things."""

    code: Code
    what: str


@dataclass(frozen=True, slots=True)
class Writer:
    """One form a portfolio leaves in: `prepare` finds the words, `render` works without the program.

    `render(prepared, files, into)` writes the file `into` and returns remarks; `needs` names the files
    it reads.
    """

    form: str
    title: str | Promise
    what_for: str | Promise
    ending: str
    media_type: str
    prepare: Callable[[Copy], Any]
    render: Callable[[Any, Files, Path], Sequence[Remark]]
    needs: Callable[[Content], tuple[str, ...]]


def files_of(content: Content) -> tuple[str, ...]:
    """Return the hashes of all files of a content, each once, in the order of the evidence."""
    pieces = content["evidence"].values()
    found = [piece.get(name, "") for piece in pieces for name in ("file", "captions")]
    return tuple(dict.fromkeys(each for each in (*found, content["source"]["sha256"]) if each))


def pictures_of(content: Content) -> tuple[str, ...]:
    """Return the hashes of the pictures of a content, each once."""
    pieces = content["evidence"].values()
    found = [piece["file"] for piece in pieces if piece["file"] and is_picture(piece["media_type"])]
    return tuple(dict.fromkeys(found))


def is_picture(media_type: str) -> bool:
    """Say whether a file of that type is drawn in place."""
    return media_type in ("image/png", "image/jpeg", "image/gif", "image/webp")


WRITERS: dict[str, Writer] = {}


def writer(
    form: str,
    *,
    title: str | Promise,
    what_for: str | Promise,
    ending: str,
    media_type: str,
    prepare: Callable[[Copy], Any],
    needs: Callable[[Content], tuple[str, ...]] = files_of,
) -> Callable[[Render], Render]:
    """Register the decorated `render` as the form of that name."""

    def decorate(render: Render) -> Render:
        WRITERS[form] = Writer(form, title, what_for, ending, media_type, prepare, render, needs)
        return render

    return decorate

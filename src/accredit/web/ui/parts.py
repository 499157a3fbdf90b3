"""Plain data the components draw: views make these, templates only show them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way here; the last has no address."""

    label: Text
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a summary list: what, its value, and where to change it."""

    label: Text
    value: object
    href: str = ""
    action: Text = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a task list; `state` is ready, started, todo, attention, locked, optional or aside."""

    title: Text
    href: str = ""
    state: str = "todo"
    note: Text = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks or other rows under a heading."""

    title: Text
    items: Sequence[object]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `sort` is the address that sorts by it, `sorted` up, down or ''; a tight one
    never breaks its lines."""

    label: Text
    is_number: bool = False
    sort: str = ""
    sorted: str = ""
    is_head: bool = False
    is_wide: bool = False
    is_tight: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, perhaps a link, perhaps a tag with icon and tone, perhaps a second, quieter line."""

    text: object = ""
    href: str = ""
    tone: str = ""
    icon: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a caption always, cells as plain values or `Cell`s, one sequence per row."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    empty: Text = ""
    is_caption_shown: bool = True

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Return each row as pairs of column and cell."""
        return [
            [
                (column, value if isinstance(value, Cell) else Cell(value))
                for column, value in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab that is a link."""

    label: Text
    href: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of a timeline; `state` is done, current or next."""

    title: Text
    at: datetime | date | None = None
    text: Text = ""
    state: str = "done"
    who: Text = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a matrix: one value per column; True, False or words."""

    label: Text
    cells: Sequence[object]
    code: str = ""
    href: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """What applies where: drawn as a table and, on request, as lists."""

    caption: Text
    columns: Sequence[Text]
    rows: Sequence[MatrixRow]
    corner: Text = ""

    @property
    def as_lists(self) -> list[tuple[Text, list[tuple[MatrixRow, object]]]]:
        """Return for each column the rows that apply to it."""
        return [
            (column, [(row, row.cells[place]) for row in self.rows if row.cells[place]])
            for place, column in enumerate(self.columns)
        ]


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of the filter bar; `options` are pairs of value and label."""

    name: str
    label: Text
    options: Sequence[tuple[str, Text]] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filter bar: a GET form, so that every list has an address."""

    fields: Sequence[Filter]
    search: str | None = None
    search_label: Text = ""
    hidden: Sequence[tuple[str, str]] = field(default_factory=tuple)
    clear: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in a comparison; `kind` is same, added or removed."""

    kind: str
    text: str

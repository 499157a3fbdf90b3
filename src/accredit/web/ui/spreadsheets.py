"""Lists as a spreadsheet that cannot run formulas."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: object) -> str:
    """Return a cell that a spreadsheet shows and never runs. Source: the usual advice on CSV injection."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RUNS) else text


class _Line:
    """Hands each written line back instead of storing it."""

    def write(self, value: str) -> str:
        """Return the line."""
        return value


def csv_response(
    name: str, head: Sequence[object], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """Send rows as CSV while they are read."""
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow([safe(each) for each in head])
        for row in rows:
            yield writer.writerow([safe(each) for each in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response

"""Lists as the office wants them: sorted by their address, and as a spreadsheet that cannot run formulas."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse

from accredit.web.ui.parts import Column, Text

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def column(request: HttpRequest, label: Text, by: str, current: str, **more: Any) -> Column:
    """Return a column whose head sorts by a field, and the other way round on the second press."""
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{by}" if current == by else by
    shown = {by: "up", f"-{by}": "down"}.get(current, "")
    return Column(label, sort=f"?{query.urlencode()}", sorted=shown, **more)


def chosen(request: HttpRequest, allowed: Sequence[str], default: str) -> str:
    """Return the wanted order when it is one of those offered."""
    wanted = request.GET.get("sort", default)
    return wanted if wanted.removeprefix("-") in allowed else default


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

"""Lists as the office wants them: sorted by their address."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from accredit.web.ui.parts import Column, Text


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

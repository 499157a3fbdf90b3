"""The context processor: gives every template the frame that was read before it."""

from django.http import HttpRequest

from accredit.web.ui.shell import Shell, bare_shell, shell_of


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Return the frame; on an error page that must not touch the database, the bare one."""
    if getattr(request, "_accredit_broken", False):
        return {"shell": bare_shell(request)}
    return {"shell": shell_of(request)}

"""Setting the windows in which portfolios may be submitted."""

from datetime import datetime

from accredit.frameworks.models import Scheme
from accredit.registrations.models import Window
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.trail import actions as trail


@action
def set_window(
    scheme: Scheme,
    *,
    mode: str,
    opens_at: datetime | None,
    closes_at: datetime | None,
    by: Actor,
    at: datetime,
) -> Window:
    """Add a window in which portfolios may be submitted."""
    window = Window.objects.create(scheme=scheme, mode=mode, opens_at=opens_at, closes_at=closes_at)
    trail.record("window_set", by=by, at=at, subject=window, data={"mode": mode})
    return window

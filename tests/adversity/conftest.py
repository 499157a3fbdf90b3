"""The browser of the journeys, also for writing in trouble."""

from tests.journeys.conftest import chromium

__all__ = ["chromium"]

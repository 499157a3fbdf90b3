"""The readers of the environment: what they make of each form, and what they say when it is wrong."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from accredit.config import environment as env


def test_a_missing_secret_says_what_to_do(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set; set SECRET_KEY, or SECRET_KEY_FILE"):
        env.secret("SECRET_KEY")

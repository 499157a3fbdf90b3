"""Tests of the portfolios floor."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from accredit.wording import sentence


@contextmanager
def refused_with(*codes: Code) -> Iterator[None]:
    """Expect a refusal with exactly these codes, each of which has all the values its sentence needs."""
    with pytest.raises(Refused) as caught:
        yield
    assert [each.code for each in caught.value.faults] == list(codes)
    assert not [each for each in caught.value.faults if "…" in sentence(each)]

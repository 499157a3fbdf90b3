"""What nobody should send: each gets its sentence, takes no time, and leaves nothing behind."""

import pytest

from accredit.exchange.readers import read
from accredit.toolkit.refusals import Refused
from accredit.wording import sentence
from tests.exchange.hostile import HOSTILE, plain_docx


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_gets_a_sentence(kind, tmp_path):
    name, made, code = HOSTILE[kind]
    path, pieces = tmp_path / "source", tmp_path / "pieces"
    path.write_bytes(made())
    pieces.mkdir()
    with pytest.raises(Refused) as refused:
        read(path, pieces, name=name)
    assert [each.code for each in refused.value.faults] == [code]
    assert name in sentence(refused.value.faults[0])


def test_a_harmless_one_passes(tmp_path):
    (tmp_path / "pieces").mkdir()
    (tmp_path / "source").write_bytes(plain_docx())
    found = read(tmp_path / "source", tmp_path / "pieces", name="a.docx")
    assert len(found.blocks) == 2

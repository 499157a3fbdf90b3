"""Generated documents: fresh in the repository, and written anew when they are not."""

from accredit.config import documents


def test_the_documents_are_fresh():
    assert documents.stale() == ""


def test_a_stale_document_is_named_and_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "DOCS", tmp_path / "docs")
    assert "docs/workflow.md" in documents.stale()
    assert documents.write() == ["workflow.md", "portfolio.schema.json"]
    assert documents.stale() == ""

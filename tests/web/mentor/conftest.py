"""Ada's draft, and Mina with a browser; all moments are of today, since pages ask the clock."""

from dataclasses import dataclass
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Entry, Evidence, Mentor, Portfolio
from accredit.portfolios.queries import ExampleContent, PieceContent, content_of, mentors_of, token_of
from tests import factories as make


def browser_of(person: Profile) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(make.user_of(person), backend="django.contrib.auth.backends.ModelBackend")
    return client


@dataclass
class Along:
    """A draft whose sections 1a and 2a say different things, with evidence of both kinds."""

    draft: Portfolio
    shared: Entry
    other: Entry
    open: Evidence
    private: Evidence
    elsewhere: Evidence
    mina: Profile

    def befriended(self) -> Mentor:
        """Mina reads 1a."""
        return make.befriended(self.draft, self.mina, self.shared, at=timezone.now())

    def invited(self, email: str = "") -> str:
        """The token of an invitation to read 1a."""
        made = make.invite(self.draft, email or self.mina.email, self.shared, at=timezone.now())
        return token_of(next(each for each in mentors_of(self.draft.pk) if each.pk == made.pk))


def _file(draft: Portfolio, word: str, visibility: str = "all") -> Evidence:
    return portfolios.add_evidence(
        draft,
        kind="file",
        content=PieceContent(f"{word} title", shows=f"{word} shows", visibility=visibility),
        upload=BytesIO(f"{word} inside".encode()),
        name=f"{word}.txt",
        by=make.owner_of(draft),
        at=make.AT,
    )


@pytest.fixture
def along(db: None) -> Along:
    """Ada's draft and Mina, who is not asked yet."""
    draft = make.complete_portfolio(make.registration(make.person("Ada Example", sign_in=True)))
    rows = {each.section: each for each in Entry.objects.filter(portfolio=draft)}
    open_, private, elsewhere = (
        _file(draft, "Open"),
        _file(draft, "Private", "assessors"),
        _file(draft, "Elsewhere"),
    )
    for section, words, pieces in (("1a", "Gloves", (open_, private)), ("2a", "Quizzes", (elsewhere,))):
        example = ExampleContent(
            title=f"{words} title",
            description=f"<p>{words} are what we <em>began</em> with.</p>",
            reflection=f"<p>{words} taught me to ask.</p>",
            evidence=tuple(each.pk for each in pieces),
        )
        stored = content_of(rows[section])
        make.write(rows[section], type(stored)(principles=stored.principles, examples=(example,)))
    return Along(draft, rows["1a"], rows["2a"], open_, private, elsewhere, make.person("Mina Example"))


@pytest.fixture
def mina(along: Along) -> Client:
    """Mina's browser."""
    return browser_of(along.mina)

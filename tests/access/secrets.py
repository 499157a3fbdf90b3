"""Who may know what, as the table in docs says: each secret word and the people who may read it now."""

import re
from collections.abc import Iterable

from accredit.assessments.models import Appeal, Appointment, Outcome
from accredit.notices.models import Notice
from accredit.rulebook.workflow import Stage
from tests.access.cast import (
    ADA,
    CLERK,
    COMMITTEE,
    CORA,
    LEAD,
    MINA,
    MODERATOR,
    OFFICE,
    SECOND,
    SECRETS,
    SITTING,
    WHO,
    World,
    secret,
)
from tests.access.rules import is_blind_clerk
from tests.access.things import who_is
from tests.access.visiting import Visit

# Everybody may pick from all institutions; that says nothing of who belongs to them.
VOCABULARY = {secret("college")}
WORD = re.compile(r"zq[a-z0-9]+?qz")


def words_in(text: str) -> set[str]:
    """The secret words of a text."""
    return set(WORD.findall(text.lower())) & SECRETS


def _is_in(place: Appointment) -> bool:
    made = getattr(place, "assessment", None)
    return made is not None and made.submitted_at is not None


class Knowledge:
    """What each person of a world may know at this moment."""

    def __init__(self, world: World) -> None:
        self.world, self.stage = world, world.stage
        self.is_blind = world.name.startswith("blind")
        self.places = world.places
        rows = Outcome.objects.filter(panel__registration=world.registration).select_related("panel")
        self.outcomes = {each.panel_id: each for each in rows}
        self.last = world.panel
        self.appeals = Appeal.objects.filter(outcome__in=list(rows))

    def of(self, who: str) -> set[str]:
        """Every secret word somebody may read."""
        return {
            *self._names(who), *self._of_candidate(who), *self._portfolio(who), *self._office(who),
            *self._brought(who),
            *self._assessments(who), *self._thread(who), *self._outcome(who), *self._declared(who),
            *self._along(who), *self._appeal(who), *self._named(who),
        }  # fmt: skip

    # Who is who on the panel ---------------------------------------------------------------------------

    def _mine(self, who: str) -> list[Appointment]:
        key = self.world.key(who)
        return [each for each in self.places if key and each.person_id == key and each.ended_at is None]

    def _runs(self, who: str) -> bool:
        """The office, unless they blind to this panel."""
        return who == OFFICE or (who == CLERK and not is_blind_clerk(self.world, who))

    def _compared(self, who: str) -> bool:
        """On the panel, own assessment in, all in."""
        return any(each.panel.compared_at and _is_in(each) for each in self._mine(who))

    def _is_called(self, who: str) -> bool:
        """Moderator or committee, once asked or having decided."""
        outcome = self.outcomes.get(self.last.pk) if self.last else None
        if who == MODERATOR:
            return (
                self.stage is Stage.MODERATING
                or self._is_reviewer(who)
                or any(each.how == Outcome.How.MODERATED for each in self.outcomes.values())
            )
        if who == COMMITTEE:
            ratified = any(each.ratified_at for each in self.outcomes.values())
            return (self.stage is Stage.RATIFYING and outcome is not None) or ratified
        return False

    def _is_reviewer(self, who: str) -> bool:
        """Asked to decide an appeal, which is not decided yet."""
        return any(each.reviewer_id == self.world.key(who) and not each.decided_at for each in self.appeals)

    def _appeal(self, who: str) -> set[str]:
        """What the candidate wrote and was answered: theirs, the office's and for a time the reviewer's."""
        words = {secret("appeal"), secret("appeal", "reasons")}
        return words if who == ADA or self._runs(who) or self._is_reviewer(who) else set()

    def _named(self, who: str) -> set[str]:
        """Whom she said should not assess her: hers and the office's."""
        words = {secret("named", "name"), secret("named", "reason")}
        return words if who in {ADA, OFFICE, CLERK} else set()

    def _is_released(self) -> bool:
        return any(each.released_at for each in self.outcomes.values())

    # What they may know --------------------------------------------------------------------------------

    def _names(self, who: str) -> set[str]:
        everybody = {secret(each) for each in (*SITTING, "nora", MODERATOR, COMMITTEE, OFFICE)}
        if who in {OFFICE, CLERK}:
            return everybody
        known = {secret(who)} | ({secret(OFFICE)} if self.world.key(who) else set())
        if self._compared(who) or self._is_called(who):
            known |= {secret(who_is(self.world, each.person_id)) for each in self.places if _is_in(each)}
            known |= {secret(MODERATOR)} if self._is_called(MODERATOR) else set()
        return known

    def _of_candidate(self, who: str) -> set[str]:
        ada, college = secret(ADA), secret("college")
        if who == ADA or who in {OFFICE, CLERK}:
            return {ada, college}
        own = {college} if who == "ruth" else set()
        listed = {ada} if self.world.name == "accredited" else set()
        ever = any(each.person_id == self.world.key(who) for each in self.places)
        asked = ever or self._is_called(who)
        return own | listed | ({ada, college} if asked and not self.is_blind else set())

    def _portfolio(self, who: str) -> set[str]:
        words = {
            secret(kind, part)
            for kind in ("open", "private")
            for part in ("title", "shows", "inside", "file", "note", "words")
        } | {secret("instructions"), secret("address"), secret("page", "title"), secret("page", "words")}
        reads = any(each.answer == Appointment.Answer.ACCEPTED for each in self._mine(who))
        # Her notes to self are hers alone, whoever reads the rest.
        own = {secret("self", "note")} if who == ADA else set()
        return own | (words if who == ADA or reads or self._runs(who) or self._is_called(who) else set())

    def _along(self, who: str) -> set[str]:
        """What is said between Ada and Mina is theirs alone; that they are friends the office knows."""
        comments = {secret("comment", "said"), secret("comment", "answer")}
        open_to_all = {secret("open", part) for part in ("title", "shows", "inside", "file")}
        known = {
            ADA: {*comments, secret(MINA), secret(CORA), secret("cohort")},
            MINA: {*comments, *open_to_all, secret(ADA)},
            CORA: {secret(ADA), secret("cohort")},
        }
        if who in {OFFICE, CLERK}:
            return {secret(MINA), secret(CORA), secret("cohort")}
        return known.get(who, set())

    def _office(self, who: str) -> set[str]:
        words = {secret("suggested"), secret("return"), secret("payment")}
        return words if who == ADA or self._runs(who) else set()

    def _brought(self, who: str) -> set[str]:
        """A document brought in, before anything of it is taken: nobody's but hers."""
        return {secret("brought")} if who == ADA else set()

    def _assessments(self, who: str) -> set[str]:
        known = {secret(who, "notes"), secret(who, "overall"), secret(who, "comment")}
        for each in self.places:
            author = who_is(self.world, each.person_id)
            if _is_in(each) and each.panel.compared_at and self._reads(who, each):
                known |= {secret(author, "overall"), secret(author, "comment")}
        return known

    def _reads(self, who: str, place: Appointment) -> bool:
        outcome = self.outcomes.get(place.panel_id)
        if who == ADA:
            return bool(outcome and outcome.released_at)
        return self._runs(who) or self._compared(who) or self._is_called(who)

    def _thread(self, who: str) -> set[str]:
        said = {secret("proposal"), secret(SECOND, "message"), *(secret(each, "reply") for each in SITTING)}
        member = self._compared(who) or (who == MODERATOR and self._is_called(who))
        return said if member else {secret(who, "reply")}

    def _outcome(self, who: str) -> set[str]:
        known: set[str] = set()
        for each in self.outcomes.values():
            words = {secret("reasons"), secret("feedback"), secret("moderated")} | words_in(each.feedback)
            if self._runs(who) or self._compared(who) or self._is_called(who):
                known |= words | {secret("proposal")}
            elif who == ADA and each.released_at:
                known |= words_in(each.feedback)
        return known

    def _declared(self, who: str) -> set[str]:
        own = {secret(who, "conflict")}
        return {secret(each, "conflict") for each in SITTING} if who in {OFFICE, CLERK} else own


def leaks(world: World, visits: Iterable[Visit]) -> list[str]:
    """Secret words in answers to people who must not know them."""
    knowledge = Knowledge(world)
    known = {who: knowledge.of(who) for who in WHO}
    found = []
    for visit in visits:
        shown = words_in(f"{visit.text}\n{visit.to}") - known[visit.who] - words_in(visit.address)
        shown -= VOCABULARY if visit.name == "account:profile" else set()
        found += [f"[leak] {word} is told by {visit.name} to {visit.who}: {visit}" for word in sorted(shown)]
    return found


def leaks_in_notices(world: World) -> list[str]:
    """Secret words in what people were or will be written."""
    knowledge = Knowledge(world)
    found = []
    for notice in Notice.objects.order_by("pk"):
        who = who_is(world, notice.person_id)
        text = f"{notice.subject}\n{notice.text}\n{notice.html}"
        told = sorted(words_in(text) - knowledge.of(who))
        found += [f"[leak] {word} is written to {who} in the notice {notice.kind}" for word in told]
    return found


__all__ = ["LEAD", "Knowledge", "leaks", "leaks_in_notices", "words_in"]

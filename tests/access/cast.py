"""The people of a world, by the name of their part; every name and text that is a secret holds a marker."""

from dataclasses import dataclass, field
from functools import cached_property

from accredit.assessments.models import Appointment, Panel, Seat
from accredit.frameworks.models import Scheme
from accredit.people.actions import give_role
from accredit.people.models import Profile, RoleHeld
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actor import SYSTEM
from tests import factories as make

ADA = "ada"
# Ada's critical friend, and the coordinator of her cohort.
MINA, CORA = "mina", "cora"
OFFICE, CLERK, MODERATOR, COMMITTEE = "office", "clerk", "moderator", "committee"
# Who may sit on a panel, in the order in which they are asked.
LEAD, SECOND, MEMBER, THIRD, DECLINED = "lead", "second", "member", "third", "declined"
BYSTANDERS = ("anonymous", "newcomer", "stranger", "bea", "ruth", "nora", MINA, CORA, COMMITTEE, MODERATOR)
SITTING = (LEAD, SECOND, MEMBER, THIRD, DECLINED, CLERK)
WHO = (*BYSTANDERS, ADA, *SITTING, OFFICE)


# Every secret word ever made: what looks like one but is not (a token) is none.
SECRETS: set[str] = set()


def secret(*words: str) -> str:
    """A word nothing but this secret contains, and that survives being a file name or an address."""
    word = "zq" + "x".join(words) + "qz"
    SECRETS.add(word)
    return word


@dataclass
class World:
    """One registration at one point of its journey, with everybody around it."""

    name: str
    scheme: Scheme
    people: dict[str, Profile | None]
    registration: Registration
    keys: dict[str, int] = field(default_factory=dict)

    @cached_property
    def now(self) -> Registration:
        """The registration as stored."""
        return Registration.objects.get(pk=self.registration.pk)

    @property
    def stage(self) -> Stage:
        """The stage as stored."""
        return Stage(self.now.stage)

    @property
    def panel(self) -> Panel | None:
        """The latest panel."""
        return self.panels[-1] if self.panels else None

    @cached_property
    def panels(self) -> list[Panel]:
        """Every panel, the oldest first."""
        return list(Panel.objects.filter(registration=self.registration).order_by("round"))

    @cached_property
    def places(self) -> list[Appointment]:
        """Every place anybody has or had on one of the panels."""
        rows = Appointment.objects.filter(panel__registration=self.registration)
        return list(rows.select_related("assessment", "panel__outcome", "person").order_by("pk"))

    def renew(self) -> "World":
        """Forget what was read, after a further step."""
        for name in ("now", "panels", "places"):
            self.__dict__.pop(name, None)
        return self

    def person(self, who: str) -> Profile:
        """The profile of somebody who has one."""
        found = self.people[who]
        assert found is not None, who
        return found

    def key(self, who: str) -> int | None:
        """The profile's key, None for those without one."""
        found = self.people.get(who)
        return found.pk if found else None

    def place(self, who: str, *, on: Panel | None = None) -> Appointment | None:
        """The latest place of somebody, ended or not."""
        mine = [each for each in self.places if each.person_id == self.key(who)]
        return next((each for each in reversed(mine) if on is None or each.panel_id == on.pk), None)

    def sits(self, who: str) -> bool:
        """Whether somebody has a place that has not ended."""
        return any(each.person_id == self.key(who) and each.ended_at is None for each in self.places)


def gather(scheme: Scheme, *, holding: str, pathway: str) -> dict[str, Profile | None]:
    """Everybody who stands around a registration, none of them appointed yet."""
    college = f"College {secret('college')}"
    ada = make.person(f"Ada {secret('ada')}", institution=college, sign_in=True)
    ada.email = f"{secret('ada')}@example.org"
    bea = make.person("Bea Example", institution="Other Institute", sign_in=True)
    people: dict[str, Profile] = {"newcomer": make.newcomer(), "bea": bea, ADA: ada}
    people["stranger"] = make.person("Vic Example", sign_in=True)
    for who in (MINA, CORA):
        people[who] = make.person(f"{who.capitalize()} {secret(who)}", sign_in=True)
    for role in RoleHeld.Name:
        people[role.value] = make.person(f"{role.label} {secret(role.value)}", sign_in=True, roles=(role,))
    for who in (*SITTING, "nora"):
        people[who] = _assessor(scheme, who, holding)
        if who == CLERK:
            give_role(people[who], RoleHeld.Name.OFFICE, by=SYSTEM, at=make.AT)
    ruth = make.assessor("Ruth Example", holding=holding, within=scheme, institution=college)
    make.user_of(ruth)
    people["ruth"] = ruth
    make.fill(make.portfolio(make.registration(bea, within=scheme, pathway=pathway)))
    return {"anonymous": None, **people}


def _assessor(scheme: Scheme, who: str, holding: str) -> Profile:
    name = f"{who.capitalize()} {secret(who)}"
    found = make.assessor(name, holding=holding, within=scheme, institution=f"University of {who}")
    make.user_of(found)
    return found


SEATS = {LEAD: Seat.LEAD, SECOND: Seat.SECOND, THIRD: Seat.THIRD}

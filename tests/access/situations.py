"""The points of the journey at which everything is looked at: every stage, some of them in several states."""

from collections.abc import Callable

from accredit.assessments.models import Seat
from accredit.exchange import actions as exchange
from accredit.register import actions as register
from accredit.registrations import actions as registrations
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM
from tests.access.cast import ADA, CLERK, DECLINED, LEAD, SECOND, THIRD, World
from tests.access.journey import Journey
from tests.exchange.badges import sign_all
from tests.factories import AT
from tests.kept import kept

Situation = Callable[[Journey], object]
ORCHARD = "orchard-2025"


def _withdrawn(go: Journey) -> None:
    go.seat().hand_in(LEAD).accept_invitation(SECOND)
    registrations.withdraw(go.world.registration, because="I moved.", by=go.ada, at=AT)


def _expired(go: Journey) -> None:
    registrations.expire(go.write().world.registration, by=go.by("", Role.SYSTEM), at=AT)


def _registered(go: Journey) -> None:
    go.decide().edit().release()
    ada = go.world.person(ADA)
    register.consent(ada, go.world.scheme, words="I agree.", by=go.ada, at=AT)
    exchange.make_signing_key(by=SYSTEM, at=AT)
    sign_all()


def _declined(go: Journey) -> None:
    go.seat((LEAD, DECLINED)).hand_in(LEAD).decline(DECLINED)


def _replaced(go: Journey) -> None:
    _declined(go)
    go.fill(SECOND, Seat.SECOND).save(SECOND)


def _third(go: Journey) -> Journey:
    return go.compare("pass", second="minor").propose("pass").reply(SECOND, agrees=False)


def _third_in(go: Journey) -> None:
    _third(go).call_third().hand_in(THIRD, outcome="distinction")


CMALT: dict[str, Situation] = {
    "drafting": lambda go: go.write(),
    "submitted": lambda go: go.write().pay().submit(),
    "checking": lambda go: go.write().submit().begin_check(),
    "returned": lambda go: go.write().submit().begin_check().give_back(),
    "appointing": lambda go: go.write().submit().accept(),
    "appointing-drafted": lambda go: go.write().submit().accept().draft_panels(),
    "appointing-declined": _declined,
    "assessing-invited": lambda go: go.seat(),
    "assessing-draft": lambda go: go.seat().save(LEAD),
    "assessing-one-in": lambda go: go.seat().hand_in(LEAD).save(SECOND),
    "assessing-other-in": lambda go: go.seat().hand_in(SECOND).save(LEAD),
    "assessing-replaced": _replaced,
    "assessing-clerk": lambda go: go.seat((LEAD, CLERK)).hand_in(LEAD).save(CLERK),
    "assessing-as-it-is": lambda go: go.as_it_is().submit().accept().appoint().save(LEAD).save(SECOND),
    "agreeing": lambda go: go.compare(),
    "agreeing-proposed": lambda go: go.compare().propose(),
    "third": _third,
    "third-invited": lambda go: _third(go).call_third(),
    "third-draft": lambda go: _third(go).call_third().save(THIRD),
    "third-in": _third_in,
    "held": lambda go: go.decide(),
    "held-edited": lambda go: go.decide().edit(),
    "accredited": _registered,
    "revising": lambda go: go.decide("minor").edit().release(),
    "revised": lambda go: go.decide("minor").edit().release().revise(),
    "review": lambda go: go.decide("minor").edit().release().revise().accept().save(LEAD),
    "withdrawn": _withdrawn,
    "expired": _expired,
}
BLIND: dict[str, Situation] = {
    "blind-invited": lambda go: go.seat(),
    "blind-assessing": lambda go: go.seat().hand_in(LEAD, outcome="recognised").save(SECOND, "recognised"),
    "blind-agreeing": lambda go: go.compare("recognised").propose("recognised"),
    "blind-moderating": lambda go: (
        go.compare("recognised", second="prune").propose("recognised").reply(SECOND, agrees=False)
    ),
    "blind-ratifying": lambda go: go.decide("recognised"),
    "blind-moderated": lambda go: (
        go.compare("recognised", second="prune").propose("recognised").reply(SECOND, agrees=False)
        .moderate("recognised")
    ),
    "blind-held": lambda go: go.decide("recognised").ratify(),
    "blind-failed": lambda go: go.decide("declined").ratify().edit().release(),
    "blind-appealing": lambda go: go.decide("declined").ratify().release().appeal(),
    "blind-appeal-admitted": lambda go: go.decide("declined").ratify().release().appeal().admit(),
    "blind-appeal-upheld": lambda go: (
        go.decide("declined").ratify().release().appeal().admit().decide_appeal(upheld=True)
    ),
    "blind-appeal-dismissed": lambda go: (
        go.decide("declined").ratify().release().appeal().admit().decide_appeal(upheld=False)
    ),
    "blind-review": lambda go: go.decide("prune").ratify().release().revise().accept(),
}  # fmt: skip
NAMES = (*CMALT, *BLIND)


@kept
def world(name: str) -> World:
    """Build one of them."""
    go = Journey(name, ORCHARD if name in BLIND else "cmalt-2026")
    (CMALT | BLIND)[name](go)
    return go.world

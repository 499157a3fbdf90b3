"""Places on panels that their assessors have given up and nobody has taken since, with what they said."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.assessments.models import Appointment, Seat
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.web.office.reads.telling import SEATS, WHYS
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Cell, Column, Table

MOST = 30
_BY_THEMSELVES = (Appointment.End.DECLINED, Appointment.End.CONFLICT, Appointment.End.HANDED_BACK)
_TONES = {Appointment.End.CONFLICT.value: "bad", Appointment.End.HANDED_BACK.value: "warn"}


def given_up(rows: QuerySet[Registration]) -> Table:
    """Return the places given up in rounds that wait for somebody else, the latest first; one query."""
    since = Appointment.objects.filter(
        panel=OuterRef("panel"), seat=OuterRef("seat"), invited_at__gte=OuterRef("ended_at")
    )
    is_third = Q(seat=Seat.THIRD.value, panel__registration__stage=Stage.THIRD_ASSESSMENT.value)
    found = Appointment.objects.filter(
        Q(panel__registration__stage=Stage.APPOINTING.value) | is_third,
        ~Exists(since),
        ended_because__in=[each.value for each in _BY_THEMSELVES],
        panel__registration__in=rows.values("pk"),
        panel__round=F("panel__registration__round"),
    )
    found = found.select_related(
        "person", "panel__registration__person", "panel__registration__scheme"
    ).order_by("-ended_at", "-pk")
    columns = [
        Column(_("Assessor"), is_head=True),
        Column(_("Seat")),
        Column(_("Candidate")),
        Column(_("Since")),
        Column(_("Why")),
        Column(_("Do")),
    ]
    lines = [_line(each) for each in found.order_by("-ended_at", "-pk")[:MOST]]
    return Table(_("Places given up"), columns, lines, _("Nobody has given up a place that is still free."))


def _line(each: Appointment) -> list[object]:
    owner = each.panel.registration
    page = "office:third" if each.seat == Seat.THIRD else "office:panel"
    return [
        Cell(each.person.name, reverse("office:person", args=[each.person_id])),
        str(SEATS.get(each.seat, each.seat)),
        Cell(owner.person.name, reverse(page, args=[owner.pk])),
        day(each.ended_at),
        Cell(str(WHYS[each.ended_because]), note=each.reason, tone=_TONES.get(each.ended_because, "info")),
        Cell(_("Invite a third assessor"), reverse("office:third", args=[owner.pk]))
        if each.seat == Seat.THIRD
        else Cell(_("Look at the repair"), reverse("office:panels", args=[owner.scheme.code])),
    ]

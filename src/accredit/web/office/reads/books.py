"""Windows, fees, editions, notices and the trail as the office lists them."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.fees.models import Fee
from accredit.frameworks.models import Edition, Scheme
from accredit.notices.models import Notice
from accredit.registrations.models import Window
from accredit.trail.models import Row
from accredit.web.office.reads import telling
from accredit.web.office.reads.titles import Titles, options
from accredit.web.ui.formats import day, moment, money
from accredit.web.ui.parts import Cell, Column, Filter, Filters, Table
from accredit.web.ui.parts import Row as Line

MODES = (
    (Window.Mode.ROLLING, gettext_lazy("Always open")),
    (Window.Mode.DEADLINE, gettext_lazy("Open up to a deadline")),
    (Window.Mode.OPENING, gettext_lazy("Open from one moment to another")),
)


def schemes() -> list[Scheme]:
    """Return the schemes, the default first; one query."""
    return list(Scheme.objects.order_by("-is_default", "pk"))


def windows(rows: Iterable[Window]) -> Table:
    """Return windows as a table."""
    words = dict(MODES)
    columns = [Column(_("How"), is_head=True), Column(_("Scheme")), Column(_("Opens")), Column(_("Closes"))]
    lines = [
        [
            words[Window.Mode(row.mode)],
            row.scheme.name,
            moment(row.opens_at, row.scheme.time_zone) or "–",
            moment(row.closes_at, row.scheme.time_zone) or "–",
        ]
        for row in rows
    ]
    return Table(_("Windows"), columns, lines, _("No window yet: nobody can submit. Add one below."))


def fees(rows: Iterable[Fee], titles: Titles) -> Table:
    """Return the fee table, lines that have been followed included."""
    words = dict(options(titles))
    columns = [
        Column(_("Fee"), is_head=True),
        Column(_("Scheme")),
        Column(_("Kind of person")),
        Column(_("Pathway")),
        Column(_("Amount"), is_number=True),
        Column(_("From")),
    ]
    lines = [
        [
            Cell(row.title, note=_("Sample") if row.is_sample else ""),
            row.scheme.name,
            row.person_kind,
            words.get(row.pathway, row.pathway) or _("All"),
            money(Decimal(row.amount) / 100, row.currency),
            day(row.valid_from_on),
        ]
        for row in rows
    ]
    return Table(_("Fees"), columns, lines, _("No fees yet. Add one below."))


def editions(rows: Iterable[Edition]) -> Table:
    """Return the published editions."""
    columns = [
        Column(_("Edition"), is_head=True),
        Column(_("Code")),
        Column(_("Scheme")),
        Column(_("In force from")),
        Column(_("Hash (SHA-256)")),
        Column(_("Document")),
    ]
    lines = [
        [
            row.title,
            row.code,
            row.scheme.name,
            day(row.in_force_on),
            row.sha256[:16],
            Cell(
                _("Download %(code)s.toml") % {"code": row.code},
                reverse("office:edition_document", args=[row.pk]),
            ),
        ]
        for row in rows
    ]
    return Table(_("Editions"), columns, lines, _("No edition has been published."))


def open_notices(closed: list[int], me: int) -> QuerySet[Notice]:
    """Return the notices but for what others are told about a registration closed to this reader."""
    return Notice.objects.exclude(Q(registration__in=closed) & ~Q(person_id=me))


def notice_rows(request: HttpRequest, closed: list[int], me: int) -> QuerySet[Notice]:
    """Return the notices the address asks for, the newest first, without their texts."""
    rows = open_notices(closed, me)
    state = request.GET.get("state", "")
    unsent = Q(sent_at=None, suppressed_at=None)
    if state == "waiting":
        rows = rows.filter(unsent)
    elif state == "failing":
        rows = rows.filter(unsent, tries__gt=0)
    elif state == "sent":
        rows = rows.filter(sent_at__isnull=False)
    elif state == "held":
        rows = rows.filter(suppressed_at__isnull=False)
    text = _text(request)
    if text:
        rows = rows.filter(
            Q(person__name__icontains=text) | Q(address__icontains=text) | Q(subject__icontains=text)
        )
    return rows.defer("text", "html").select_related("person").order_by("-due_at", "-pk")


def _text(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:100]


def notice_filters(request: HttpRequest) -> Filters:
    """Return the filter bar of notices."""
    states = [
        ("", _("All")),
        ("waiting", _("Waiting")),
        ("sent", _("Sent")),
        ("held", _("Held back")),
        ("failing", _("Failing")),
    ]
    state = request.GET.get("state", "")
    return Filters(
        [Filter("state", _("State"), states, state)],
        search=_text(request),
        search_label=_("Name, address or subject"),
        clear=reverse("office:notices") if state or _text(request) else "",
    )


def trail_rows(request: HttpRequest, closed: list[int]) -> QuerySet[Row]:
    """Return the rows the address asks for, the newest first; those closed to this reader are left out."""
    # A plain `exclude` would also drop the rows that belong to no registration: NOT IN of NULL is unknown.
    rows = Row.objects.filter(Q(registration=None) | ~Q(registration__in=closed)).select_related("words")
    for name in ("registration", "person"):
        wanted = request.GET.get(name, "").upper().removeprefix("R-").lstrip("0")
        if wanted.isdecimal() and len(wanted) < 10:
            rows = rows.filter(**{name: int(wanted)})
    what = request.GET.get("what", "")
    if what in telling.WHAT:
        rows = rows.filter(what=what)
    return rows.order_by("-pk")


def trail_filters(request: HttpRequest) -> Filters:
    """Return the filter bar of the trail."""
    whats = sorted((name, name.replace("_", " ").capitalize()) for name in telling.WHAT)
    hidden = tuple((name, request.GET[name]) for name in ("registration", "person") if request.GET.get(name))
    what = request.GET.get("what", "")
    return Filters(
        [Filter("what", _("What"), [("", _("Everything")), *whats], what)],
        hidden=hidden,
        clear=reverse("office:trail") if hidden or what else "",
    )


def trail(rows: list[Row], titles: Titles) -> Table:
    """Put rows of the trail into words; one query."""
    columns = [
        Column(_("When"), is_head=True, is_tight=True),
        Column(_("What")),
        Column(_("Who")),
        Column(_("Registration")),
        Column(_("Sealed"), is_tight=True),
    ]
    lines = [
        [
            moment(each.row.at),
            Cell(each.text, note=each.because[:300]),
            each.who,
            Cell(
                f"R-{each.row.registration:06d}", reverse("office:registration", args=[each.row.registration])
            )
            if each.row.registration
            else "–",
            _("Yes") if each.row.seal else _("Not yet"),
        ]
        for each in telling.tell(rows, dict(options(titles)), {})
    ]
    return Table(_("Trail"), columns, lines, _("No row matches."), is_caption_shown=False)


def notice_facts(found: Notice) -> list[Line]:
    """Return to whom, why and when a notice goes."""
    name = found.person.name if found.person else ""
    rows = [
        Line(_("To"), f"{name} <{found.address}>".strip() if found.address else name),
        Line(_("Because"), found.because),
        Line(_("Due"), moment(found.due_at)),
        Line(_("Tries"), found.tries),
    ]
    if found.registration:
        href = reverse("office:registration", args=[found.registration.pk])
        rows.append(Line(_("Registration"), found.registration.reference, href, _("Open")))
    return rows

"""Checking a certificate: whoever has it reads what it is worth today."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.awards.models import Award
from accredit.awards.queries import Held, award_of_key, held_by
from accredit.frameworks.queries import rules_of
from accredit.rulebook.standing import Standing
from accredit.web.ui.formats import day
from accredit.web.ui.pages import render
from accredit.web.ui.parts import Row

TONES = {Standing.ACTIVE: "good", Standing.DUE: "good", Standing.RETIRED: "good", Standing.IN_GRACE: "warn"}


@require_safe
def award(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a certificate is worth today. Its address is the proof that one has it: no list leads here."""
    found = award_of_key(key)
    if found is None:
        raise Http404
    held = held_by(found, timezone.localdate())
    title = rules_of(found.edition).pathway(found.pathway).title
    context = {
        "title": f"{found.name}, {title}",
        "award": found,
        "scheme": found.scheme,
        "pathway": title,
        "tone": TONES.get(held.standing, "bad"),
        "meaning": meaning(found, held),
        "rows": facts(found, held),
        "instead": rules_of(held.instead.edition).pathway(held.instead.pathway).title if held.instead else "",
    }
    answer = render(request, "public/award.html", context)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def meaning(award: Award, held: Held) -> tuple[str, str]:
    """Return what the standing means to somebody who has no part in the scheme: in a word, and why."""
    until = {"until": day(award.valid_until)}
    return {
        Standing.ACTIVE: (_("Valid"), _("The award is valid until %(until)s.") % until),
        Standing.DUE: (_("Valid"), _("The award is valid until %(until)s; its renewal is open.") % until),
        Standing.IN_GRACE: (
            _("Valid for now"),
            _("The award ended on %(until)s. Its holder still has time to renew it.") % until,
        ),
        Standing.RETIRED: (_("Valid"), _("Its holder is retired: the award is held without renewal.")),
        Standing.LAPSED: (_("Not valid"), _("The award ended on %(until)s and was not renewed.") % until),
        Standing.SUSPENDED: (_("Not valid at present"), _("The award is suspended.")),
        Standing.REVOKED: (_("Not valid"), _("The award has been revoked.")),
    }[held.standing]


def facts(award: Award, held: Held) -> list[Row]:
    """Return what stands on the certificate, to compare."""
    areas = [each for each in award.areas if each]
    rows = [Row(_("Name"), award.name), Row(_("Certificate number"), award.number)]
    if areas:
        rows.append(Row(_("Areas"), ", ".join(areas)))
    rows += [Row(_("Given on"), day(award.issued_on)), Row(_("Valid until"), day(award.valid_until))]
    if held.is_good and held.since is not None and held.since < award.issued_on:
        rows.append(Row(_("Accredited without a gap since"), day(held.since)))
    if held.is_good and held.letters:
        rows.append(Row(_("Letters after the name"), held.letters))
    return rows

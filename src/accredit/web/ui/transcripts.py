"""A result as it is drawn: the rows of the form under the headings the candidate reads."""

from django.utils.translation import gettext as _

from accredit.assessments.queries import Transcript
from accredit.assessments.queries.transcript import TranscriptRow


def groups_of(found: Transcript) -> list[tuple[str, list[TranscriptRow]]]:
    """Return the rows of a result by what they rate, in the order of the form."""
    titles = {"statement": _("Statements"), "section": _("Sections"), "principle": _("Core principles")}
    kinds = dict.fromkeys(row.kind for row in found.rows)
    return [(titles.get(kind, kind), [row for row in found.rows if row.kind == kind]) for kind in kinds]

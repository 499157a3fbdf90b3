"""Judging a draft as it stands, and keeping what is wrong, so that its pages need not judge again."""

from datetime import datetime

from django.utils.timezone import localdate

from accredit.assessments.models import Draft, DraftPanel
from accredit.assessments.queries import drafted, faults_of_draft
from accredit.toolkit.actions import action


@action
def judge_draft(draft: Draft, *, at: datetime) -> int:
    """Write down what is wrong with each panel of a draft today; return how many panels have faults. It tells
    the office and binds nobody: publishing judges again."""
    panels = drafted(draft)
    wrong = faults_of_draft(draft, localdate(at), panels=panels)
    changed = []
    for each in panels:
        told = [[one.code.value, dict(one.values)] for one in wrong.get(each.registration_id, ())]
        if told != each.faults:
            each.faults = told
            changed.append(each)
    DraftPanel.objects.bulk_update(changed, ["faults"])
    Draft.objects.filter(pk=draft.pk).update(judged_at=at)
    return len(wrong)

"""Sentences about guidance: advice, plans, shared examples."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.WE_NOT_I: _(
        "%(title)s, example %(example)s: the description says “we” or “our” %(we)s times and “I” or “my” "
        "%(i)s times. Assessors look for your own part: say what you did yourself."
    ),
    Code.REFLECTION_NONE_YET: _(
        "%(title)s, example %(example)s: there is no reflection yet. Say what went well, what you would "
        "change and what difference it made."
    ),
    Code.REFLECTION_SHORT: _(
        "%(title)s, example %(example)s: the reflection has %(have)s words beside %(description)s of "
        "description. Assessors often miss reflection: is there more to say?"
    ),
    Code.EVIDENCE_REUSED: _(
        "%(title)s: “%(piece)s” is also used in %(elsewhere)s. That may be right; other evidence would show "
        "more of your practice."
    ),
    Code.IMAGE_UNDESCRIBED: _(
        "%(title)s: nothing describes the picture “%(piece)s” for somebody who cannot see it. Add a text "
        "to it."
    ),
    Code.LINK_SILENT: _(
        "%(title)s: the link %(address)s did not answer when we last asked. Open it yourself, and correct it "
        "if it has moved."
    ),
    Code.PLAN_DAY_PAST: _("%(date)s has passed already. Choose today or a later day."),
    Code.PLAN_AFTER_LAST_DAY: _(
        "You mean to be done by %(date)s, but your last day to submit is %(last)s. Choose an earlier day if "
        "you can."
    ),
    Code.PLAN_STEP_AFTER_TARGET: _(
        "Your next step is for %(date)s, after the day on which you mean to be done, %(target)s."
    ),
    Code.NO_PORTFOLIO_TO_SHARE: _(
        "Only a section of a portfolio that was accredited, whose award is held today, can be shared. Ask "
        "the office if you think yours is."
    ),
    Code.SECTION_NOT_SHAREABLE: _(
        "This section holds no text of yours that could be shared. Choose another section."
    ),
}

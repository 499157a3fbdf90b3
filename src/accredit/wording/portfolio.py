"""Sentences about a portfolio: what it lacks, what is advised, what stands against a change."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.faults import Code

SENTENCES: Mapping[Code, str | Promise] = {
    Code.ENTRY_MISSING: _("%(title)s: this section is still empty. Open it and begin to write."),
    Code.ENTRY_SURPLUS: _(
        "%(title)s: this section takes no more than %(allowed)s on your pathway. Remove this entry or move "
        "its text into another one."
    ),
    Code.STATEMENT_MISSING: _("%(title)s: there is no text yet. Write your statement."),
    Code.EXAMPLES_TOO_FEW: _(
        "%(title)s: you have %(have)s of the %(needed)s examples needed. Add an example of your own work."
    ),
    Code.EXAMPLES_TOO_MANY: _(
        "%(title)s: you have %(have)s examples and the limit is %(allowed)s. Keep the strongest and remove "
        "the rest."
    ),
    Code.DESCRIPTION_MISSING: _(
        "%(title)s, example %(example)s: describe what you did, in the first person."
    ),
    Code.EVIDENCE_MISSING: _(
        "%(title)s, example %(example)s: add at least one piece of evidence, such as a picture, a document "
        "or a link."
    ),
    Code.REFLECTION_MISSING: _(
        "%(title)s, example %(example)s: reflect on it. Say what went well, what you would change and what "
        "difference it made."
    ),
    Code.TYPE_MISSING: _(
        "%(title)s, example %(example)s: say whether it is about a law, a policy or a standard."
    ),
    Code.TYPES_TOO_FEW: _(
        "%(title)s: at least %(needed)s of your examples must be about a %(types)s; you have %(have)s. Add "
        "one, or change the type of an example."
    ),
    Code.TYPE_NOT_OPEN: _(
        "%(title)s, example %(example)s: an example about a %(type)s does not count here on your pathway. "
        "Choose another type or another example."
    ),
    Code.JURISDICTION_MISSING: _(
        "%(title)s, example %(example)s: name the country or region in which this law applies."
    ),
    Code.AREA_MISSING: _("%(title)s: name your area. Choose one from the list or write your own title."),
    Code.PRINCIPLE_TEXT_MISSING: _(
        "%(title)s: write how your advanced practice addresses the principle “%(principle)s”."
    ),
    Code.LOCATION_MISSING: _(
        "%(title)s: say where this section stands in your portfolio. Give its link or its pages."
    ),
    Code.WORDS_OVER_LIMIT: _(
        "%(title)s: you have %(have)s words and the limit is %(allowed)s. Shorten the text."
    ),
    Code.CONFIRMATION_MISSING: _("%(title)s: confirm that the portfolio describes your own practice."),
    Code.PRINCIPLE_UNCOVERED: _(
        "The principle “%(title)s” is not named in any section. Tag the entries that show it, or add to one "
        "that could."
    ),
    Code.SUMMARY_MISSING: _("There is no summary yet. Summarise what you have changed or done since."),
    Code.SOURCE_MISSING: _("Your existing portfolio is missing. Give its address or upload it as one file."),
    Code.AS_IT_IS_NOT_OPEN: _(
        "This scheme does not take portfolios that stand elsewhere. Write your portfolio here instead."
    ),
    Code.CPD_TOO_FEW: _(
        "%(have)s of the %(needed)s items of professional development needed carry a reflection. Reflect on "
        "more of them."
    ),
    Code.PATHWAY_UNKNOWN: _(
        "The pathway “%(pathway)s” is not part of this edition. Choose one of its pathways."
    ),
    Code.WORDS_FEW: _(
        "%(title)s: %(have)s words; about %(advised)s or more are advised. You may still submit it as it is."
    ),
    Code.WORDS_MANY: _(
        "%(title)s: %(have)s words; no more than about %(advised)s are advised. You may still submit it as "
        "it is."
    ),
    Code.SECTION_NOT_OPEN: _(
        "%(title)s is not open in this round. Change only the sections named in your referral."
    ),
    Code.NOT_YOURS: _("This belongs to somebody else’s portfolio. Open your own portfolio and try there."),
    Code.DRAFT_CLOSED: _(
        "The portfolio is %(stage)s, so it cannot be changed now. Take it back if you still can, or ask the "
        "office."
    ),
    Code.STRUCTURE_FIXED: _(
        "In a revision, entries can be neither added nor removed. Change the text of the open sections."
    ),
    Code.ENTRY_REMOVED: _("This section has been removed. Go back to your task list and open another one."),
    Code.ENTRIES_FULL: _(
        "%(title)s takes no more than %(allowed)s on your pathway. Remove one before you add another."
    ),
    Code.ENTRIES_NEEDED: _(
        "%(title)s needs at least %(needed)s on your pathway. Add another one before you remove this."
    ),
    Code.CHOICE_UNKNOWN: _("“%(value)s” is not one of the choices. Choose from the list."),
    Code.TEXT_TOO_LONG: _(
        "The text has %(have)s characters and the limit is %(allowed)s. Shorten it, or move part of it into "
        "evidence."
    ),
    Code.ADDRESS_NOT_WEB: _(
        "“%(address)s” is not a web address. Write it in full, beginning with https:// or http://."
    ),
    Code.TITLE_MISSING: _("There is no title yet. Write a short title."),
    Code.EVIDENCE_EMPTY: _("This evidence is empty. Upload a file, give a link or write a text."),
    Code.EVIDENCE_UNKNOWN: _(
        "This evidence is no longer part of the portfolio. Add it again if you need it."
    ),
    Code.EVIDENCE_IN_CLOSED_SECTION: _(
        "“%(title)s” is also used in %(section)s, which is not open in this round. Add the new version as "
        "separate evidence."
    ),
    Code.PORTFOLIO_FULL: _(
        "The files of this portfolio come to %(have)s MB and the limit is %(allowed)s MB. Remove a file or "
        "give a link instead."
    ),
    Code.NAME_MISSING: _("There is no name yet. Write your name as it should stand in the confirmation."),
    Code.ALREADY_SUBMITTED: _(
        "The portfolio has been submitted already; nothing more is needed from you now. Its page shows when."
    ),
    Code.REVISION_OVERDUE: _(
        "The revisions were due on %(date)s. Ask the office whether more time can be given."
    ),
    Code.CHECK_BEGUN: _(
        "The office has begun its check, so the portfolio cannot be taken back. Ask the office to return it."
    ),
    Code.WINDOW_SINCE_CLOSED: _(
        "The submission window has closed since, so a portfolio taken back could not be submitted again. Ask "
        "the office if something is wrong."
    ),
    Code.SUBMISSION_SET_ASIDE: _(
        "This submission has been replaced by a later one. Open the latest submission."
    ),
}

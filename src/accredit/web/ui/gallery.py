"""The style gallery: every component in every state, with text of real length. Demo mode only."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import mark_safe

from accredit.rulebook.workflow import Stage
from accredit.web.ui import parts
from accredit.web.ui.forms import DayField, Form, RichTextField, WordArea
from accredit.web.ui.pages import paginate, render

NOON = datetime(2027, 1, 31, 12, 0, tzinfo=UTC)
PROSE = """<p>When the department moved its first-year laboratory notebooks online, I expected the difficulty
to be the tool. It was not. Within a fortnight it was plain that demonstrators had never agreed what a good
notebook looks like, and the screen had only made that visible.</p><h3>What I did</h3><p>I ran three short
sessions in which demonstrators marked the same six notebooks. We kept the disagreements and wrote the rubric
from them.</p><ul><li>One page, six statements, no numbers.</li><li>A worked example beside each
statement.</li></ul><blockquote><p>“I stopped guessing what you wanted.” A student, week nine</p>
</blockquote>
<table>
<tbody><tr><th>Measure</th><th>Before</th><th>After</th></tr><tr><td>Queries about marks</td><td>61</td>
<td>17</td></tr></tbody></table>"""
OLD = "We trained forty staff in the new tool and they told us that it went well."
NEW = (
    "I trained forty staff in the new tool. Nine told me, three months later, what they had dropped and why."
)


class Sample(Form):
    """One field of each kind."""

    name = forms.CharField(
        label="Name as it stands on the certificate", help_text="You can change it until release."
    )
    email = forms.EmailField(label="E-mail address", required=False)
    law = forms.ChoiceField(
        label="Type of this example",
        help_text="Section 3a needs at least one law.",
        choices=[("law", "Law"), ("policy", "Policy"), ("standard", "Standard")],
        widget=forms.RadioSelect,
    )
    principles = forms.MultipleChoiceField(
        label="Which principles does it show?",
        choices=[
            ("1", "A commitment to communicate and disseminate best practice"),
            ("2", "An empathy with and willingness to learn from colleagues from different backgrounds"),
            ("3", "A commitment to explore the interplay between technology and learning"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    country = forms.ChoiceField(
        label="Country", choices=[("", "Choose"), ("gb", "United Kingdom"), ("ie", "Ireland")]
    )
    done_on = DayField(label="When did you do it?", required=False)
    note = forms.CharField(label="Note for the office", widget=WordArea(words=80, rows=4), required=False)
    text = RichTextField(label="Description", help_text="In the first person: what did you do?", words=400)
    evidence = forms.FileField(
        label="Evidence", help_text="PNG, JPEG, PDF or DOCX up to 25 MB.", required=False
    )
    agree = forms.BooleanField(label="To the best of my knowledge this describes my own practice.")


def gallery(request: HttpRequest) -> HttpResponse:
    """Show everything."""
    for level, words in (
        (messages.SUCCESS, "Your portfolio was submitted on 31 January 2027, 12:00 UK time."),
        (messages.WARNING, "Two links in section 2a did not open when we tried them."),
        (messages.ERROR, "The file is larger than 25 MB, so it was not added."),
    ):
        messages.add_message(request, level, words)
    form = (
        Sample({"email": "ada", "text": PROSE})
        if "errors" in request.GET
        else Sample(initial={"text": PROSE})
    )
    context = {
        "title": "Gallery of components",
        "lead": "Every part that pages are made of, in every state, with text as long as real text is.",
        "eyebrow": "Design",
        "crumbs": [parts.Crumb("Home", "/"), parts.Crumb("Design", "/_gallery/"), parts.Crumb("Gallery")],
        "form": form,
        "stages": list(Stage),
        "prose": PROSE,
        "old": OLD,
        "new": NEW,
        "noon": NOON,
        "fee": Decimal(165),
        "tall": mark_safe("&nbsp;"),
        **_lists(request),
    }
    return render(request, "ui/gallery.html", context)


def _lists(request: HttpRequest) -> dict[str, object]:
    return {
        "rows": _rows(),
        "tasks": _tasks(),
        "table": _table(),
        "moments": _moments(),
        "matrix": _matrix(),
        "page": paginate(range(240), request, 25),
        "tabs": [
            parts.Tab("Overview", "?tab=1", is_current=True),
            parts.Tab("Portfolio", "?tab=2"),
            parts.Tab("Assessments", "?tab=3", count=2),
            parts.Tab("History", "?tab=4", count=14),
        ],
        "filters": parts.Filters(
            fields=[
                parts.Filter("stage", "Stage", [("", "Any stage"), ("checking", "Being checked")], ""),
                parts.Filter(
                    "pathway", "Pathway", [("", "Any pathway"), ("senior", "Senior CMALT")], "senior"
                ),
            ],
            search="Pemberton",
            search_label="Name or number",
            clear="/_gallery/",
        ),
    }


def _rows() -> list[parts.Row]:
    return [
        parts.Row("Pathway", "Senior CMALT", "#", "Change"),
        parts.Row("Name on the certificate", "Dr Adaeze Whitcombe-Llewellyn", "#", "Change"),
        parts.Row(
            "Institutions in the last three years",
            "University of Harrow Vale\nPennant College",
            "#",
            "Change",
        ),
        parts.Row("Fee", "£165, invoice 2027-00413"),
    ]


def _tasks() -> list[parts.Group]:
    return [
        parts.Group(
            "Core sections",
            [
                parts.Task(
                    "Constraints and benefits of different technologies",
                    "#",
                    "ready",
                    "Two examples, 912 words.",
                    "1a",
                ),
                parts.Task(
                    "Technical knowledge and ability",
                    "#",
                    "attention",
                    "Your second example has no reflection yet: say what you would do differently.",
                    "1b",
                ),
                parts.Task("Supporting the deployment of learning technologies", "#", "started", "", "1c"),
                parts.Task("Understanding of your target learners", "#", "todo", "", "2b"),
                parts.Task(
                    "Understanding and engaging with legislation",
                    "",
                    "locked",
                    "This section was not named for revision, so it stays as it was assessed.",
                    "3a",
                ),
            ],
        ),
        parts.Group(
            "To finish",
            [parts.Task("Suggested assessor", "#", "optional", "Only if you want to suggest one.")],
        ),
    ]


def _table() -> parts.Table:
    columns = [
        parts.Column("Candidate", is_head=True, sort="?sort=name", sorted="up"),
        parts.Column("Pathway"),
        parts.Column("Stage"),
        parts.Column("Waiting since", sort="?sort=since"),
        parts.Column("Words", is_number=True),
    ]
    rows = [
        [
            parts.Cell("Adaeze Whitcombe-Llewellyn", "#", note="University of Harrow Vale"),
            "Senior CMALT",
            parts.Cell("Being assessed", tone="info", icon="book-open-check"),
            "3 January 2027",
            "11,204",
        ],
        [
            parts.Cell("Tomos Pryce", "#", note="Pennant College"),
            "CMALT",
            parts.Cell("Returned for correction", tone="warn", icon="undo-2"),
            "19 December 2026",
            "6,118",
        ],
        [
            parts.Cell("Ines Karimi", "#", note="Independent"),
            "Associate CMALT",
            parts.Cell("Accredited", tone="good", icon="award"),
            "2 December 2026",
            "4,377",
        ],
    ]
    return parts.Table("Registrations that wait for the office", columns, rows)


def _moments() -> list[parts.Moment]:
    return [
        parts.Moment(
            "You submitted your portfolio", NOON, "Round 1, 12 sections, 6,118 words.", "done", "Tomos Pryce"
        ),
        parts.Moment(
            "The office checked it", date(2027, 2, 3), "Every section is there and every link opens.", "done"
        ),
        parts.Moment("Two assessors are reading it", None, "They usually need four weeks.", "current"),
        parts.Moment(
            "You receive the outcome", date(2027, 4, 30), "This is our target, not a promise.", "next"
        ),
    ]


def _matrix() -> parts.Matrix:
    return parts.Matrix(
        "Sections of each pathway",
        ["Associate CMALT", "CMALT", "Senior CMALT"],
        [
            parts.MatrixRow("Constraints and benefits of different technologies", [True, True, True], "1a"),
            parts.MatrixRow(
                "Supporting the deployment of learning technologies", [False, True, True], "1c", "#"
            ),
            parts.MatrixRow("Policies and standards", [False, True, "Policy only"], "3b"),
            parts.MatrixRow(
                "Specialist areas", [False, "One or more", "Two or more"], "5", note="Free choice of area"
            ),
        ],
        corner="Section",
    )


urlpatterns = [path("_gallery/", gallery, name="gallery")]

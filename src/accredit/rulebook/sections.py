"""Reading the sections of an edition: what each asks on each pathway."""

from collections.abc import Callable
from dataclasses import dataclass

from accredit.rulebook.documents import Node
from accredit.rulebook.framework import LETTERS, ONE, OnPathway, Requirement, Section
from accredit.rulebook.kinds import (
    Area,
    Confirmation,
    Entries,
    Examples,
    Parts,
    PrincipleTexts,
    Statement,
    Typed,
    Types,
    WordLimit,
)
from accredit.rulebook.terms import ExampleType, Part, SectionKind, Span

# The order in which faults are told.
_ORDER = (Entries, Confirmation, Statement, Area, Examples, Parts, Typed, Types, PrincipleTexts, WordLimit)
_REPEATABLE = frozenset({SectionKind.SPECIALIST, SectionKind.ADVANCED})


@dataclass(frozen=True)
class _Shared:
    """What a section says for all its pathways, unless one of them says otherwise."""

    code: str
    kind: SectionKind
    criteria: str
    guidance: tuple[str, ...]
    prompts: tuple[str, ...]
    words: Span | None
    requirements: tuple[Requirement, ...]


def read_section(node: Node) -> Section:
    """A section with one `on` table per pathway; texts and requirements of the section are shared, those of
    an `on` table take their place (requirements: kind by kind; `also` adds paragraphs of guidance)."""
    code, kind = node.code("code"), node.choice("kind", SectionKind)
    shared = _Shared(
        code=code,
        kind=kind,
        criteria=node.text("criteria", ""),
        guidance=node.texts("guidance", ()),
        prompts=node.texts("prompts", ()),
        words=node.span("words"),
        requirements=node.each("requirements", _reader_of(code), at_least=0),
    )
    on = node.each("on", lambda each: _on_pathway(each, shared))
    return Section(code=code, kind=kind, group=node.text("group", ""), title=node.text("title"), on=on)


def _on_pathway(node: Node, shared: _Shared) -> OnPathway:
    own = node.each("requirements", _reader_of(shared.code), at_least=0)
    requirements = _merged(shared, own)
    on = OnPathway(
        pathway=node.code("pathway"),
        criteria=node.text("criteria", shared.criteria),
        guidance=node.texts("guidance", shared.guidance) + node.texts("also", ()),
        prompts=node.texts("prompts", shared.prompts),
        entries=_entries(requirements),
        examples=_examples(requirements),
        example_types=_types(requirements),
        words=node.span("words") or shared.words,
        requirements=requirements,
    )
    if not on.criteria:
        node.complain("criteria", "is missing, here and in the section")
    if shared.kind in _REPEATABLE and not _stated(shared, own):
        node.complain("requirements", "must say how many entries a section that may repeat needs")
    return on


def _merged(shared: _Shared, own: tuple[Requirement, ...]) -> tuple[Requirement, ...]:
    replaced = {type(each) for each in own}
    kept = [each for each in shared.requirements if type(each) not in replaced]
    implied = [] if _stated(shared, own) else _implied(shared)
    every = [*_of_kind(shared), *implied, *kept, *own]
    return tuple(sorted(every, key=lambda each: [isinstance(each, kind) for kind in _ORDER].index(True)))


def _of_kind(shared: _Shared) -> list[Requirement]:
    if shared.kind is SectionKind.CONFIRMATION:
        return [Confirmation(shared.code)]
    return [Statement(shared.code)] if shared.kind in (SectionKind.CONTEXT, SectionKind.PLANS) else []


def _implied(shared: _Shared) -> list[Requirement]:
    return [] if shared.kind is SectionKind.CONFIRMATION else [Entries(shared.code, 1, 1)]


def _stated(shared: _Shared, own: tuple[Requirement, ...]) -> bool:
    return any(isinstance(each, Entries) for each in (*shared.requirements, *own))


def _entries(requirements: tuple[Requirement, ...]) -> Span:
    spans = [Span(each.at_least, each.at_most) for each in requirements if isinstance(each, Entries)]
    return spans[0] if spans else ONE


def _examples(requirements: tuple[Requirement, ...]) -> Span | None:
    spans = [Span(each.at_least, each.at_most) for each in requirements if isinstance(each, Examples)]
    return spans[0] if spans else None


def _types(requirements: tuple[Requirement, ...]) -> tuple[ExampleType, ...]:
    return next((each.of for each in requirements if isinstance(each, Typed)), ())


def _reader_of(section: str) -> Callable[[Node], Requirement]:
    return lambda node: _requirement(node, section)


def _requirement(node: Node, section: str) -> Requirement:
    match node.text("kind"):
        case "entries":
            return _entries_rule(node, section)
        case "examples":
            return Examples(section, *_bounds(node, 20))
        case "parts":
            return Parts(section, node.choices("of", Part))
        case "typed":
            return Typed(section, node.choices("of", ExampleType))
        case "types":
            of = node.choices("of", ExampleType)
            return Types(section, of, node.whole("at_least", at_least=1, at_most=20))
        case "area":
            return Area(section)
        case "principle-texts":
            return PrincipleTexts(section)
        case "word-limit":
            return WordLimit(section, node.whole("at_most", at_least=1, at_most=1_000_000))
        case _:
            node.complain("kind", "unknown kind of requirement")
            return Area(section)


def _entries_rule(node: Node, section: str) -> Entries:
    return Entries(section, *_bounds(node, len(LETTERS)))


def _bounds(node: Node, at_most: int) -> tuple[int, int | None]:
    least = node.whole("at_least", at_most=at_most)
    most = node.whole_if("at_most", at_least=1, at_most=at_most)
    if most is not None and most < least:
        node.complain("at_most", "is below at_least")
    return least, most

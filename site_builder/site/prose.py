"""Prose in Markdown: a page's file goes in; its title, lead and sections come out, with the rules' figures put in.

A file begins with `# Title`, then the lead; each section begins with `## Heading {#anchor}`. The section `{#plain}`
says the page in the plainest words, and stands before the others. A figure of the rules is written
`{monozukuri/r3s/13/normal:upper_limit.most}`: a frame's address and the name of its figure; the newest published
round of a programme that has the frame is called `newest`: `{monozukuri/newest/normal:upper_limit.most}`. Whether
calls are over is never typed: `{calls:here}` stands for the sentence that their dates make (`call_sentences`). A line
`{block:ways}` is where something made from the rules stands; a block may be told what of them to show, as in
`{block:requirements plan.value_added plan.total_wages}`. In a section, `### Question? {#anchor}` asks a question, and
what follows answers it, up to the next question. A link to a page is written without a language,
`[…](/sources/#statuses)`. No figure is typed by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from calculator.figures import MONTHS_EN
from calculator.text import Language, Text
from site_builder.errors import Gathering, GuidanceError, Place, name_hint
from site_builder.sources.source_file import SourceFile

TITLE = re.compile(r"\A# (?P<title>.+)\n")
#: Marks at the beginning of a line. To begin with the mark itself and then look back is found many times faster.
SECTION = re.compile(r"#(?<![^\n].)# +(?P<heading>.+?)(?: +\{#(?P<anchor>[a-z][a-z0-9-]*)\})?[ ]*$", re.MULTILINE)
QUESTION = re.compile(r"#(?<![^\n].)## +(?P<question>.+?) +\{#(?P<anchor>[a-z][a-z0-9-]*)\}[ ]*$", re.MULTILINE)
REFERENCE = re.compile(r"\{(?!#|block:|calls:)(?P<name>[^{}\n]*)\}")
#: A sentence on how calls stand, which changes with their dates: `{calls:here}` (`call_sentences`).
CALLS = re.compile(r"\{calls:(?P<name>[^{}\n]*)\}")
BLOCK = re.compile(r"\{(?<![^\n].)block:(?P<name>[^{}\n]*)\}[ ]*$", re.MULTILINE)
_PART = re.compile(f"{BLOCK.pattern}|{QUESTION.pattern}", re.MULTILINE)
#: A brace that is never closed in its line, or never opened; code may have them.
_STRAY_BRACE = re.compile(r"[{}](?:(?<=\{)[^{}\n]*\}|(?P<stray>))")
#: Whatever is put in.
_PUT_IN = re.compile(f"{re.sub('[?]P<name>', '', REFERENCE.pattern)}|{re.sub('[?]P<name>', '', CALLS.pattern)}")
_CODE = re.compile(r"`(?:(?<![^\n].)``.*?^```|[^`\n]*`)", re.MULTILINE | re.DOTALL)
_BLOCK_ANYWHERE = re.compile(r"\{block:[^{}\n]*\}")
#: The anchor of the section in the plainest words.
PLAIN = "plain"
_LOWER_HEADING = re.compile(r"#(?<![^\n].)## .*\{#.*$", re.MULTILINE)
#: A link that names neither a page of this site nor one elsewhere.
_OTHER_LINK = re.compile(r"\]\((?!/(?!/)|#|https?://|mailto:)(?P<target>[^)]*)\)")
#: A link whose way stands in full-width brackets.
_WIDE_LINK = re.compile(r"[\]］](?P<target>（(?:/|#|https?:)[^）\n]*[）)])")
#: A link whose bracket is not closed in its line, or not before a blank: it would be printed as it is typed.
_OPEN_LINK = re.compile(r"\](?P<bracket>\()(?:/|#|https?:)[^)\s]*(?=\s|\Z)")
#: A line that is meant as a heading.
_NO_HEADING = re.compile(r"^(?:#{1,3}(?=[^# \t\n])|＃+[ \u3000]?).*$", re.MULTILINE)
#: What is meant to be put in, between braces that are none: a figure, a block, a sentence about calls.
_WIDE_BRACES = re.compile(r"｛(?:[a-z0-9-]+/[^｛｝{}\n]*|(?:block|calls):[^｛｝{}\n]*)[｝}]")
_PICTURE = re.compile(r"!\[[^]\n]*\]\(")
LINK = re.compile(r"\]\(/(?P<address>[^)#\s]*)(?:#[^)\s]*)?\)")
_MONTHS = "|".join(MONTHS_EN)
_NUMBER = r"[0-9０-９][0-9０-９,，.．]*"
#: A figure of the rules as people type it: an amount, a share, a head count, a rate, a date.
TYPED_FIGURE = re.compile(
    rf"{_NUMBER} ?(?:[十百千万億]*円|[万億]|[%％]|人|者|か月|か年|年間)"
    rf"|{_NUMBER} ?(?:(?:thousand |million |billion )?yen|per ?cent|employees?|people|months|years)\b"
    r"|[0-9０-９]+[/／][0-9０-９]+|[0-9０-９]+分の[0-9０-９]+"
    r"|[一二三四五六七八九十百千]+[万億]?[十百千]*円|[一二三四五]分の[一二三四五]"
    r"|[0-9０-９]{4}年[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日)?"
    r"|(?:(?:令和|平成)[0-9０-９元]{1,2}年)?[0-9０-９]{1,2}月[0-9０-９]{1,2}日"
    rf"|[0-9]{{1,2}} (?:{_MONTHS})(?: [0-9]{{4}})?|(?:{_MONTHS}) [0-9]{{1,4}}"
)
_TYPED_DATE = re.compile(rf"[0-9０-９]年[0-9０-９]|[0-9０-９]月[0-9０-９]|{_MONTHS}")
#: What every such figure has one of in it: a number and the beginning of a unit, a unit behind a number in words, or a
#: day behind a month. Found much faster, by one after the other.
_NEAR_FIGURE = (
    re.compile(r"[0-9０-９][0-9０-９,，.．]*(?: ?[円十百千万億%％人者か年ytmbpe]|[/／][0-9０-９]|[分月 ])"),
    re.compile(r"円(?<=[一二三四五六七八九十百千万億]円)|分の[一二三四五]"),
    re.compile(r" (?<=[a-z] )[0-9]"),
)


@dataclass(frozen=True, slots=True)
class ProseQuestion:
    """A question of the readers, and the Markdown that answers it."""

    anchor: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class ProsePart:
    """A piece of a section: Markdown, the name of a block that is made from the rules, or a question; else None."""

    text: str | None = None
    block: str | None = None
    question: ProseQuestion | None = None


@dataclass(frozen=True, slots=True)
class ProseSection:
    """A section: its text is Markdown, with lines that stand for blocks and for questions."""

    anchor: str
    heading: str
    text: str

    @property
    def parts(self) -> tuple[ProsePart, ...]:
        """The section cut at its blocks and questions, in order; no part is empty. A question's answer follows it."""
        return _parts(self.text)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Its blocks as they are called, in order."""
        return tuple(match["name"] for match in BLOCK.finditer(self.text))

    @property
    def questions(self) -> tuple[ProseQuestion, ...]:
        """Its questions and their answers, in order."""
        return _questions(self.text)


@dataclass(frozen=True, slots=True)
class Prose:
    """What a writer says on a page: `lead` and the sections are Markdown; `plain` is None where there is none."""

    title: str
    lead: str
    sections: tuple[ProseSection, ...]
    plain: ProseSection | None = None

    @property
    def description(self) -> str:
        """The first paragraph of the lead, without Markdown's marks."""
        first = self.lead.split("\n\n", 1)[0].replace("\n", " ")
        return re.sub(r"\[([^]]*)\]\([^)]*\)|[*_`]", r"\1", first)

    @property
    def lead_parts(self) -> tuple[ProsePart, ...]:
        """The lead cut at its blocks, in order; no part is empty."""
        return _parts(self.lead)

    @property
    def blocks(self) -> tuple[str, ...]:
        """All blocks as they are called, those of the lead first."""
        leading = (match["name"] for match in BLOCK.finditer(self.lead))
        return (*leading, *(block for section in self.sections for block in section.blocks))

    @property
    def headings(self) -> Mapping[str, str]:
        """The sections' anchors and headings, in order."""
        return {section.anchor: section.heading for section in self.sections}


def _parts(text: str) -> tuple[ProsePart, ...]:
    if "###" not in text and "{block:" not in text:
        return (ProsePart(text),) if text else ()
    questions = {one.anchor: one for one in _questions(text)}
    parts, at = [], 0
    for cut in _PART.finditer(text):
        asked = QUESTION.match(cut.group())
        parts += [
            ProsePart(text[at : cut.start()].strip()),
            ProsePart(block=cut["name"]) if asked is None else ProsePart(question=questions[asked["anchor"]]),
        ]
        at = cut.end()
    return tuple(part for part in (*parts, ProsePart(text[at:].strip())) if part.text != "")


def _questions(text: str) -> tuple[ProseQuestion, ...]:
    if "###" not in text:
        return ()
    asked = list(QUESTION.finditer(text))
    return tuple(
        ProseQuestion(one["anchor"], one["question"], text[one.end() : end].strip())
        for one, end in zip(asked, _ends(asked, text), strict=True)
    )


def read_prose(
    file: SourceFile,
    language: Language,
    figures: Mapping[str, Text],
    pages: frozenset[str],
    blocks: Mapping[str, frozenset[str]] = MappingProxyType({}),
    sentences: frozenset[str] = frozenset(),
) -> Prose:
    """Return the prose of `file`, in which the sentences on calls are still named.

    Args:
        file: the Markdown.
        language: in which the figures are put in.
        figures: every figure of the rules, by the name that prose calls it.
        pages: the addresses of all pages, without a language: `schedule/`.
        blocks: the blocks that this page can hold, each with the names that it can be told.
        sentences: those on calls that it can name; empty where none could be read.

    Raises:
        GuidanceErrors: everything that is wrong in it.
    """
    errors, without_code = Gathering(), _without_code(file.text)
    wrong = (
        _shape_errors(file, without_code),
        _question_errors(file),
        _reference_errors(file, without_code, figures),
        _sentence_errors(file, sentences),
        _block_errors(file, blocks),
        _link_errors(file, without_code, pages),
    )
    for error in chain.from_iterable(wrong):
        errors.add(error)
    for error in _typed_figures(file):
        errors.add(error)
    errors.close()
    filled = REFERENCE.sub(lambda match: figures[match["name"]].within(language), file.text)
    lead, *sections = _cut(filled)
    title = TITLE.match(filled)
    assert title is not None  # noqa: S101 - _shape_errors has found none otherwise
    every = tuple(map(_section, sections))
    return Prose(
        title["title"].strip(),
        lead[title.end() :].strip(),
        tuple(section for section in every if section.anchor != PLAIN),
        next((section for section in every if section.anchor == PLAIN), None),
    )


def _ends(headings: Sequence[re.Match[str]], text: str) -> list[int]:
    """Return where what stands under each heading ends: at the next one, or with the text."""
    return [*(one.start() for one in headings[1:]), len(text)] if headings else []


def _cut(text: str) -> list[str]:
    """Return the lead and then each section, its heading included."""
    starts = [match.start() for match in SECTION.finditer(text)]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def _section(text: str) -> ProseSection:
    heading = SECTION.match(text)
    assert heading is not None  # noqa: S101 - _cut cuts at headings
    return ProseSection(heading["anchor"], heading["heading"], text[heading.end() :].strip())


def _shape_errors(file: SourceFile, without_code: str) -> Iterator[GuidanceError]:
    if not file.text.strip():
        yield GuidanceError(Place(file.path), "the file is empty", "write it, or delete both versions", "empty-file")
    elif TITLE.match(file.text) is None:
        yield GuidanceError(file.place(0, 1), "the page has no title", "begin the file with `# …`", "no-title")
    for line in _NO_HEADING.finditer(without_code):
        sentence, hint = "this looks like a heading and is none", "begin it with half-width ## and a space"
        yield GuidanceError(file.place(*line.span()), sentence, hint, "no-heading")
    for heading in SECTION.finditer(file.text):
        if heading["anchor"] is None:
            yield GuidanceError(
                file.place(*heading.span()),
                f"the section '{heading['heading']}' has no anchor",
                "end the heading with {#name}, the same in both languages",
                "no-anchor",
            )
    for heading in _LOWER_HEADING.finditer(file.text):
        if QUESTION.fullmatch(heading[0]) is None:
            sentence, hint = "the anchor of this heading is not a name", "write it in small letters: {#name}"
            yield GuidanceError(file.place(*heading.span()), sentence, hint, "no-anchor")


def _question_errors(file: SourceFile) -> Iterator[GuidanceError]:
    headings = sorted((*SECTION.finditer(file.text), *QUESTION.finditer(file.text)), key=re.Match.start)
    times = Counter(heading["anchor"] for heading in headings if heading["anchor"] is not None)
    for heading, end in zip(headings, _ends(headings, file.text), strict=True):
        if times[heading["anchor"]] > 1:
            sentence = f"the anchor '{heading['anchor']}' stands at more than one heading of this page"
            yield GuidanceError(file.place(*heading.span()), sentence, "give each its own", "duplicate-anchor")
        if heading.re is QUESTION and not file.text[heading.end() : end].strip():
            hint = "write the answer below the question"
            yield GuidanceError(file.place(*heading.span()), "nobody answers this question", hint, "no-answer")


def _without_code(text: str) -> str:
    return _CODE.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), text)


def _reference_errors(file: SourceFile, without_code: str, figures: Mapping[str, Text]) -> Iterator[GuidanceError]:
    for brace in (match for match in _STRAY_BRACE.finditer(without_code) if match["stray"] is not None):
        hint = "write {programme/budget/round/frame:figure}, {calls:…}, {block:…} or {#anchor}, each closed in its line"
        yield GuidanceError(file.place(*brace.span()), "this brace has no other one", hint, "unclosed-bracket")
    for name in _WIDE_BRACES.finditer(without_code):
        sentence, hint = "nothing is put in for full-width braces", "write half-width { and }"
        yield GuidanceError(file.place(*name.span()), sentence, hint, "unclosed-bracket")
    for reference in REFERENCE.finditer(file.text):
        if reference["name"] not in figures:
            yield GuidanceError(
                file.place(*reference.span()),
                f"no figure of the rules is called '{reference['name']}'",
                figure_hint(reference["name"], figures),
                "unknown-figure",
            )


def figure_hint(name: str, figures: Iterable[str]) -> str:
    """Return the hint for a `name` that no figure has: the nearest of the same frame, or else of the same figure.

    There are thousands in all: to compare a name with each takes long, and of a frame that cannot be read hundreds are
    asked for in vain.
    """
    frame, colon, figure = name.partition(":")
    near = [one for one in figures if one.startswith(f"{frame}:")]
    near = near or [one for one in figures if colon and one.endswith(f":{figure}")]
    return name_hint(name, near, "write {programme/budget/round/frame:figure}")


def _sentence_errors(file: SourceFile, known: frozenset[str]) -> Iterator[GuidanceError]:
    for sentence in CALLS.finditer(file.text):
        if known and sentence["name"] not in known:
            yield GuidanceError(
                file.place(*sentence.span()),
                f"there is no sentence about calls '{sentence['name']}'",
                name_hint(sentence["name"], known, f"name one of content/calls.yaml: {', '.join(sorted(known))}"),
                "unknown-sentence",
            )


def _block_errors(file: SourceFile, blocks: Mapping[str, frozenset[str]]) -> Iterator[GuidanceError]:
    lines = {block.start() for block in BLOCK.finditer(file.text)}
    for block in _BLOCK_ANYWHERE.finditer(file.text):
        if block.start() not in lines:
            hint = "put it on a line of its own"
            yield GuidanceError(file.place(*block.span()), "a block stands in a sentence", hint, "block-in-sentence")
    for block in BLOCK.finditer(file.text):
        kind = block["name"].split(" ")[0]
        if kind in blocks:
            yield from _told_errors(file, block, blocks[kind])
        else:
            yield GuidanceError(
                file.place(*block.span()),
                f"this page has no block '{block['name']}'",
                name_hint(kind, blocks, "remove the line"),
                "unknown-block",
            )


def _told_errors(file: SourceFile, block: re.Match[str], known: frozenset[str]) -> Iterator[GuidanceError]:
    """Yield an error for each name that a block is told and that the rules do not have, and if it is told none."""
    kind, *_ = block["name"].split(" ")
    told = list(re.finditer(r"[^ ]+", block["name"][len(kind) :]))
    if known and not told:
        sentence = f"the block '{kind}' is not told what to show"
        yield GuidanceError(file.place(*block.span()), sentence, f"name it: {{block:{kind} …}}", "untold-block")
    for one in told:
        name = one[0].split("=")[0]
        if name not in known:
            start = block.start("name") + len(kind) + one.start()
            yield GuidanceError(
                file.place(start, start + len(name)),
                f"the block '{kind}' is told of '{name}', which it does not find in the rules",
                name_hint(name, known, "name what the rules have" if known else "it is told nothing"),
                "unknown-name-in-block",
            )


def _link_errors(file: SourceFile, without_code: str, pages: frozenset[str]) -> Iterator[GuidanceError]:
    for picture in _PICTURE.finditer(file.text):
        sentence, hint = "a page of prose has no pictures", "describe it, or take a block that is drawn from the rules"
        yield GuidanceError(file.place(*picture.span()), sentence, hint, "picture-in-prose")
    for link in _WIDE_LINK.finditer(file.text):
        sentence, hint = (
            "the way of this link stands in full-width brackets",
            "write [words](/page/) with half-width ones",
        )
        yield GuidanceError(file.place(*link.span("target")), sentence, hint, "unknown-page")
    for link in _OPEN_LINK.finditer(without_code):
        sentence, hint = "the bracket of this link is not closed", "close it right behind the way: [words](/page/)"
        yield GuidanceError(file.place(*link.span("bracket")), sentence, hint, "unclosed-bracket")
    for link in _OTHER_LINK.finditer(file.text):
        place = file.place(link.start() + 2, link.end() - 1)
        sentence = f"'{link['target'].strip()}' is no page and no address"
        yield GuidanceError(place, sentence, "begin with / and name a page, such as /schedule/", "unknown-page")
    for link in LINK.finditer(file.text):
        if link["address"] not in pages:
            yield GuidanceError(
                file.place(link.start() + 2, link.end() - 1),
                f"there is no page at /{link['address']}",
                name_hint(link["address"], pages, "name a page without its language, such as /schedule/"),
                "unknown-page",
            )


def _typed_figures(file: SourceFile) -> Iterator[GuidanceError]:
    meant = _WIDE_BRACES.sub(lambda match: "\0" * len(match.group()), file.text)
    prose = _PUT_IN.sub(lambda match: "\0" * len(match.group()), meant)
    if not any(near.search(prose) for near in _NEAR_FIGURE):
        return
    for figure in TYPED_FIGURE.finditer(prose):
        yield typed_figure(figure.group(), file.place(*figure.span()))


def typed_figure(words: str, place: Place) -> GuidanceError:
    """Return the error for a figure that the rules have, and that somebody has typed."""
    hint = "refer to the rules by name, such as {monozukuri/r3s/13/normal:upper_limit.most}"
    if _TYPED_DATE.search(words) is not None:
        hint = "a date stands in the rules alone: link to its round, such as [日程](/monozukuri/r3s/13/)"
    return GuidanceError(place, f"'{words}' is a figure typed by hand", hint, "typed-figure")

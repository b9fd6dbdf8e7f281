"""What writers say: the files under `content/`, with the rules' figures put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import TypeVar

from calculator.messages import PARTS
from calculator.text import LANGUAGES, Language, Text
from site_builder.errors import Gathering, GuidanceError, Place, name_hint
from site_builder.memo import Memo
from site_builder.rules.model import FrameInRound, Round, Rules, RuleSet
from site_builder.site.addresses import (
    FIXED,
    Address,
    frame_address,
    guide_address,
    programme_address,
    round_address,
    rule_set_address,
    source_address,
)
from site_builder.site.blocks import BLOCKS, TOLD_BLOCKS
from site_builder.site.calendars import MovedDate, read_moved
from site_builder.site.calls import calls_of, frames_under
from site_builder.site.criteria import Criteria, criteria_file
from site_builder.site.news import NewsEntry, news_file
from site_builder.site.prose import Prose, read_prose
from site_builder.site.public_address import PublicAddress, site_draft
from site_builder.site.terms import Term, glossary_file
from site_builder.sources.documents import known_document
from site_builder.sources.source_file import source_of
from site_builder.sources.texts import texts_file

T = TypeVar("T")

#: The guides, in the order of the list of all pages: `content/guides/ways.ja.md` beside `content/guides/ways.en.md`.
GUIDES = (
    *("ways", "size", "choose", "costs", "repayment", "growth", "how-to-apply", "selection", "applicants", "documents"),
    *("faq", "statistics", "privacy"),
)
#: Every text of a page: `content/home.ja.md` beside `content/home.en.md`.
PROSE = (
    *("home", "schedule", "sources", "about", "embed", "data", "glossary", "accessibility"),
    *(f"guides/{name}" for name in GUIDES),
)
#: The folder of examples: a command `deadline.sh` beside what it prints, `deadline.txt`.
COMMANDS = "open-data"
#: The calculator's own sentences.
MESSAGES = "messages.yaml"
#: Where the site is published.
SITE = "site.yaml"
#: What has changed on it.
NEWS = "news.yaml"
#: The dates that were changed after they had been published.
MOVED = "moved.yaml"
_PART = re.compile(r"\{([a-z_]*)\}")
#: The files of interface strings.
INTERFACE = (
    *("interface.yaml", "guides.yaml", "check.yaml", "result.yaml", "batch.yaml", "changes.yaml"),
    *("sources.yaml", "data.yaml", "words.yaml", "plain.yaml", "search.yaml", "following.yaml", "days.yaml"),
)
#: The words of the programme.
GLOSSARY = "glossary.yaml"
#: What was checked of accessibility.
ACCESSIBILITY = "accessibility.yaml"


@dataclass(frozen=True, slots=True)
class CommandExample:
    """A command that reads the open data, and what it prints; a test runs it."""

    name: str
    command: str
    result: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that writers say, by language and page; the interface strings by name; examples of the open data; the news.

    `address` is where it is published. `authority` begins the ids of its feeds, and never changes. `moved` are dates
    that were changed after they had been published.
    """

    interface: Mapping[str, Text]
    prose: Mapping[Language, Mapping[str, Prose]]
    examples: tuple[CommandExample, ...]
    address: PublicAddress
    authority: str
    news: tuple[NewsEntry, ...]
    moved: tuple[MovedDate, ...]
    terms: tuple[Term, ...]
    criteria: Criteria


def read_messages(folder: Path, memo: Memo | None = None) -> Mapping[str, Text]:
    """Return the calculator's own sentences, which travel with the rules; the same object for the same file.

    Raises:
        GuidanceError: there is no such file.
        GuidanceErrors: all that is wrong in it.
    """
    messages = _Reading(folder, Memo() if memo is None else memo).document(MESSAGES, texts_file)
    errors = Gathering()
    for error in _unlike_parts(messages):
        errors.add(error)
    errors.close()
    return messages


def _unlike_parts(messages: Mapping[str, Text]) -> Iterator[GuidanceError]:
    """Yield an error for each message that is missing, that nobody asks for, or whose parts are not those given."""
    place = Place(f"content/{MESSAGES}")
    for code in PARTS.keys() - messages.keys():
        yield GuidanceError(place, f"there is no message '{code}'", "write it in both languages", "missing-message")
    for code in messages.keys() - PARTS.keys():
        hint = name_hint(code, PARTS, "remove it")
        yield GuidanceError(place, f"the calculator has no message '{code}'", hint, "unknown-message")
    for code, text in messages.items():
        for language in LANGUAGES if code in PARTS else ():
            if set(_PART.findall(text.within(language))) != PARTS[code]:
                parts = ", ".join(f"{{{part}}}" for part in sorted(PARTS[code])) or "none"
                sentence = f"the message '{code}' names other parts in '{language}' than it has"
                yield GuidanceError(place, sentence, f"its parts are: {parts}", "wrong-part")


def read_content(folder: Path, rules: Rules, memo: Memo | None = None) -> Content:
    """Return the content of `folder`, whose errors call it `content/`.

    What `memo` knows is not read again; the same files give the same objects.

    Raises:
        GuidanceErrors: all that is wrong in it.
    """
    errors, memo = Gathering(), Memo() if memo is None else memo
    reading = _Reading(folder, memo)
    interface = [errors.attempt(partial(reading.document, name, texts_file)) for name in INTERFACE]
    figures = memo.same("figures for prose", memo.made(figures_for_prose, rules))
    pages = memo.same("pages for prose", memo.made(_pages_for_prose, rules))
    site = errors.attempt(partial(reading.document, SITE, site_draft))
    news = errors.attempt(partial(reading.document, NEWS, news_file, pages))
    moved = errors.attempt(partial(reading.document, MOVED, read_moved))
    prose: dict[Language, dict[str, Prose]] = {language: {} for language in LANGUAGES}
    for page, language in product(PROSE, LANGUAGES):
        version = errors.attempt(partial(reading.prose, page, language, figures, pages))
        if version is not None:
            prose[language][page] = version
    terms = errors.attempt(partial(reading.document, GLOSSARY, glossary_file, figures, pages)) or ()
    criteria = errors.attempt(partial(reading.document, ACCESSIBILITY, criteria_file))
    errors.close()
    assert criteria is not None  # noqa: S101 - close() has raised otherwise
    for error in _unlike_twins(prose, memo):
        errors.add(error)
    errors.close()
    assert site is not None  # noqa: S101 - close() has raised otherwise
    assert news is not None  # noqa: S101 - the same
    assert moved is not None  # noqa: S101 - the same
    examples = memo.same("command examples", tuple(_command_examples(folder)))
    words = memo.made(_together, tuple(interface))
    return Content(words, prose, examples, site.address, site.authority, news, moved, terms, criteria)


def _together(files: tuple[Mapping[str, Text] | None, ...]) -> Mapping[str, Text]:
    """Return the texts of all files that could be read."""
    return {name: text for texts in files if texts is not None for name, text in texts.items()}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of the folder."""

    folder: Path
    memo: Memo

    def document(self, name: str, read: Callable[..., T], *told: object) -> T:
        return known_document(self.memo, _there(self.folder, name).read_bytes(), f"content/{name}", read, *told)

    def prose(self, page: str, language: Language, figures: Mapping[str, Text], pages: frozenset[str]) -> Prose:
        name = f"{page}.{language}.md"
        content = _there(self.folder, name).read_bytes()
        return self.memo.made(_prose, content, page, language, figures, pages)


def _command_examples(folder: Path) -> Iterator[CommandExample]:
    for command in sorted((folder / COMMANDS).glob("*.sh")):
        result = _there(folder, f"{COMMANDS}/{command.stem}.txt")
        yield CommandExample(command.stem, command.read_text("utf-8").rstrip(), result.read_text("utf-8").rstrip())


def figures_for_prose(rules: Rules) -> Mapping[str, Text]:
    """Return every figure that prose may name: `monozukuri/r3s/13/normal:upper_limit.most`.

    `monozukuri/newest/normal:upper_limit.most` is that of the newest published round which has the frame.
    """
    named = {
        f"{'/'.join(frame_address(rule_set.slug, one.number, frame.slug).parts)}:{name}": figure.text
        for rule_set, one, frame in _frames(rules)
        for name, figure in frame.figures.items()
    }
    newest = {
        f"{programme.slug}/newest/{frame.slug}:{name}": figure.text
        for programme in rules.programmes
        for frame, _ in frames_under(tuple(one for one in calls_of(programme) if not one.round.is_placeholder)).values()
        for name, figure in frame.figures.items()
    }
    return named | newest


def _prose(content: bytes, page: str, language: Language, figures: Mapping[str, Text], pages: frozenset[str]) -> Prose:
    blocks = frozenset((*BLOCKS, *TOLD_BLOCKS)) if page.startswith("guides/") else frozenset()
    return read_prose(source_of(content, f"content/{page}.{language}.md"), language, figures, pages, blocks)


def _there(folder: Path, name: str) -> Path:
    if not (folder / name).is_file():
        raise GuidanceError(
            Place(f"content/{name}"), "the file is missing", "every page is written in both languages", "missing-file"
        )
    return folder / name


def _unlike_twins(prose: Mapping[Language, Mapping[str, Prose]], memo: Memo) -> Iterator[GuidanceError]:
    """Yield an error for each page whose two versions have different sections, or other blocks in them."""
    for page in PROSE:
        ja, en = (memo.made(_outline, prose[language][page]) for language in LANGUAGES)
        if ja != en:
            yield GuidanceError(
                Place(f"content/{page}.en.md"),
                f"the sections are {', '.join(en)}; in Japanese they are {', '.join(ja)}",
                "give both versions the same anchors and blocks in the same order",
                "unlike-twins",
            )


def _outline(prose: Prose) -> list[str]:
    """Return the anchors of a page, each with the blocks and questions in its section: `costs (costs-table)`."""
    sections = prose.sections if prose.plain is None else (prose.plain, *prose.sections)
    leading = [part.block for part in prose.lead_parts if part.block is not None]
    inside = {one.anchor: (*one.blocks, *(asked.anchor for asked in one.questions)) for one in sections}
    return [*leading, *(f"{anchor} ({' '.join(names)})" if names else anchor for anchor, names in inside.items())]


def _frames(rules: Rules) -> Iterator[tuple[RuleSet, Round, FrameInRound]]:
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for one in rule_set.rounds:
                yield from ((rule_set, one, frame) for frame in one.frames)


def _pages_for_prose(rules: Rules) -> frozenset[str]:
    return frozenset(_addresses(rules))


def _addresses(rules: Rules) -> Iterator[str]:
    """Yield the address of every page as prose writes it: `schedule/`."""
    rule_sets = [rule_set for programme in rules.programmes for rule_set in programme.rule_sets]
    for address in (
        *FIXED,
        *(guide_address(name) for name in GUIDES),
        *(programme_address(programme.slug) for programme in rules.programmes),
        *(rule_set_address(rule_set.slug) for rule_set in rule_sets if rule_set.rounds),
        *(round_address(rule_set.slug, one.number) for rule_set in rule_sets for one in rule_set.rounds),
        *(source_address(source) for source in rules.book.sources),
        *(frame_address(rule_set.slug, one.number, frame.slug) for rule_set, one, frame in _frames(rules)),
    ):
        yield _written(address)


def _written(address: Address) -> str:
    return "".join(f"{part}/" for part in address.parts)

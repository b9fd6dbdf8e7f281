"""What writers say: the files under `content/`, with the rules' figures put in."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TypeVar

from calculator.messages import PARTS
from calculator.text import LANGUAGES, Language, Text
from site_builder.errors import Gathering, GuidanceError, GuidanceErrors, Place, name_hint
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
from site_builder.site.call_sentences import calls_file, sentence_names
from site_builder.site.calls import calls_of, frames_under
from site_builder.site.components import Component, components_file, with_texts
from site_builder.site.criteria import Criteria, criteria_file
from site_builder.site.news import NewsEntry, news_file
from site_builder.site.prose import REFERENCE, Prose, read_prose
from site_builder.site.public_address import PublicAddress, site_draft
from site_builder.site.terms import Term, glossary_file
from site_builder.site.twins import unlike_twins
from site_builder.sources.documents import known_document
from site_builder.sources.fields import keyed
from site_builder.sources.lost import Lost
from site_builder.sources.nodes import Node, ScalarNode
from site_builder.sources.source_file import SourceFile, content_of, readable, source_of
from site_builder.sources.texts import TextDraft, text_draft

T = TypeVar("T")

#: The guides that every site has, in the order of the list of all pages: `content/guides/ways.ja.md` beside
#: `content/guides/ways.en.md`. Whatever else lies there is a guide too, after these.
GUIDES = (
    *("ways", "size", "choose", "costs", "repayment", "growth", "how-to-apply", "selection", "applicants", "documents"),
    *("faq", "statistics", "privacy"),
)
#: The texts of the other pages: `content/home.ja.md` beside `content/home.en.md`.
PROSE = ("home", "schedule", "sources", "about", "embed", "data", "glossary", "accessibility", "licences")
_GUIDES_FOLDER = "guides"
_NAME = re.compile(r"[a-z][a-z0-9-]*")
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
#: Mistakes in what both versions of a page must have, and what cannot be compared because of them.
_OF_MARKS = {
    **dict.fromkeys(("no-anchor", "duplicate-anchor", "no-heading"), "heading"),
    **dict.fromkeys(("unknown-block", "block-in-sentence", "unknown-name-in-block", "untold-block"), "block"),
}
_NO_BLOCKS: Mapping[str, frozenset[str]] = MappingProxyType({})
_PART = re.compile(r"\{([a-z_]*)\}")
#: The files of interface strings.
INTERFACE = (
    *("interface.yaml", "guides.yaml", "check.yaml", "result.yaml", "batch.yaml", "changes.yaml"),
    *("beside.yaml", "sources.yaml", "data.yaml", "words.yaml", "plain.yaml", "search.yaml", "following.yaml"),
    *("unconfirmed.yaml", "fact-check.yaml", "days.yaml", "trouble.yaml"),
)
#: The sentences on how calls stand, of which their dates choose the words.
CALLS = "calls.yaml"
#: The words of the programme.
GLOSSARY = "glossary.yaml"
#: What was checked of accessibility.
ACCESSIBILITY = "accessibility.yaml"
#: What others have made; the text of each licence lies in a folder of the same name.
LICENCES = "licences.yaml"


@dataclass(frozen=True, slots=True)
class CommandExample:
    """A command that reads the open data, and what it prints; a test runs it."""

    name: str
    command: str
    result: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that writers say, by language and page; the interface strings by name; examples of the open data; the news.

    `places` say where each of the interface strings stands.

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
    components: tuple[Component, ...]
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def guides(self) -> Mapping[str, Mapping[Language, Prose]]:
        """The prose of each guide by its name and language, in the order of the list of all pages."""
        names = [name.removeprefix(f"{_GUIDES_FOLDER}/") for name in self.prose["ja"] if name not in PROSE]
        return {
            name: {language: self.prose[language][f"{_GUIDES_FOLDER}/{name}"] for language in LANGUAGES}
            for name in names
        }


def read_messages(folder: Path, memo: Memo | None = None) -> Mapping[str, Text]:
    """Return the calculator's own sentences, which travel with the rules; the same object for the same file.

    Raises:
        GuidanceError: there is no such file.
        GuidanceErrors: all that is wrong in it.
    """
    memo = Memo() if memo is None else memo
    messages = _Reading(folder, memo).document(MESSAGES, _messages_file)
    errors = Gathering()
    for error in _unlike_parts(messages):
        errors.add(error)
    errors.close()
    return memo.made(_unfilled, messages)


def _unfilled(messages: Mapping[str, tuple[ScalarNode, TextDraft]]) -> Mapping[str, Text]:
    return {code: draft.unfilled() for code, (_, draft) in messages.items()}


def _unlike_parts(messages: Mapping[str, tuple[ScalarNode, TextDraft]]) -> Iterator[GuidanceError]:
    """Yield an error for each message that is missing, that nobody asks for, or whose parts are not those given."""
    place = Place(f"content/{MESSAGES}")
    for code in PARTS.keys() - messages.keys():
        if get_close_matches(code, messages.keys() - PARTS.keys(), n=1):
            continue  # it is there, with a slip in its name
        yield GuidanceError(place, f"there is no message '{code}'", "write it in both languages", "missing-message")
    for code, (key, draft) in messages.items():
        if code not in PARTS:
            hint = name_hint(code, PARTS, "remove it")
            sentence = f"the calculator has no message '{code}'"
            yield GuidanceError(key.place(), sentence, hint, "unknown-message")
            continue
        for language, written in (("ja", draft.ja), ("en", draft.en)):
            if set(_PART.findall(written.value)) != PARTS[code]:
                parts = ", ".join(f"{{{part}}}" for part in sorted(PARTS[code])) or "none"
                sentence = f"the message '{code}' names other parts in '{language}' than it has"
                yield GuidanceError(written.place(), sentence, f"its parts are: {parts}", "wrong-part")


@dataclass(frozen=True, slots=True)
class ContentSurvey:
    """What is known of the content.

    `content` is None if anything is wrong in it; `errors` are all that is wrong. `places` say where interface strings
    stand.
    """

    content: Content | None
    errors: tuple[GuidanceError, ...]
    places: Mapping[str, Place] = field(default_factory=dict)


def read_content(folder: Path, rules: Rules, memo: Memo | None = None) -> Content:
    """Return the content of `folder`, whose errors call it `content/`.

    What `memo` knows is not read again; the same files give the same objects.

    Raises:
        GuidanceErrors: all that is wrong in it.
    """
    found = survey_content(folder, rules, Lost(), memo)
    if found.content is None:
        raise GuidanceErrors(found.errors)
    return found.content


def survey_content(folder: Path, rules: Rules | None, lost: Lost, memo: Memo | None = None) -> ContentSurvey:
    """Return what is known of the content of `folder`, whose errors call it `content/`.

    `lost` is what is not in `rules`, which are None where nothing can be told of them: what content says of that may be
    right. What `memo` knows is not read again.
    """
    if not folder.is_dir():
        hint = "name the folder of the content"
        missing = GuidanceError(Place(str(folder)), "there is no such folder", hint, "missing-file")
        return ContentSurvey(None, (missing,))
    errors, memo = Gathering(), Memo() if memo is None else memo
    guides = errors.attempt(partial(_guides_in, folder)) or GUIDES
    reading = _Reading(folder, memo)
    interface, places = _interface(reading, errors)
    known = _known(rules, guides, interface, memo)
    site = errors.attempt(partial(reading.document, SITE, site_draft))
    news = errors.attempt(partial(reading.document, NEWS, news_file, known.pages))
    moved = errors.attempt(partial(reading.document, MOVED, read_moved))
    prose = _all_prose((*PROSE, *(f"{_GUIDES_FOLDER}/{name}" for name in guides)), reading, known, errors)
    terms = errors.attempt(lambda: reading.terms(known))
    criteria = errors.attempt(partial(reading.document, ACCESSIBILITY, criteria_file))
    components = errors.attempt(lambda: memo.made(with_texts, *_components(reading)))
    examples = errors.attempt(lambda: memo.same("command examples", tuple(_command_examples(reading))))
    mistakes = Gathering()
    for error in lost.mistakes(errors.errors):
        mistakes.add(error)
    if errors.errors:
        return ContentSurvey(None, mistakes.errors, places)
    assert site is not None  # noqa: S101 - an error would be there otherwise
    assert news is not None  # noqa: S101 - the same
    assert moved is not None  # noqa: S101 - the same
    assert terms is not None  # noqa: S101 - the same
    assert criteria is not None  # noqa: S101 - the same
    assert examples is not None  # noqa: S101 - the same
    assert components is not None  # noqa: S101 - the same
    published = (site.address, site.authority)
    content = Content(interface, prose, examples, *published, news, moved, terms, criteria, components, places)
    return ContentSurvey(content, (), places)


def interface_places(folder: Path, memo: Memo) -> Mapping[str, Place]:
    """Return where each of those interface strings stands that can be read."""
    return _interface(_Reading(folder, memo), Gathering())[1]


def _interface(reading: _Reading, errors: Gathering) -> tuple[Mapping[str, Text], Mapping[str, Place]]:
    """Return the interface strings by name, and where each stands; the same objects for the same files."""
    kinds = {**dict.fromkeys(INTERFACE, _interface_file), CALLS: calls_file}
    files = tuple(errors.attempt(partial(reading.document, name, read)) for name, read in kinds.items())
    texts, places, repeated = reading.memo.made(_together, files)
    for error in repeated:
        errors.add(error)
    return texts, places


def _together(
    files: tuple[Mapping[str, tuple[Place, Text]] | None, ...],
) -> tuple[Mapping[str, Text], Mapping[str, Place], tuple[GuidanceError, ...]]:
    """Return the texts of all files that could be read, where they stand, and an error for each name of two."""
    texts: dict[str, Text] = {}
    places: dict[str, Place] = {}
    repeated = []
    for name, (place, text) in (entry for file in files if file is not None for entry in file.items()):
        if name in places:
            sentence = f"the words '{name}' stand in {places[name].path} already"
            repeated.append(GuidanceError(place, sentence, "keep one of the two", "duplicate-name"))
        texts[name], places[name] = text, place
    return texts, places, tuple(repeated)


def _interface_file(node: Node) -> Mapping[str, tuple[Place, Text]]:
    return keyed(lambda key, value: (key.place(), text_draft(value).unfilled()), "a file of texts")(node)


def _messages_file(node: Node) -> Mapping[str, tuple[ScalarNode, TextDraft]]:
    return keyed(lambda key, value: (key, text_draft(value)), "a file of texts")(node)


def _guides_in(folder: Path) -> tuple[str, ...]:
    """Return the names of all guides in the folder of the content, in order.

    Raises:
        GuidanceErrors: a file is called so that no page can be.
    """
    files = sorted((folder / _GUIDES_FOLDER).glob("*.md"))
    names = {file.name: file.name.split(".", 1)[0] for file in files}
    errors = Gathering()
    for file, name in names.items():
        if file not in [f"{name}.{language}.md" for language in LANGUAGES] or not _NAME.fullmatch(name):
            hint = "call it as the page's address shall be, in small letters, with its language: my-guide.ja.md"
            place = Place(f"content/{_GUIDES_FOLDER}/{readable(file)}")
            errors.add(GuidanceError(place, "this is no name of a guide", hint, "bad-name"))
    errors.close()
    return (*GUIDES, *sorted(set(names.values()) - set(GUIDES)))


def _all_prose(
    names: tuple[str, ...], reading: _Reading, known: _Known, errors: Gathering
) -> dict[Language, dict[str, Prose]]:
    """Return the prose of all pages, both languages alike in their sections."""
    prose: dict[Language, dict[str, Prose]] = {language: {} for language in LANGUAGES}
    for page, sound in zip(names, _read_ahead(names, reading, known), strict=True):
        for language, version in (sound or _versions(page, reading, known, errors)).items():
            prose[language][page] = version
    return prose


def _read_ahead(names: tuple[str, ...], reading: _Reading, known: _Known) -> Sequence[Mapping[Language, Prose] | None]:
    """Return both versions of each page where several processes read, but None where anything is wrong in one."""
    if not reading.memo.is_shared:
        return [None] * len(names)
    return reading.memo.each(_sound_versions, [(page, reading.folder, known) for page in names])


def _sound_versions(page: str, folder: Path, known: _Known) -> Mapping[Language, Prose] | None:
    errors = Gathering()
    versions = _versions(page, _Reading(folder, Memo()), known, errors)
    return None if errors.errors else versions


def _versions(page: str, reading: _Reading, known: _Known, errors: Gathering) -> Mapping[Language, Prose]:
    """Return the versions of a page that can be read, and add what is wrong in them or in one beside the other."""
    before = len(errors.errors)
    files = {one: errors.attempt(partial(reading.source, f"{page}.{one}.md")) for one in LANGUAGES}
    read = {
        language: errors.attempt(partial(reading.prose, file, page, language, known))
        for language, file in files.items()
        if file is not None
    }
    ja, en = files["ja"], files["en"]
    if ja is not None and en is not None and ja.text.strip() and en.text.strip():
        confused = {_OF_MARKS[one.code] for one in errors.errors[before:] if one.code in _OF_MARKS}
        for error in reading.memo.made(_unlike, ja, en, tuple(sorted(confused))):
            errors.add(error)
    return {language: version for language, version in read.items() if version is not None}


def _unlike(ja: SourceFile, en: SourceFile, confused: tuple[str, ...]) -> tuple[GuidanceError, ...]:
    return tuple(unlike_twins(ja, en, frozenset(confused)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What prose can name: figures, pages, the blocks of guides, and the sentences on calls."""

    figures: Mapping[str, Text]
    pages: frozenset[str]
    blocks: Mapping[str, frozenset[str]]
    sentences: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of the folder."""

    folder: Path
    memo: Memo

    def document(self, name: str, read: Callable[..., T], *told: object) -> T:
        return known_document(self.memo, self._content(name), f"content/{name}", read, *told)

    def terms(self, known: _Known) -> tuple[Term, ...]:
        """Return the words of the glossary; what is wrong in them is told with all figures that there are."""
        named = self.figures_in(self.source(GLOSSARY), known)
        with contextlib.suppress(GuidanceErrors):
            return self.document(GLOSSARY, glossary_file, named, known.pages)
        return self.document(GLOSSARY, glossary_file, known.figures, known.pages)

    def source(self, name: str) -> SourceFile:
        return self.memo.made(source_of, self._content(name), f"content/{name}")

    def _content(self, name: str) -> bytes:
        return content_of(_there(self.folder, name), self.folder, f"content/{name}")

    def prose(self, file: SourceFile, page: str, language: Language, known: _Known) -> Prose:
        blocks = _NO_BLOCKS if page in PROSE else known.blocks
        figures, named, made = known.figures, self.figures_in(file, known), self.memo.made
        with contextlib.suppress(GuidanceErrors):
            return made(read_prose, file, language, named, known.pages, blocks, known.sentences)
        return made(read_prose, file, language, figures, known.pages, blocks, known.sentences)

    def figures_in(self, file: SourceFile, known: _Known) -> Mapping[str, Text]:
        """Return the known figures that stand in braces in a file, the same object where they are the same."""
        names = sorted(self.memo.made(_names_in_braces, file) & known.figures.keys())
        return self.memo.same(("figures in", file.path), {name: known.figures[name] for name in names})


def _names_in_braces(file: SourceFile) -> frozenset[str]:
    return frozenset(reference["name"] for reference in REFERENCE.finditer(file.text))


def _command_examples(reading: _Reading) -> Iterator[CommandExample]:
    for command in sorted((reading.folder / COMMANDS).glob("*.sh")):
        written, result = (reading.source(f"{COMMANDS}/{command.stem}{end}").text for end in (".sh", ".txt"))
        yield CommandExample(command.stem, written.rstrip(), result.rstrip())


def _components(reading: _Reading) -> tuple[Mapping[str, Component], Mapping[str, str]]:
    """Return the components, and the texts of their licences; the same objects for the same files."""
    components = reading.document(LICENCES, components_file)
    texts = {name: reading.source(f"{PurePath(LICENCES).stem}/{name}.txt").text for name in components}
    return components, reading.memo.same("texts of licences", texts)


def _known(rules: Rules | None, guides: tuple[str, ...], interface: Iterable[str], memo: Memo) -> _Known:
    """Return what prose can name; each the same object where the rules call the same things the same."""
    return _Known(
        figures=memo.same("figures for prose", {} if rules is None else memo.made(figures_for_prose, rules)),
        pages=memo.same("pages for prose", memo.made(_pages_for_prose, rules, guides)),
        blocks=memo.same("blocks for prose", memo.made(_blocks, rules)),
        sentences=memo.same("sentences for prose", sentence_names(interface)),
    )


def _blocks(rules: Rules | None) -> Mapping[str, frozenset[str]]:
    """Return every block with the names that it can be told."""
    told = {name: frozenset() if rules is None else block.names(rules) for name, block in TOLD_BLOCKS.items()}
    return {**dict.fromkeys(BLOCKS, frozenset()), **told}


def figures_for_prose(rules: Rules) -> Mapping[str, Text]:
    """Return every figure that prose may name: `monozukuri/r3s/13/normal:upper_limit.most`.

    `monozukuri/newest/normal:upper_limit.most` is that of the newest published round which has the frame.
    """
    addresses = (
        (frame_address(rule_set.slug, one.number, frame.slug), frame) for rule_set, one, frame in _frames(rules)
    )
    named = {
        f"{address}:{name}": figure.text
        for address, frame in (("/".join(address.parts), frame) for address, frame in addresses)
        for name, figure in frame.figures.items()
    }
    newest = {
        f"{programme.slug}/newest/{frame.slug}:{name}": figure.text
        for programme in rules.programmes
        for frame, _ in frames_under(tuple(one for one in calls_of(programme) if not one.round.is_placeholder)).values()
        for name, figure in frame.figures.items()
    }
    return named | newest


def _there(folder: Path, name: str) -> Path:
    if not (folder / name).is_file():
        raise GuidanceError(
            Place(f"content/{name}"), "the file is missing", "every page is written in both languages", "missing-file"
        )
    return folder / name


def _frames(rules: Rules) -> Iterator[tuple[RuleSet, Round, FrameInRound]]:
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for one in rule_set.rounds:
                yield from ((rule_set, one, frame) for frame in one.frames)


def _pages_for_prose(rules: Rules | None, guides: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_addresses(rules, guides))


def _addresses(rules: Rules | None, guides: tuple[str, ...]) -> Iterator[str]:
    """Yield the address of every page as prose writes it: `schedule/`."""
    addresses = (*FIXED, *map(guide_address, guides), *(() if rules is None else _addresses_of_rules(rules)))
    return map(_written, addresses)


def _addresses_of_rules(rules: Rules) -> Iterator[Address]:
    rule_sets = [rule_set for programme in rules.programmes for rule_set in programme.rule_sets]
    yield from (programme_address(programme.slug) for programme in rules.programmes)
    yield from (rule_set_address(rule_set.slug) for rule_set in rule_sets if rule_set.rounds)
    yield from (round_address(rule_set.slug, one.number) for rule_set in rule_sets for one in rule_set.rounds)
    yield from (source_address(source) for source in rules.book.sources)
    yield from (frame_address(rule_set.slug, one.number, frame.slug) for rule_set, one, frame in _frames(rules))


def _written(address: Address) -> str:
    return "".join(f"{part}/" for part in address.parts)

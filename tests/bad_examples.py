"""The mistakes under tests/bad: each with what is right, what is wrong, and exactly what is printed for it.

A file that begins with `in demo/b1/plain.yaml` changes the good rules. One that begins with `read as news` is read
alone, as a file of that kind.

in demo/b1/plain.yaml      the file that is changed, under rules/ (several such blocks may follow one another)
<<<
words that stand there once, or nothing to write the whole file
===
what stands there instead
>>>
encoded as cp932           optional: how that file is saved
says
what is printed
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from calculator.text import Language, Text
from site_builder.errors import Gathering, GuidanceError, GuidanceErrors
from site_builder.memo import Memo
from site_builder.render.links import check_links, written_links
from site_builder.render.markdown import html_of
from site_builder.render.templates import Sheets
from site_builder.render.theme import whole
from site_builder.render.tokens import read_tokens, with_values
from site_builder.rules import read_drafts, read_rules
from site_builder.rules.proof import prove_examples
from site_builder.rules.suspects import suspects
from site_builder.schemas.descriptions import Descriptions, descriptions_file
from site_builder.site.addresses import Address
from site_builder.site.asked import refuse_unasked
from site_builder.site.call_sentences import calls_file
from site_builder.site.content import read_messages
from site_builder.site.criteria import read_criteria
from site_builder.site.news import read_news
from site_builder.site.plan import refuse_shared_addresses
from site_builder.site.prose import read_prose
from site_builder.site.public_address import site_draft
from site_builder.site.terms import read_terms
from site_builder.site.twins import unlike_twins
from site_builder.site.wording import Words
from site_builder.sources.documents import read_document
from site_builder.sources.source_file import SourceFile, content_of
from site_builder.style import check_style

TESTS = Path(__file__).parent
PROJECT = TESTS.parent
GOOD = TESTS / "good" / "rules"
FOLDER = TESTS / "bad"

#: What the example before has in common with the next: nearly all files.
READ_BEFORE = Memo()

_CHANGE = re.compile(r"in (\S+)\n<<<\n(.*?)===\n(.*?)>>>\n(?:encoded as (\S+)\n)?", re.DOTALL)
_ALONE = re.compile(r"read as (.+)\n<<<\n(.*?)===\n(.*?)>>>\n", re.DOTALL)
FIGURES = {"demo/b1/2/plain:upper_limit.most": Text("900万円", "9,000,000 yen")}
PAGES = frozenset({"schedule/"})
SENTENCES = frozenset({"here", "plain"})
BLOCKS = {"ways": frozenset[str](), "requirements": frozenset({"plan.value_added"})}


@dataclass(frozen=True)
class Change:
    """What is changed: in which file, or in one that is read as `kind`; `right` is empty where a file is added."""

    file: str | None
    kind: str | None
    right: str
    wrong: str
    encoding: str | None = None


@dataclass(frozen=True)
class BadExample:
    """A file under tests/bad."""

    path: Path

    @property
    def name(self) -> str:
        """Its name; the first part is the code that it shows."""
        return self.path.stem

    @cached_property
    def _halves(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").split("\nsays\n", maxsplit=1)

    @property
    def says(self) -> str:
        """What must be printed."""
        return self._halves[1]

    @property
    def changes(self) -> list[Change]:
        """What makes the sources wrong."""
        made = f"{self._halves[0]}\n"
        alone = _ALONE.fullmatch(made)
        if alone is not None:
            return [Change(None, alone[1], alone[2], alone[3])]
        return changes_in(made)

    def printed(self, folder: Path) -> str:
        """What is printed for it; sources are made in `folder`."""
        (first, *_) = changes = self.changes
        if first.kind is not None:
            return printed(lambda: read_alone(first.kind or "", first.wrong, folder))
        make_rules(changes, folder)
        try:
            return printed(lambda: prove(folder / "rules"))
        finally:
            READ_BEFORE.forget_others()

    def printed_when_right(self, folder: Path) -> str:
        """What is printed for what is right: nothing."""
        (first, *_) = self.changes
        if first.kind is None:
            return ""  # the good rules, which are read by a test of their own
        return printed(lambda: read_alone(first.kind or "", first.right, folder))


def all_examples() -> list[BadExample]:
    """Every file of tests/bad."""
    return [BadExample(path) for path in sorted(FOLDER.rglob("*.txt"))]


def changes_in(text: str) -> list[Change]:
    """Return the changes of the good rules that a text has, written as in a file under tests/bad."""
    return [Change(file, None, right, wrong, code or None) for file, right, wrong, code in _CHANGE.findall(text)]


def make_rules(changes: list[Change], folder: Path) -> Path:
    """Make the good rules under `folder`, changed, and return where they are."""
    shutil.copytree(GOOD, folder / "rules")
    for change in changes:
        file = folder / "rules" / (change.file or "")
        text = file.read_text(encoding="utf-8") if change.right else ""
        assert not change.right or text.count(change.right) == 1, f"{change.right!r} must stand once in {change.file}"
        file.parent.mkdir(parents=True, exist_ok=True)
        new = text.replace(change.right, change.wrong) if change.right else change.wrong
        file.write_text(new, encoding=change.encoding or "utf-8")
    return folder / "rules"


def printed(act: Callable[[], object]) -> str:
    """What is printed for what `act` raises; nothing if all is right."""
    try:
        act()
    except (GuidanceError, GuidanceErrors) as found:
        return f"{found}\n"
    return ""


def prove(folder: Path) -> None:
    """Read rules and put their worked examples to them; many that differ are told with what they have in common."""
    rules, errors = read_rules(folder, {}, READ_BEFORE), Gathering()
    errors.attempt(lambda: prove_examples(rules))
    if errors.errors:
        for error in suspects(read_drafts(folder), rules, Memo()):
            errors.add(error)
    errors.close()


def read_alone(kind: str, text: str, folder: Path) -> None:
    """Read `text` as a file of that kind; a file that must be somewhere is made in `folder`."""
    name, _, more = kind.partition(" ")
    READERS[name](text, folder, "ja" if more == "ja" else "en")


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / "content" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _prose(text: str, _folder: Path, language: Language) -> None:
    read_prose(SourceFile(f"content/guides/costs.{language}.md", text), language, FIGURES, PAGES, BLOCKS, SENTENCES)


def _style(text: str, folder: Path, language: Language) -> None:
    check_style(_file(folder, f"costs.{language}.md", text).parent)


def _texts(text: str, folder: Path, _language: Language) -> None:
    """Read `text` as a file with both languages of each text side by side."""
    check_style(_file(folder, "guides.yaml", text).parent)


def _twins(text: str, _folder: Path, _language: Language) -> None:
    ja, en = text.split("---\n")
    errors = list(unlike_twins(SourceFile("content/costs.ja.md", ja), SourceFile("content/costs.en.md", en)))
    if errors:
        raise GuidanceErrors(errors)


def _messages(text: str, folder: Path, _language: Language) -> None:
    """Read the real messages with this one first, and without the one whose place it takes."""
    real = (PROJECT / "content" / "messages.yaml").read_text(encoding="utf-8")
    changes = (change for example in all_examples() for change in example.changes if change.kind == "messages")
    right = next(change.right for change in changes if text in (change.right, change.wrong))
    rest = re.sub(rf"^{right.partition(':')[0]}:.*\n(?:  .*\n)*", "", real, flags=re.MULTILINE)
    assert rest != real
    read_messages(_file(folder, "messages.yaml", text + rest).parent)


def _interface(text: str, _folder: Path, _language: Language) -> None:
    file = SourceFile("content/interface.yaml", text)
    refuse_unasked({text.partition(":")[0]: file.place(0, text.index(":"))})


def _words(text: str, _folder: Path, _language: Language) -> None:
    name, place = text.partition(":")[0], SourceFile("content/interface.yaml", text).place(0, text.index(":"))
    Words({name: Text(name, name)}, "ja", {name: place}).text("home")


def _links(text: str, folder: Path, _language: Language) -> None:
    folder = _file(folder, "home.en.md", text).parent
    page = html_of(text, lambda target: f"/en{target}").encode()
    pages = {"en/index.html": page, "en/schedule/index.html": b'<h1 id="top">Dates</h1>'}
    check_links(pages, None, written_links(folder))


def _style_sheet(text: str, _folder: Path, _language: Language) -> None:
    whole(
        with_values(text, read_tokens(PROJECT / "node_modules"), "styles/site.css"),
        {"_print.css": ""},
        "styles/site.css",
    )


def _template(text: str, _folder: Path, _language: Language) -> None:
    Sheets({"guide.html": text}, Memo()).filled("guide.html", words={"home": "Home"})


def _addresses(text: str, _folder: Path, _language: Language) -> None:
    addresses = (Address(tuple(line.removesuffix("/index.html").split("/")[1:])) for line in text.split())
    refuse_shared_addresses(one.path("ja") for one in addresses)


def _news(text: str, folder: Path, _language: Language) -> None:
    read_document(_file(folder, "news.yaml", text), "content/news.yaml", read_news(PAGES))


def _glossary(text: str, folder: Path, _language: Language) -> None:
    read_terms(_file(folder, "glossary.yaml", text), "content/glossary.yaml", FIGURES, PAGES)


def _accessibility(text: str, folder: Path, _language: Language) -> None:
    read_criteria(_file(folder, "accessibility.yaml", text), "content/accessibility.yaml")


def _site(text: str, folder: Path, _language: Language) -> None:
    read_document(_file(folder, "site.yaml", text), "content/site.yaml", site_draft)


def _page(text: str, _folder: Path, _language: Language) -> None:
    check_links({"ja/schedule/index.html": text.encode()})


def _descriptions(text: str, folder: Path, _language: Language) -> None:
    path = _file(folder, "schemas.yaml", text)
    described = Descriptions(read_document(path, "content/schemas.yaml", descriptions_file))
    described.of_key("a citation", "source")
    errors = list(described.errors())
    if errors:
        raise GuidanceErrors(errors)


def _calls(text: str, folder: Path, _language: Language) -> None:
    read_document(_file(folder, "calls.yaml", text), "content/calls.yaml", calls_file)


def _symbolic_link(text: str, folder: Path, _language: Language) -> None:
    """Read a file that is a link to where `text` says."""
    _file(folder, "glossary.yaml", "terms: {}")
    (folder.parent / "secrets.yaml").write_text("terms: {}", encoding="utf-8")
    link = folder / "content" / "news.yaml"
    link.symlink_to(text.strip())
    content_of(link, link.parent, "content/news.yaml")


READERS: Mapping[str, Callable[[str, Path, Language], None]] = {
    "prose": _prose,
    "style": _style,
    "texts": _texts,
    "twins": _twins,
    "messages": _messages,
    "interface": _interface,
    "words": _words,
    "links": _links,
    "style-sheet": _style_sheet,
    "template": _template,
    "addresses": _addresses,
    "news": _news,
    "glossary": _glossary,
    "accessibility": _accessibility,
    "site": _site,
    "page": _page,
    "descriptions": _descriptions,
    "calls": _calls,
    "symbolic-link": _symbolic_link,
}

"""A large made-up site: the same bilingual pages for this project and, in other forms, for other generators.

Every page is 4 to 8 kB of Markdown with a lead, sections, lists, links to other pages and two tables. The pages are
drawn with a seed, so that every run and every generator has the same ones. What is said in them is nonsense.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from calculator.text import LANGUAGES, Language
from site_builder.site.content import INTERFACE
from tests.bench.real import ROOT
from tests.site.hand_made_content import copy_without_names

SEED = 7
#: Small rules, whose pages are few beside those of the corpus.
RULES = ROOT / "tests" / "good" / "rules"

_NOUNS: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        *(
            "機械装置",
            "見積書",
            "事業計画",
            "従業員",
            "取引先",
            "設備投資",
            "加工技術",
            "試作品",
            "作業手順",
            "検査工程",
        ),
        *("受発注", "在庫管理", "販売記録", "賃金台帳", "決算書", "口座", "申請書", "証拠書類", "実績報告", "専門家"),
        *("商品の包装", "店舗の改装", "輸送の記録", "外注先", "研修の計画", "品質管理", "製造原価", "顧客の要望"),
    ),
    "en": (
        *("the machine", "the estimate", "the plan", "the staff", "the customer", "the investment", "the process"),
        *("the prototype", "the work order", "the inspection", "the order book", "the stock list", "the sales record"),
        *("the wage ledger", "the accounts", "the bank account", "the form", "the evidence", "the final report"),
        *("the adviser", "the packaging", "the shop floor", "the transport record", "the supplier", "the training"),
    ),
}
_SENTENCES: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "{}と{}の関係を、書類の順に確かめます。",
        "**{}**は、{}を決める前に用意するものです。",
        "{}に変更があったときは、{}にもその内容を書き加えます。",
        "たとえば、{}を見直した会社では、{}も同じ時期に見直しています。",
        "{}については、[{}の説明]({link})をご覧ください。",
        "担当者は{}を保管し、{}と照らし合わせられるようにします。",
        "{}が分からない場合は、`{}`の欄を空けたまま進められます。",
    ),
    "en": (
        "Read {} beside {}, in the order of the papers.",
        "**Keep** {} ready before {} is settled.",
        "Whenever {} changes, write the same change into {}.",
        "A firm that looks at {} again mostly looks at {} as well.",
        "For {}, see [what is said of {}]({link}).",
        "Whoever is in charge keeps {} where it can be compared with {}.",
        "Where {} is not known, leave the field for `{}` empty and go on.",
    ),
}
_HEADINGS: Mapping[Language, str] = {"ja": "{}と{}の手順", "en": "What {} has to do with {}"}
_TITLES: Mapping[Language, str] = {"ja": "{}の手引き（{}）", "en": "A guide to {} and {}"}
_COLUMNS: Mapping[Language, tuple[str, str, str, str]] = {
    "ja": ("項目", "用意するもの", "確かめる人", "注意"),
    "en": ("Item", "What to have ready", "Who looks at it", "Remarks"),
}
_ROWS: Mapping[Language, str] = {"ja": "{}の写し", "en": "a copy of {}"}
#: The layout of the other generators, by the name that both give it.
LAYOUT = "page.njk"
_MENU = ("home", "check", "ways", "schedule", "sources", "search")
_NAVIGATION = (
    *("home", "check", "ways", "schedule", "faq", "glossary", "statistics", "search", "news", "sources", "data"),
    *("about", "accessibility", "privacy"),
)
_AROUND = (
    *("site_name", "feed_link", "og_locale", "skip_to_main", "choose_language", "language_name", "site_navigation"),
    *("unofficial_more", "trail", "home", "stored", "contents", "back_to_contents", "footer_navigation"),
    "unofficial_footer",
)
#: Marks of Markdown, which no description has: what stands between them is kept.
_MARKS = re.compile(r"\[([^]]*)\]\([^)]*\)|[*`]")
_SECTIONS = 5
_PARAGRAPHS = (2, 3)
_SENTENCES_OF_A_PARAGRAPH = (2, 3)
_ROWS_OF_A_TABLE = (6, 9)


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """A page in one language: its name, title, lead and sections; `text` is the Markdown of all but the title."""

    name: str
    language: Language
    title: str
    lead: str
    sections: tuple[tuple[str, str, str], ...]

    def text(self, link: str) -> str:
        """Return the Markdown below the title; links to other pages begin with `link`."""
        parts = [self.lead, *(f"## {heading} {{#{anchor}}}\n\n{body}" for anchor, heading, body in self.sections)]
        return "\n\n".join(parts).replace("](/", f"]({link}/") + "\n"


def corpus(count: int) -> Iterator[CorpusPage]:
    """Yield `count` pages, half of them in each language; page by page, so that a large corpus needs no memory."""
    names = [f"page-{number:05d}" for number in range(count // len(LANGUAGES))]
    for name in names:
        for language in LANGUAGES:
            chance = random.Random(f"{SEED} {name} {language}")
            yield _page(name, language, names, chance)


def write_sources(count: int, folder: Path) -> Path:
    """Write the pages into `folder` as guides of this project, with small rules beside them, and return the folder."""
    shutil.copytree(RULES, folder / "rules")
    content = copy_without_names(folder)
    for page in corpus(count):
        file = content / "guides" / f"{page.name}.{page.language}.md"
        file.write_text(f"# {page.title}\n\n{page.text('')}", "utf-8")
    return folder


def _page(name: str, language: Language, names: list[str], chance: random.Random) -> CorpusPage:
    sections = tuple(_section(at, language, names, chance) for at in range(_SECTIONS))
    title = _TITLES[language].format(*_some(2, language, chance))
    return CorpusPage(name, language, title, _paragraph(language, names, chance), sections)


def _section(at: int, language: Language, names: list[str], chance: random.Random) -> tuple[str, str, str]:
    parts = [_paragraph(language, names, chance) for _ in range(chance.randint(*_PARAGRAPHS))]
    if at in (1, 3):
        parts.append(_table(language, chance))
    if at in (2, 4):
        parts.append("\n".join(f"- {_sentence(language, names, chance)}" for _ in range(chance.randint(3, 5))))
    return f"part-{at}", _HEADINGS[language].format(*_some(2, language, chance)), "\n\n".join(parts)


def _paragraph(language: Language, names: list[str], chance: random.Random) -> str:
    sentences = [_sentence(language, names, chance) for _ in range(chance.randint(*_SENTENCES_OF_A_PARAGRAPH))]
    return ("" if language == "ja" else " ").join(sentences)


def _sentence(language: Language, names: list[str], chance: random.Random) -> str:
    link = f"/{chance.choice(names)}/#part-{chance.randrange(_SECTIONS)}"
    return chance.choice(_SENTENCES[language]).format(*_some(2, language, chance), link=link)


def _table(language: Language, chance: random.Random) -> str:
    columns = _COLUMNS[language]
    rows = [
        [_ROWS[language].format(noun) if at == 1 else noun for at, noun in enumerate(_some(4, language, chance))]
        for _ in range(chance.randint(*_ROWS_OF_A_TABLE))
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, ["---"] * len(columns), *rows))


def _some(count: int, language: Language, chance: random.Random) -> list[str]:
    return chance.sample(_NOUNS[language], count)


def write_for_peers(count: int, folder: Path, content: str, data: str) -> None:
    """Write the pages as other generators read them, with front matter, and the words around them.

    Args:
        count: how many pages.
        folder: where the generator is run.
        content: the folder from there in which the pages of each language lie in a folder of their own.
        data: the folder from there of the words.
    """
    for language in LANGUAGES:
        (folder / content / language).mkdir(parents=True)
    (folder / data).mkdir()
    (folder / data / "words.json").write_text(json.dumps(_words(), ensure_ascii=False), "utf-8")
    for page in corpus(count):
        front = {
            "title": page.title,
            "description": _MARKS.sub(r"\1", page.lead),
            "language": page.language,
            "layout": LAYOUT,
        }
        lines = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items())
        file = folder / content / page.language / f"{page.name}.md"
        file.write_text(f"---\n{lines}\n---\n\n{page.text(f'/{page.language}')}", "utf-8")


def _words() -> Mapping[Language, Mapping[str, object]]:
    """Return the words around a page by language, those that this project has there."""
    files = [yaml.safe_load((ROOT / "content" / name).read_text("utf-8")) for name in INTERFACE]
    texts = {name: text for file in files for name, text in file.items()}
    return {
        language: {
            **{name: texts[name][language] for name in _AROUND},
            "unofficial": texts["unofficial_footer"][language],
            "menu": [_way("menu", one, texts, language) for one in _MENU],
            "navigation": [_way("navigation", one, texts, language) for one in _NAVIGATION],
        }
        for language in LANGUAGES
    }


def _way(kind: str, name: str, texts: Mapping[str, Mapping[str, str]], language: Language) -> Mapping[str, str]:
    return {"path": "" if name == "home" else f"{name}/", "text": texts[f"{kind}_{name}"][language]}

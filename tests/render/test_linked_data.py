"""JSON-LD: it can be read, it says what its page says, and its addresses are pages of the site."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from site_builder.errors import Place
from site_builder.render.linked_data import linked_data
from site_builder.site.addresses import Address, Link
from site_builder.site.page import Page
from site_builder.site.prose import read_prose
from site_builder.site.public_address import public_address
from site_builder.site.structured import Question, questions_of
from site_builder.sources.source_file import SourceFile

Pages = dict[str, LexborHTMLParser]
ADDRESS = public_address("https://guide.go.jp/", Place("site.yaml"))
RESERVED = "https://monozukuri-guide.example/"
#: Every property that is used, by its type in schema.org 29; a new one is looked up there before it is added here.
PROPERTIES = {
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "WebPage": {"inLanguage", "about", "citation"},
    "GovernmentService": {"name", "url", "serviceType", "provider", "areaServed", "audience"},
    "GovernmentOrganization": {"name"},
    "Country": {"name"},
    "BusinessAudience": {"audienceType"},
    "Dataset": {"name", "description", "url", "inLanguage", "version", "isAccessibleForFree", "distribution"},
    "DataDownload": {"name", "contentUrl", "encodingFormat"},
    "FAQPage": {"inLanguage", "mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
}


def graph(page: LexborHTMLParser) -> list[dict[str, Any]]:
    blocks = page.css('script[type="application/ld+json"]')
    assert len(blocks) <= 1
    return [node for block in blocks for node in json.loads(block.text())["@graph"]]


def nodes(value: object) -> list[dict[str, Any]]:
    """Return every node in it, however deep."""
    if isinstance(value, list):
        return [node for one in value for node in nodes(one)]
    return [value, *nodes(list(value.values()))] if isinstance(value, dict) else []


def named(page: LexborHTMLParser, kind: str) -> list[dict[str, Any]]:
    return [node for node in nodes(graph(page)) if node["@type"] == kind]


def test_nothing_is_said_in_words_that_schema_org_does_not_have(pages: Pages) -> None:
    for name, page in pages.items():
        for node in nodes(graph(page)):
            assert set(node) - {"@type"} <= PROPERTIES[node["@type"]], name


def test_the_trail_is_told_as_it_is_shown_and_leads_to_pages(built_site: Path, pages: Pages) -> None:
    for name, page in pages.items():
        shown = [item.text(strip=True) for item in page.css("nav.trail li")]
        told = [item for trail in named(page, "BreadcrumbList") for item in trail["itemListElement"]]
        assert [item["name"] for item in told] == shown, name
        assert [item["position"] for item in told] == list(range(1, len(told) + 1))
        for item in told[:-1]:
            assert item["item"].startswith(RESERVED)
            assert (built_site / item["item"].removeprefix(RESERVED) / "index.html").is_file()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_open_data_is_a_data_set_of_files_that_are_there(language: str, built_site: Path, pages: Pages) -> None:
    (one,) = named(pages[f"{language}/data/index.html"], "Dataset")
    index = json.loads((built_site / "data/index.json").read_text(encoding="utf-8"))
    assert (one["name"], one["version"]) == (index["title"][language], index["edition"])
    told = {file["contentUrl"].removeprefix(RESERVED): file["encodingFormat"] for file in one["distribution"]}
    tables = {f"data/{table['address']}": "text/csv" for table in index["tables"]}
    assert told == {"data/index.json": "application/json", **tables}
    assert all((built_site / path).is_file() for path in told)
    assert [name for name, page in pages.items() if named(page, "Dataset")] == [
        "en/data/index.html",
        "ja/data/index.html",
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_frame_is_a_service_with_what_its_page_says(language: str, pages: Pages) -> None:
    page = pages[f"{language}/monozukuri/r3s/13/digital/index.html"]
    (service,) = named(page, "GovernmentService")
    words = page.css_first("main")
    assert words is not None
    assert service["url"] == f"{RESERVED}{language}/monozukuri/r3s/13/digital/"
    heading = page.css_first("h1")
    assert heading is not None
    assert all(part in heading.text() for part in service["name"].split("\u3000")[-1].split(" ")[-1:])
    assert service["audience"]["audienceType"]
    assert all(label in words.text() for label in service["audience"]["audienceType"])
    (about,) = named(page, "WebPage")
    assert about["citation"]
    assert all(title in words.text() for title in about["citation"])


def test_each_programme_round_and_frame_is_a_service_and_no_other_page(pages: Pages) -> None:
    for name, page in pages.items():
        is_service = page.css_first(".key") is not None or name.count("/") == 2
        assert len(named(page, "GovernmentService")) <= int(is_service), name
    services = [name for name, page in pages.items() if named(page, "GovernmentService")]
    assert len(services) > 150
    assert {"ja/monozukuri/index.html", "ja/monozukuri/r3s/13/index.html", "en/jizokuka/r3s/index.html"} <= {*services}


def test_the_provider_is_named_where_the_page_of_the_programme_names_it(pages: Pages) -> None:
    for programme in ("monozukuri", "it", "jizokuka", "kodo-renkei", "shoukei"):
        page = pages[f"ja/{programme}/index.html"]
        (service,) = named(page, "GovernmentService")
        words = page.css_first("main")
        assert words is not None
        assert service["provider"]["name"] in words.text()


PAGE = Page(Address(("x",)), "en", "guide.html", "X", "D", None, trail=(Link("</script><!--", "en/"),))


def test_no_text_can_end_the_block() -> None:
    text = linked_data(PAGE, ADDRESS)
    assert text is not None
    assert "<" not in text
    assert json.loads(text)["@graph"][0]["itemListElement"][0]["name"] == "</script><!--"


def test_a_page_with_nothing_to_say_and_a_copy_for_other_sites_have_no_block() -> None:
    assert linked_data(dataclasses.replace(PAGE, trail=()), ADDRESS) is None
    assert linked_data(dataclasses.replace(PAGE, is_embedded=True), ADDRESS) is None


def asked(text: str) -> tuple[Question, ...]:
    file = SourceFile("faq.en.md", f"# FAQ\n\nLead.\n\n## Who {{#who}}\n\n{text}")
    return questions_of(read_prose(file, "en", {}, frozenset({"check/"})))


def test_headings_are_questions_and_the_words_below_them_answers() -> None:
    text = (
        "### Who may *apply*? {#who-may}\n\nSee [the check](/check/).\n\n- **One**\n- Two\n\n"
        "### 返還は。 {#repayment}\n\n｜返還《へんかん》。\n"
    )
    assert asked(text) == (
        Question("Who may apply?", "See the check.\nOne\nTwo"),
        Question("返還は。", "返還。"),
    )


@pytest.mark.parametrize("text", ["No heading.\n", "### A heading\n\nand no question.\n"])
def test_without_a_question_or_an_answer_there_is_none(text: str) -> None:
    assert asked(text) == ()


def test_questions_become_a_page_of_questions() -> None:
    page = dataclasses.replace(PAGE, trail=(), questions=(Question("Q?", "A"),))
    text = linked_data(page, ADDRESS)
    assert text is not None
    assert json.loads(text)["@graph"] == [
        {
            "@type": "FAQPage",
            "inLanguage": "en",
            "mainEntity": [{"@type": "Question", "name": "Q?", "acceptedAnswer": {"@type": "Answer", "text": "A"}}],
        }
    ]

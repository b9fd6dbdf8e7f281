"""Every page with scripts can say, in its language, what has failed and what can be read without them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml
from selectolax.lexbor import LexborHTMLParser

from site_builder.build import PROJECT

WORDS = yaml.safe_load((PROJECT / "content/trouble.yaml").read_text(encoding="utf-8"))
WORKER = (PROJECT / "site_builder/theme/scripts/worker.mjs").read_text(encoding="utf-8")

Pages = Mapping[str, LexborHTMLParser]


def with_scripts(pages: Pages) -> Pages:
    return {path: page for path, page in pages.items() if page.css_first("script[type=module]") is not None}


def test_what_is_said_when_scripts_fail_is_in_the_language_of_the_page_and_leads_somewhere(pages: Pages) -> None:
    found = with_scripts(pages)
    assert {path.split("/")[0] for path in found} == {"ja", "en"}
    for path, page in found.items():
        told = page.css("#trouble [data-when]")
        language = path.split("/")[0]
        assert [one.text() for one in told] == [WORDS["trouble_late"][language], WORDS["trouble_failed"][language]]
        (link,) = page.css("#trouble a")
        target = link.attributes["href"] or ""
        assert not target.startswith("#") or page.css_first(target) is not None, path


def test_every_reason_for_which_there_is_no_answer_has_its_words_on_every_page_that_calculates(pages: Pages) -> None:
    named = re.search(r'@param \{("unsupported" \| [^}]*)\} code @param \{unknown\} cause', WORKER)
    assert named is not None
    codes = {*re.findall(r'"(\w+)"', named[1]), "memory"}
    assert len(codes) > 5
    calculating = {path: page for path, page in pages.items() if page.css_first("[data-runtime]") is not None}
    assert len(calculating) > 4
    missing = {
        path: {code for code in codes if page.css_first(f"#pattern-failure-{code}") is None}
        for path, page in calculating.items()
    }
    assert {path: lacking for path, lacking in missing.items() if lacking} == {}

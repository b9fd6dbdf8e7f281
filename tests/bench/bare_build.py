"""Builds the same pages with markdown-it-py and jinja2 alone: python tests/bench/bare_build.py SOURCES OUT.

This is what the two libraries take by themselves, in as many processes as the machine has processors: no generator that
rests on them builds these pages sooner. It reads what Eleventy reads, layout included, and imports nothing else.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

import jinja2
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_LAYOUT = "page.njk"
_ANCHOR = re.compile(r"(.*) \{#([a-z0-9-]+)\}")
_HEADING = re.compile(r'<h2 id="(?P<anchor>[^"]+)">(?P<words>.*?)</h2>')


def main(sources: Path, out: Path) -> None:
    """Build the pages in the folder `sources` into `out`."""
    files = sorted((sources / "content").glob("*/*.md"))
    processes = os.cpu_count() or 1
    shares = [files[at::processes] for at in range(processes)]
    workers = [get_context("fork").Process(target=_build, args=(share, sources, out)) for share in shares]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        sys.exit(1)


def _build(files: Sequence[Path], sources: Path, out: Path) -> None:
    markdown, layout = _markdown(), _layout(sources / "_includes")
    words = json.loads((sources / "_data" / "words.json").read_text("utf-8"))
    for file in files:
        _, front, text = file.read_text("utf-8").split("---\n", 2)
        given = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in front.splitlines())}
        folder = Path(given["language"], file.stem)
        page = {"url": f"/{folder.as_posix()}/"}
        html = layout.render(given, words=words, page=page, content=markdown.render(text))
        (out / folder).mkdir(parents=True)
        (out / folder / "index.html").write_text(html, "utf-8")


def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark").enable("table")
    reader.core.ruler.push("anchors", _anchors)
    return reader


def _layout(folder: Path) -> jinja2.Template:
    loader = jinja2.FileSystemLoader(folder)
    environment = jinja2.Environment(loader=loader, autoescape=True, auto_reload=False)
    environment.filters |= {"headings": _headings, "dump": _dump}
    return environment.get_template(_LAYOUT)


def _headings(html: str) -> list[dict[str, str]]:
    """Return the anchors and words of a page's headings."""
    return [one.groupdict() for one in _HEADING.finditer(html)]


def _anchors(state: StateCore) -> None:
    """Give a heading the anchor that stands behind it: `## Heading {#anchor}`."""
    for at, token in enumerate(state.tokens):
        if token.type == "heading_open":
            text = (state.tokens[at + 1].children or [])[-1]
            if found := _ANCHOR.fullmatch(text.content):
                text.content = found[1]
                token.attrSet("id", found[2])


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

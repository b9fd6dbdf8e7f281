"""What the service worker of the built site keeps."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from site_builder.render.offline import service_worker
from site_builder.site.plan import Site

NEEDED_PAGES = ("ja/check/index.html", "en/check/index.html", "no-network/index.html")
KEPT = re.compile(r"^const files = (\{.*\});$", re.MULTILINE)


def test_the_service_worker_names_each_file_of_the_self_diagnosis_with_its_hash(built_site: Path) -> None:
    found = KEPT.search((built_site / "sw.js").read_text(encoding="utf-8"))
    assert found is not None
    folders = [*built_site.glob("theme-*"), *built_site.glob("runtime-*")]
    needed = {file for folder in folders for file in folder.rglob("*") if file.is_file()}
    needed |= {built_site / name for name in ("rules.json", *NEEDED_PAGES)}
    assert json.loads(found[1]) == {
        file.relative_to(built_site).as_posix().removesuffix("index.html"): integrity(file) for file in needed
    }


def integrity(file: Path) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()}"


def test_every_page_can_say_that_it_is_a_copy(built_site: Path) -> None:
    worker = (built_site / "sw.js").read_text(encoding="utf-8")
    for shown in ('<p class="stored" hidden>', '<span data-day-in="'):
        assert shown in worker
        pages = [*(built_site / "ja").rglob("*.html"), *(built_site / "en").rglob("*.html")]
        assert [page for page in pages if page.read_text(encoding="utf-8").count(shown) != 1] == []


def test_a_worker_that_says_anything_else_has_another_store() -> None:
    """Or else one that fails to install would clear away what an earlier one has kept of the same files."""
    site = cast("Site", SimpleNamespace(works_offline=True, pages=()))
    names = {
        service_worker(site, {"rules.json": rules}, {"sw.js": template}).split()[0]
        for rules in (b"{}", b"[]")
        for template in ("{{ build }}", "{{ build }} // mended")
    }
    assert len(names) == 4

"""What others have made is named with its licence, in the locked versions; nothing that is sent is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from site_builder.errors import GuidanceErrors
from site_builder.publishing.manifest import read_manifest
from site_builder.render.bill import BILL_FILE, locked_packages
from site_builder.site.components import Component, components_file
from site_builder.sources.documents import read_document

PROJECT = Path(__file__).parents[2]
CONTENT = PROJECT / "content"
NODE_MODULES = PROJECT / "node_modules"
#: What was made for the site and runs nowhere but in its pages: its theme, and what pagefind has made of its pages.
OURS = re.compile(
    r"theme-|search-[^/]+/(?:(?:index|fragment)/|pagefind-entry\.json|pagefind\.[^/]+\.pf_meta|[a-z]+\.json)"
)


@pytest.fixture(scope="module")
def components() -> Mapping[str, Component]:
    return read_document(CONTENT / "licences.yaml", "content/licences.yaml", components_file)


@pytest.fixture(scope="module")
def bill(built_site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((built_site / BILL_FILE).read_bytes())
    return found


def test_versions_are_those_of_the_lock_files(components: Mapping[str, Component]) -> None:
    for one in components.values():
        if one.package is not None:
            assert one.version == locked_packages()[one.package]["version"], one.name
            assert one.licence in str(locked_packages()[one.package]["license"]).split(), one.name


def test_what_came_inside_pyodide_is_in_the_versions_that_it_names_itself(components: Mapping[str, Component]) -> None:
    info = json.loads((NODE_MODULES / "pyodide" / "pyodide-lock.json").read_bytes())["info"]
    assert components["python"].version == info["python"]
    assert components["emscripten"].version == info["platform"].removeprefix("emscripten_").replace("_", ".")
    program = (NODE_MODULES / "pyodide" / "pyodide.asm.wasm").read_bytes()
    assert f" inflate {components['zlib'].version} Copyright 1995-2024 Mark Adler".encode() in program
    assert f"{components['bzip2'].version}, 6-Sept-2010".encode() in program
    assert components["python"].holder.encode() in program


def test_every_package_that_the_site_is_sent_with_is_named(components: Mapping[str, Component]) -> None:
    wanted = json.loads((PROJECT / "package.json").read_bytes())["dependencies"]
    assert {one.package for one in components.values()} - {None} == set(wanted)


def test_the_text_of_each_licence_is_that_of_the_package_where_it_brings_one(
    components: Mapping[str, Component],
) -> None:
    brought = {
        "pagefind": "pagefind/LICENSE/LICENSE",
        "design-tokens": "@digital-go-jp/design-tokens/LICENSE",
        "biz-udpgothic": "@expo-google-fonts/biz-udpgothic/LICENSE_FONT",
    }
    for name, file in brought.items():
        text = (CONTENT / "licences" / f"{name}.txt").read_text(encoding="utf-8")
        assert text == (NODE_MODULES / file).read_text(encoding="utf-8")
        assert components[name].holder in text
    assert {file.stem for file in (CONTENT / "licences").iterdir()} == set(components)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_names_all_and_leads_to_every_text(
    pages: Mapping[str, LexborHTMLParser], built_site: Path, components: Mapping[str, Component], language: str
) -> None:
    rows = pages[f"{language}/licences/index.html"].css("tbody tr")
    assert [row.attributes["id"] for row in rows] == list(components)
    for row, one in zip(rows, components.values(), strict=True):
        assert one.title in row.text()
        assert one.holder in row.text()
        (link,) = (link for link in row.css("a") if link.text() == one.licence)
        text = built_site / language / "licences" / str(link.attributes["href"])
        assert text.read_text(encoding="utf-8") == (CONTENT / "licences" / f"{one.name}.txt").read_text(
            encoding="utf-8"
        )


def test_the_bill_has_every_file_of_others_with_the_hash_of_what_is_published(
    bill: dict[str, Any], built_site: Path
) -> None:
    hashes = read_manifest(built_site)
    files = {one["name"]: one["hashes"] for part in bill["components"] for one in part.get("components", ())}
    assert files == {name: [{"alg": "SHA-256", "content": hashes[name]}] for name in files}
    sent = {name for name in hashes if re.match(r"(?:runtime|search|theme)-[0-9a-f]{12}/", name)}
    assert set(files) == {name for name in sent if not OURS.match(name)}


def test_the_bill_is_a_document_of_cyclonedx_in_which_every_reference_leads_somewhere(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    parts = [bill["metadata"]["component"], *bill["components"]]
    parts += [one for part in bill["components"] for one in part.get("components", ())]
    references = [part["bom-ref"] for part in parts]
    assert len(references) == len(set(references))
    assert {one["ref"] for one in bill["dependencies"]} <= set(references)
    assert {name for one in bill["dependencies"] for name in one["dependsOn"]} <= set(references)
    lengths = {"SHA-256": 64, "SHA-512": 128}
    for part in parts:
        for one in part.get("hashes", ()):
            assert re.fullmatch(rf"[0-9a-f]{{{lengths[one['alg']]}}}", one["content"])


def test_the_bill_tells_apart_what_is_sent_and_what_only_makes_the_site(
    bill: dict[str, Any], components: Mapping[str, Component]
) -> None:
    scopes = {part["bom-ref"]: part["scope"] for part in bill["components"]}
    assert sum(scope == "required" for scope in scopes.values()) == len(components) + 1  # the calculator
    making = {reference for reference, scope in scopes.items() if scope == "excluded"}
    assert any(one.startswith("pkg:pypi/jinja2@") for one in making)
    assert any(one.startswith("pkg:pypi/pyodide-build@") for one in making)
    assert not any("playwright" in one or "axe-core" in one for one in making)


PLAIN = """\
components:
  one: {title: One, holder: Somebody, licence: MIT, source: "https://one.example/", does: {ja: あります。, en: Is.}}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("title: One", "inside: two, title: One", "unknown-name"),
        ("https:", "javascript:", "bad-literal"),
        ("MIT", "MIT or so", "bad-literal"),
        ("title: One", "version: newest, title: One", "bad-literal"),
        ("holder: Somebody, ", "", "missing-key"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(tmp_path: Path, right: str, wrong: str, code: str) -> None:
    file = tmp_path / "licences.yaml"
    read = partial(read_document, file, "content/licences.yaml", components_file)
    file.write_text(PLAIN, encoding="utf-8")
    assert list(read()) == ["one"]
    file.write_text(PLAIN.replace(right, wrong), encoding="utf-8")
    with pytest.raises(GuidanceErrors) as caught:
        read()
    assert [error.code for error in caught.value.errors] == [code]

"""The bill of materials: what others have made of a site goes in, a CycloneDX document comes out, always the same.

What visitors get stands first, each with its hash at npm and with the published files of its own; then, marked as
excluded, the packages that only make the site. Versions and hashes are those of the lock files.
"""

from __future__ import annotations

import base64
import json
import re
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from site_builder.site.components import Component
from site_builder.site.plan import Site

BILL_FILE = "bom.cdx.json"
_PROJECT = Path(__file__).parents[2]
_SITE = "monozukuri-guide"
#: Our own package, which runs in the browser as well.
_CALCULATOR = "calculator"
#: Which component the published files of the runtime and of the search are part of; all others were made for the site.
_FILES = (
    ("pyodide", re.compile(r"runtime-[^/]+/pyodide(?:\.[a-z.]+|-lock\.json)")),
    ("python", re.compile(r"runtime-[^/]+/python_stdlib\.zip")),  # with the calculator in it
    ("pagefind", re.compile(r"search-[^/]+/(?:pagefind\.js|wasm\.[a-z]+\.pagefind)")),
)
_LOCKED_IN_PYTHON = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)

Part = Mapping[str, object]


def bill_of_materials(site: Site, hashes: Mapping[str, str]) -> bytes:
    """Return the document; `hashes` are the SHA-256 of published files, by their paths from the root."""
    shipped = [_calculator(), *(_component(one, hashes) for one in site.components)]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": _SITE, "name": _SITE, "version": site.edition}},
        "components": [*shipped, *_only_for_making({one.package for one in site.components})],
        "dependencies": list(_dependencies(site.components)),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    name = uuid.uuid5(uuid.NAMESPACE_URL, text)  # named after what it says, so that it is the same every time
    return json.dumps({"serialNumber": f"urn:uuid:{name}", **document}, ensure_ascii=False, indent=1).encode()


def _calculator() -> Part:
    project = tomllib.loads((_PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {"type": "library", "bom-ref": _CALCULATOR, "name": project["name"], "version": project["version"]}
    return {**named, "scope": "required"}


def _files_of(owner: str, hashes: Mapping[str, str]) -> Part:
    files = [_file(name, hashes[name]) for name in sorted(hashes) if _owner(name) == owner]
    return {"components": files} if files else {}


def _component(one: Component, hashes: Mapping[str, str]) -> Part:
    locked = {} if one.package is None else locked_packages()[one.package]
    return {
        "type": "library",
        "bom-ref": _reference(one),
        "name": one.title if one.package is None else one.package,
        **({} if one.version is None else {"version": one.version}),
        "scope": "required",
        **({} if one.package is None else {"purl": _at_npm(one.package, str(locked["version"]))}),
        **({"hashes": [_integrity(str(locked["integrity"]))]} if locked else {}),
        "licenses": [{"license": {"id": one.licence}}],
        "copyright": one.holder,
        "externalReferences": [{"type": "website", "url": one.source}],
        **_files_of(one.name, hashes),
    }


def _reference(one: Component) -> str:
    return one.name if one.version is None else f"{one.name}@{one.version}"


def _file(name: str, digest: str) -> Part:
    return {"type": "file", "bom-ref": name, "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def _owner(name: str) -> str | None:
    return next((owner for owner, pattern in _FILES if pattern.fullmatch(name)), None)


def _only_for_making(shipped: set[str | None]) -> Iterator[Part]:
    for name, package in locked_packages().items():
        if name not in shipped and not package.get("dev"):
            version = str(package["version"])
            yield {
                **_excluded(name, version, _at_npm(name, version)),
                "hashes": [_integrity(str(package["integrity"]))],
                "licenses": [{"expression": str(package["license"])}],
            }
    for name, version in sorted(_python_packages()):
        yield _excluded(name, version, f"pkg:pypi/{name}@{version}")


def _excluded(name: str, version: str, purl: str) -> dict[str, object]:
    named = {"type": "library", "bom-ref": purl, "name": name, "version": version}
    return {**named, "scope": "excluded", "purl": purl}


def _dependencies(components: Iterable[Component]) -> Iterator[Part]:
    known = {one.name: _reference(one) for one in components}
    used = [_reference(one) for one in components if one.inside is None]
    yield {"ref": _SITE, "dependsOn": [_CALCULATOR, *used]}
    for name, reference in known.items():
        yield {"ref": reference, "dependsOn": [_reference(one) for one in components if one.inside == name]}


def _at_npm(name: str, version: str) -> str:
    return f"pkg:npm/{name.replace('@', '%40')}@{version}"


def _integrity(text: str) -> Part:
    algorithm, _, digest = text.partition("-")
    return {"alg": algorithm.replace("sha", "SHA-"), "content": base64.b64decode(digest).hex()}


@cache
def locked_packages() -> Mapping[str, Mapping[str, object]]:
    """Return what package-lock.json says of each package, by its name."""
    packages = json.loads((_PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return MappingProxyType({path.removeprefix("node_modules/"): one for path, one in packages.items() if path})


@cache
def _python_packages() -> frozenset[tuple[str, str]]:
    texts = ((_PROJECT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "requirements-runtime.txt"))
    return frozenset(found for text in texts for found in _LOCKED_IN_PYTHON.findall(text))

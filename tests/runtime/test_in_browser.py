"""The packed runtime starts in a module worker of a real browser, under the site's policy, from one origin."""

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from site_builder.hosting.headers import AHEAD_FILE
from site_builder.render.ahead import ahead
from site_builder.runtime import RuntimePackage, pack_runtime
from site_builder.serve import served
from tests.windows import new_context

ROOT = Path(__file__).parents[2]
PAGE = Path(__file__).parent / "page"
SCRIPTS = ROOT / "site_builder" / "theme" / "scripts"

pytestmark = pytest.mark.browser


def run_in_worker(
    browser: Browser, package: RuntimePackage, site: Path, program: str
) -> tuple[dict[str, Any], list[str]]:
    """Run a Python program in the packed runtime; return the worker's answer and every address that was asked for."""
    shutil.copytree(SCRIPTS, site / "theme-000000000000" / "scripts")
    shutil.copytree(PAGE, site, dirs_exist_ok=True)  # with a worker of its own in the place of the site's
    (site / AHEAD_FILE).write_bytes(ahead())
    (site / package.directory_name).mkdir()
    for name, file in package.files.items():
        shutil.copyfile(file, site / package.directory_name / name)
    asked = urlencode({"runtime": f"/{package.directory_name}", "program": program})
    with served(site) as address, new_context(browser) as context:
        requests: list[str] = []
        context.on("request", lambda request: requests.append(request.url))
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}ja/check/?{asked}")  # where the table lets a page have a worker
        expect(page).to_have_title("answered")
        answer = json.loads(page.inner_text("#answer"))
        assert complaints == []
    return answer, [request.removeprefix(address) for request in requests]


#: What the library holds, beside the sample's own answer.
LOOK_AROUND = """
import json, calculator
from sitecustomize import modules
json.dumps([calculator.ANSWER, sorted(modules)])
"""


def test_the_sample_runs_with_what_is_imported_and_nothing_else_and_no_request_leaves_the_origin(
    chromium: Browser, packed: RuntimePackage, tmp_path: Path
) -> None:
    answer, requests = run_in_worker(chromium, packed, tmp_path / "site", LOOK_AROUND)
    assert answer["violations"] == []
    value, modules = json.loads(answer["value"])
    assert value == 42
    assert {"calculator", "calculator.answers", "fractions", "json.decoder", "encodings.utf_8_sig"} <= set(modules)
    assert {"sqlite3", "unittest", "urllib.request", "csv", "tarfile", "os", "calculator.__main__"}.isdisjoint(modules)
    assert [request for request in requests if ":" in request] == []
    assert set(requests) >= {f"{packed.directory_name}/{name}" for name in packed.files}


#: Imports every module named below, makes a mistake, and returns the functions that its traceback names, with the kinds
#: of what was executed meanwhile (dataclasses do so): text has to be compiled first, code is ready.
IMPORT_ALL = """
import builtins, importlib, traceback
executed, execute = set(), builtins.exec
builtins.exec = lambda what, *scope: (executed.add(type(what).__name__), execute(what, *scope))
for name in {names}:
    importlib.import_module(name)
builtins.exec = execute
from calculator import browser
functions = ""
try:
    browser.load("no JSON")
except ValueError as error:
    functions = " ".join(frame.name for frame in traceback.extract_tb(error.__traceback__))
f"{{functions}}; {{executed}}"
"""


def test_every_module_of_the_real_calculator_is_imported_without_compiling_and_a_mistake_names_its_functions(
    chromium: Browser, tmp_path: Path
) -> None:
    package = pack_runtime(ROOT / "calculator", ROOT / "node_modules", ROOT / ".cache")
    files = [file.relative_to(ROOT).with_suffix("") for file in sorted((ROOT / "calculator").rglob("*.py"))]
    names = [".".join(file.parts) for file in files if file.name not in ("__main__", "__init__")]
    answer, _ = run_in_worker(chromium, package, tmp_path / "site", IMPORT_ALL.format(names=names))
    assert (answer["value"], answer["violations"]) == ("<module> load rule_book_from_json; {'code'}", [])

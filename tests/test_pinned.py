"""What is published of packages is what was looked at: a file with other contents stops the build with what to do."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.cli import ENVIRONMENT_ERROR, main
from site_builder.pinned import LIST, OtherContentsError, pins, refuse_others
from site_builder.render.cards import BOLD, REGULAR, Cards
from site_builder.render.theme import read_theme
from site_builder.render.tokens import TOKENS_FILE
from site_builder.runtime import pack_runtime, packing

PROJECT = Path(__file__).parents[1]
NODE_MODULES = PROJECT / "node_modules"


def test_the_list_is_one_that_sha256sum_reads_and_every_installed_file_is_as_it_says() -> None:
    command = ["sha256sum", "--check", "--strict", "--quiet", "-"]
    installed = "".join(f"{digest}  {name}\n" for name, digest in pins().items() if name.startswith("node_modules/"))
    subprocess.run(command, cwd=PROJECT, input=installed, text=True, check=True)
    assert LIST.read_text() == "".join(
        f"{digest}  {name}\n" for name, digest in sorted(pins().items(), key=lambda one: one[0])
    )


def test_what_runs_in_a_browser_is_published_with_the_contents_on_the_list(built_site: Path) -> None:
    """But for what is made anew: Pyodide's library and lock file."""
    (search,) = built_site.glob("search-*")
    (runtime,) = built_site.glob("runtime-*")
    refuse_others("search", {file.name: file for file in search.iterdir() if file.suffix in (".js", ".pagefind")})
    refuse_others("node_modules/pyodide", {name: runtime / name for name in packing.PYODIDE_FILES})
    assert {name for name in pins() if name.startswith("search/")} == {
        f"search/{file.name}" for file in search.iterdir() if file.suffix in (".js", ".pagefind")
    }


@pytest.fixture
def tampered(tmp_path: Path) -> Path:
    """A folder of packages, each file of which has one byte more than it should."""
    for name in (name for name in pins() if name.startswith("node_modules/")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT / name, tmp_path / name)
        with (tmp_path / name).open("ab") as file:
            file.write(b"\n")
    return tmp_path / "node_modules"


def test_a_changed_file_of_any_package_stops_what_is_made_of_it(tampered: Path, tmp_path: Path) -> None:
    with pytest.raises(OtherContentsError, match=r"pyodide/pyodide\.mjs:1:1: this file has other contents"):
        pack_runtime(PROJECT / "calculator", tampered, tmp_path / "cache")
    with pytest.raises(OtherContentsError, match=r"tokens\.css.* has other contents"):
        read_theme(PROJECT / "site_builder" / "theme", tampered)
    with pytest.raises(OtherContentsError, match=r"400Regular\.ttf.* has other contents"):
        _ = Cards(tampered, tmp_path / "cards")._look
    assert {f"node_modules/{one.as_posix()}" for one in (TOKENS_FILE, REGULAR, BOLD)} <= set(pins())


def test_a_file_that_is_not_on_the_list_is_refused_with_the_line_for_it() -> None:
    with pytest.raises(OtherContentsError) as told:
        refuse_others("search", {"other.js": b""})
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert "is not in site_builder/pinned.sha256" in str(told.value)
    assert str(told.value).endswith(f"\n        {empty}  search/other.js")


def test_a_build_that_meets_one_ends_with_the_code_for_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {**pins(), "node_modules/pyodide/pyodide.mjs": "0" * 64}
    monkeypatch.setattr("site_builder.pinned.pins", lambda: wrong)
    assert main(["build", f"--out={tmp_path / 'public'}"]) == ENVIRONMENT_ERROR
    assert (
        "this file has other contents than site_builder/pinned.sha256 says [other-contents]" in capsys.readouterr().err
    )
    assert not (tmp_path / "public").exists()

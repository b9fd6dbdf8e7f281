"""The list of a site's files shows what was changed, added or taken away, on this machine and where it is served."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.cli import CONTENT_ERROR, DONE, ENVIRONMENT_ERROR, USAGE_ERROR, main
from site_builder.publishing import files_of, publish
from site_builder.publishing.manifest import MANIFEST, manifest_of, read_manifest
from site_builder.serve import served

FILES = {"index.html": b"all", "ja/index.html": "\u5168\u90e8".encode(), "_headers": b"/*\n", ".nojekyll": b""}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    publish({**FILES, MANIFEST: manifest_of(FILES)}, tmp_path / "public")
    return tmp_path / "public"


def test_the_real_site_has_every_file_on_its_list_and_sha256sum_finds_each_as_it_says(built_site: Path) -> None:
    assert [*read_manifest(built_site)] == [name for name in files_of(built_site) if name != MANIFEST]
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", MANIFEST], cwd=built_site, check=True)


def test_an_untouched_site_is_as_it_was_built(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", f"--out={site}"]) == DONE
    assert capsys.readouterr().out.startswith("4 files are as ")


WAYS: dict[str, Callable[[Path], object]] = {
    "ja/index.html: this file has other contents than the list says": lambda site: (site / "ja/index.html").write_text(
        "x"
    ),
    "index.html: this file is missing": lambda site: (site / "index.html").unlink(),
    "ja/new.js: this file is not on the list": lambda site: (site / "ja/new.js").write_text("x"),
}


@pytest.mark.parametrize("told", WAYS)
def test_what_has_become_of_a_file_is_told(site: Path, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    WAYS[told](site)
    assert main(["verify", f"--out={site}"]) == CONTENT_ERROR
    said = capsys.readouterr().err
    assert f"{site}/{told}\n" in said
    assert said.count(f"{site}/") == 1
    assert "hint: publish the site again" in said


def test_what_a_host_serves_is_held_against_the_list_of_whoever_has_built_it(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    altered = {**FILES, "ja/index.html": b"altered"}
    publish({**altered, MANIFEST: manifest_of(altered)}, tmp_path / "elsewhere" / "public")
    with served(site) as there:
        assert main(["verify", f"--out={site}", f"--at={there}"]) == DONE
        assert capsys.readouterr().out.startswith("2 files are served at http://127.0.0.1")
        (site / "index.html").unlink()
        assert main(["verify", f"--out={site}", f"--at={there}"]) == CONTENT_ERROR
        assert f"{there}index.html: the host answers 404" in capsys.readouterr().err
    with served(tmp_path / "elsewhere" / "public") as there:
        assert main(["verify", f"--out={site}", f"--at={there}"]) == CONTENT_ERROR
        assert f"{there}ja/index.html: the host serves other contents than the list says" in capsys.readouterr().err


def test_without_a_list_or_a_host_it_is_told_what_is_missing(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", f"--out={tmp_path}"]) == ENVIRONMENT_ERROR
    assert f"{tmp_path}/SHA256SUMS: there is no such list\n    hint: build the site" in capsys.readouterr().err
    with served(site) as there:
        pass
    assert main(["verify", f"--out={site}", f"--at={there}"]) == ENVIRONMENT_ERROR
    assert "refused" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["http://guide.example/", "file:///etc/", "guide.example", "http://127.0.0.1.example/"]
)
def test_only_a_safe_connection_proves_anything(site: Path, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["verify", f"--out={site}", f"--at={address}"])
    assert ended.value.code == USAGE_ERROR
    assert "is not where a site is served" in capsys.readouterr().err

"""What the packed runtime holds, and that it comes out the same every time."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from site_builder.errors import GuidanceError
from site_builder.runtime import RuntimePackage, pack_runtime, packing
from site_builder.set_up import PYODIDE_PYTHON

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "node_modules"


def pack_again(source: Path, cache: Path) -> tuple[RuntimePackage, list[str]]:
    """Pack, and keep what was said meanwhile."""
    said: list[str] = []
    return pack_runtime(source, NODE_MODULES, cache, said.append), said


def contents(package: RuntimePackage) -> dict[str, bytes]:
    return {name: file.read_bytes() for name, file in package.files.items()}


def packed_wheel(package: RuntimePackage) -> Path:
    (wheel,) = (file for name, file in package.files.items() if name.endswith(".whl"))
    return wheel


def test_the_lock_file_names_the_wheel_and_nothing_else(packed: RuntimePackage) -> None:
    packages = json.loads(packed.files["pyodide-lock.json"].read_text())["packages"]
    wheel = packed.files[packages["calculator"]["file_name"]]
    assert list(packages) == ["calculator"]
    assert packages["calculator"]["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert packages["calculator"]["imports"] == ["calculator"]
    assert packages["calculator"]["version"] == "1.2.3"


def test_the_wheel_holds_the_package_alone_as_byte_code(packed: RuntimePackage) -> None:
    names = [name for name in zipfile.ZipFile(packed_wheel(packed)).namelist() if ".dist-info/" not in name]
    assert names == ["calculator/__init__.pyc", "calculator/answers.pyc"]


def test_pyodide_is_published_as_it_ships_but_for_its_library(packed: RuntimePackage) -> None:
    for name in ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm"):
        assert packed.files[name].read_bytes() == (NODE_MODULES / "pyodide" / name).read_bytes()
    assert set(packed.files) == {*packing.PYODIDE_FILES, packing.LIBRARY, packing.LOCK_FILE, packed_wheel(packed).name}


def test_the_library_holds_byte_code_of_what_is_imported_and_of_nothing_else(packed: RuntimePackage) -> None:
    shipped = zipfile.ZipFile(NODE_MODULES / "pyodide" / packing.LIBRARY)
    left = [name.removesuffix("c") for name in zipfile.ZipFile(packed.files[packing.LIBRARY]).namelist()]
    assert {"fractions.py", "json/decoder.py", "pyodide/webloop.py", "encodings/utf_8_sig.py"} <= set(left)
    assert {"sqlite3/__init__.py", "unittest/__init__.py", "urllib/request.py", "csv.py"}.isdisjoint(left)
    assert set(left) - set(shipped.namelist()) == {"_ready_made_dataclasses.py"}


def test_archives_are_stored_so_that_a_server_can_compress_them(packed: RuntimePackage) -> None:
    for archive in (packed.files[packing.LIBRARY], packed_wheel(packed)):
        for entry in zipfile.ZipFile(archive).infolist():
            assert (entry.compress_type, entry.date_time) == (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))


def test_docstrings_and_line_tables_are_left_out_of_byte_code(packed: RuntimePackage) -> None:
    content = zipfile.ZipFile(packed_wheel(packed)).read("calculator/__init__.pyc")
    assert b"A sample." not in content
    assert b"ANSWER" in content


def test_what_was_packed_once_is_not_packed_again(sample: Path, cache: Path, packed: RuntimePackage) -> None:
    assert pack_again(sample, cache) == (packed, [])


def test_the_same_source_gives_the_same_bytes_wherever_and_whenever(
    sample: Path, packed: RuntimePackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    shutil.copytree(sample.parent, tmp_path / "another place")
    again, _ = pack_again(tmp_path / "another place" / "calculator", tmp_path / "another cache")
    assert contents(again) == contents(packed)
    assert again.directory_name == packed.directory_name


def test_another_source_gets_another_folder(sample: Path, packed: RuntimePackage, cache: Path, tmp_path: Path) -> None:
    shutil.copytree(sample.parent, tmp_path / "changed")
    (tmp_path / "changed" / "calculator" / "answers.py").write_text("ANSWER = 43\n")
    changed, said = pack_again(tmp_path / "changed" / "calculator", cache)
    assert changed.directory_name != packed.directory_name
    assert len(said) == 3


def test_a_package_that_cannot_be_compiled_leaves_nothing_in_the_cache(sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample.parent, tmp_path / "broken")
    (tmp_path / "broken" / "calculator" / "answers.py").write_text("ANSWER = (\n")
    with pytest.raises(GuidanceError, match=r"'\(' was never closed"):
        pack_again(tmp_path / "broken" / "calculator", tmp_path / "cache")
    assert list((tmp_path / "cache" / "runtime").iterdir()) == []


def test_without_pyodide_the_error_says_what_to_run(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(GuidanceError, match=r"(?s)pyodide\.mjs.*make build"):
        pack_runtime(sample, tmp_path, tmp_path / "cache")


def test_the_packing_tools_are_chosen_for_pyodides_own_python() -> None:
    lock_file = json.loads((NODE_MODULES / "pyodide" / "pyodide-lock.json").read_text())
    assert lock_file["info"]["python"].startswith(f"{PYODIDE_PYTHON}.")


def test_two_builds_that_pack_the_same_at_once_do_not_hinder_each_other(tmp_path: Path) -> None:
    def made_meanwhile(work: Path) -> None:
        work.mkdir()
        (tmp_path / "packed").mkdir()
        (tmp_path / "packed" / "file").touch()

    packing.fill(tmp_path / "packed", made_meanwhile)
    assert (tmp_path / "packed" / "file").is_file()

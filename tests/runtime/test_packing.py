"""What the packed runtime holds, and that it comes out the same every time."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from site_builder.errors import GuidanceError
from site_builder.runtime import RuntimePackage, pack_runtime, packing
from site_builder.set_up import PYODIDE_PYTHON

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "node_modules"

LARGEST_FIRST_VISIT = 3_000_000  # bytes, compressed with brotli
#: Pyodide's machine code, which takes half a minute to compress at the highest quality: its hash, and its size then.
MACHINE_CODE = "pyodide.asm.wasm"
MEASURED, MEASURED_SIZE = "54309a5a2cfd757b1f0fdbc9093c92503f7b341500110329d932487183912718", 2_125_913
#: Prints the brotli size of each file that is named on its input, at a quality a little below the highest.
BROTLI = """
const { brotliCompressSync, constants } = require("zlib"), { readFileSync } = require("fs");
for (const file of readFileSync(0, "utf8").split("\\n")) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_LGWIN]: 24 };
  console.log(brotliCompressSync(readFileSync(file), { params }).length);
}
"""


def pack_again(source: Path, cache: Path) -> tuple[RuntimePackage, list[str]]:
    """Pack, and keep what was said meanwhile."""
    said: list[str] = []
    return pack_runtime(source, NODE_MODULES, cache, said.append), said


def contents(package: RuntimePackage) -> dict[str, bytes]:
    return {name: file.read_bytes() for name, file in package.files.items()}


def archived(package: RuntimePackage) -> dict[str, bytes]:
    with zipfile.ZipFile(package.files[packing.LIBRARY]) as library:
        return {name: library.read(name) for name in library.namelist()}


def test_the_lock_file_names_no_package(packed: RuntimePackage) -> None:
    shipped = json.loads((NODE_MODULES / "pyodide" / packing.LOCK_FILE).read_text())
    assert json.loads(packed.files[packing.LOCK_FILE].read_text()) == {"info": shipped["info"], "packages": {}}


def test_pyodide_is_published_as_it_ships_but_for_its_library(packed: RuntimePackage) -> None:
    for name in ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm"):
        assert packed.files[name].read_bytes() == (NODE_MODULES / "pyodide" / name).read_bytes()
    assert set(packed.files) == {*packing.PYODIDE_FILES, packing.LIBRARY, packing.LOCK_FILE}


def test_all_modules_are_in_one_piece_but_those_that_python_needs_to_find_it(packed: RuntimePackage) -> None:
    before = ["__init__", "aliases", "utf_8"]
    assert sorted(archived(packed)) == [*(f"encodings/{name}.pyc" for name in before), "modules", "sitecustomize.pyc"]


def test_the_archive_is_stored_so_that_a_server_can_compress_it(packed: RuntimePackage) -> None:
    for entry in zipfile.ZipFile(packed.files[packing.LIBRARY]).infolist():
        assert (entry.compress_type, entry.date_time) == (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))


def test_docstrings_are_left_out_of_byte_code(packed: RuntimePackage) -> None:
    content = archived(packed)["modules"]
    assert b"A sample." not in content
    assert b"ANSWER" in content


def test_a_first_visit_loads_at_most_three_megabytes() -> None:
    files = pack_runtime(ROOT / "calculator", NODE_MODULES, ROOT / ".cache", lambda _: None).files
    machine_code = files[MACHINE_CODE].read_bytes()
    assert hashlib.sha256(machine_code).hexdigest() == MEASURED, "measure its brotli size at the highest quality"
    others = "\n".join(str(file) for name, file in files.items() if name != MACHINE_CODE)
    sizes = subprocess.run(["node", "-e", BROTLI], input=others, capture_output=True, text=True, check=True)
    assert MEASURED_SIZE + sum(map(int, sizes.stdout.split())) <= LARGEST_FIRST_VISIT


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


def test_another_source_gets_another_folder(
    sample: Path, packed: RuntimePackage, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tools themselves are not run again: what they make of a source is its text here."""

    def written(project: Path, _pyodide: Path, _tools: Path, work: Path, _say: object) -> None:
        work.mkdir()
        (work / packing.LIBRARY).write_bytes((project / "calculator" / "answers.py").read_bytes())

    monkeypatch.setattr(packing, "pack", written)
    shutil.copytree(sample.parent, tmp_path / "changed")
    (tmp_path / "changed" / "calculator" / "answers.py").write_text("ANSWER = 43\n")
    changed, _ = pack_again(tmp_path / "changed" / "calculator", cache)
    assert changed.files[packing.LIBRARY].read_text() == "ANSWER = 43\n"
    assert changed.directory_name != packed.directory_name
    assert pack_again(sample, cache)[0] == packed


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

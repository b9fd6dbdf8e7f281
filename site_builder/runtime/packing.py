"""Packs the browser's Python: Pyodide, a lean library with the standard one and the calculator, an empty lock file."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.errors import GuidanceError, Place
from site_builder.pinned import refuse_others
from site_builder.set_up import RUNTIME_TOOLS

LOCK_FILE = "pyodide-lock.json"
LIBRARY = "python_stdlib.zip"
#: What is published of Pyodide as it ships; the lock file and the standard library are made anew.
PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm")
#: The time written into archives: 1980, the oldest that a zip archive can tell.
EPOCH = "315532800"

HERE = Path(__file__).parent
START_PYODIDE = HERE / "start_pyodide.mjs"
IN_PYODIDE = HERE / "in_pyodide.py"
TRIM_LIBRARY = HERE / "library.py"
BYTE_CODE = HERE / "byte_code.py"
SITE_CUSTOMIZE = HERE / "sitecustomize.py"


@dataclass(frozen=True, slots=True)
class RuntimePackage:
    """The files of the browser's Python, to be published together in one folder that never changes.

    Attributes:
        files: where each file's content lies on this machine, by the name that it must get in the folder.
        directory_name: the folder's name, `runtime-` and twelve hexadecimal digits of a hash over names and contents.
    """

    files: Mapping[str, Path]
    directory_name: str


class RuntimePackingError(GuidanceError):
    """The runtime cannot be packed: a file is missing, or a tool has failed."""

    def __init__(self, what: str, sentence: str, hint: str) -> None:
        super().__init__(Place(what), sentence, hint, "runtime-packing")


def pack_runtime(
    calculator_source: Path, node_modules: Path, cache: Path, say: Callable[[str], None] = print
) -> RuntimePackage:
    """Pack Pyodide with the package whose source is given; what was packed before from the same input is taken again.

    Args:
        calculator_source: the package's folder; the pyproject.toml beside it says how its wheel is built.
        node_modules: the folder in which npm has put `pyodide`.
        cache: a folder for what is packed; it may be missing, and may be deleted at any time.
        say: told, in a sentence, of every step that takes seconds.

    Raises:
        RuntimePackingError: something that set-up should have installed is missing, or a tool has failed.
        OtherContentsError: a file of Pyodide is not the one that was looked at.
    """
    pyodide = node_modules / "pyodide"
    tools = Path(sys.prefix) / RUNTIME_TOOLS
    require(calculator_source / "__init__.py", "name the folder of an importable package")
    require(calculator_source.parent / "pyproject.toml", "the package's wheel is built from it")
    for needed in (*(pyodide / name for name in (*PYODIDE_FILES, LIBRARY, LOCK_FILE)), tools):
        require(needed, "run `make build`, which installs it")
    refuse_others("node_modules/pyodide", {name: pyodide / name for name in (*PYODIDE_FILES, LIBRARY, LOCK_FILE)})
    packed = cache / "runtime" / fingerprint(inputs(calculator_source, pyodide, tools))
    if not packed.exists():
        fill(packed, lambda work: pack(calculator_source.parent, pyodide, tools, work, say))
    return gather(pyodide, packed)


def require(path: Path, hint: str) -> None:
    """Refuse to go on without a file or folder."""
    if not path.exists():
        raise RuntimePackingError(str(path), "the browser's Python cannot be packed without it", hint)


def inputs(calculator_source: Path, pyodide: Path, tools: Path) -> Iterable[tuple[str, Path]]:
    """Everything that decides what is packed, each under a name that does not depend on where the checkout lies."""
    for source in sorted(calculator_source.rglob("*")):
        if source.is_file() and "__pycache__" not in source.parts:
            yield f"source/{source.relative_to(calculator_source.parent).as_posix()}", source
    yield "pyproject.toml", calculator_source.parent / "pyproject.toml"
    for name in (*PYODIDE_FILES, LIBRARY, LOCK_FILE):
        yield f"pyodide/{name}", pyodide / name
    for tool in sorted(tools.glob("*.whl")):
        yield f"tools/{tool.name}", tool
    for program in (Path(__file__), START_PYODIDE, IN_PYODIDE, TRIM_LIBRARY, BYTE_CODE, SITE_CUSTOMIZE):
        yield f"packing/{program.name}", program


def fingerprint(named_files: Iterable[tuple[str, Path]]) -> str:
    """One hash over names and contents, in the order given."""
    digest = hashlib.sha256()
    for name, file in named_files:
        digest.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def fill(folder: Path, work_in: Callable[[Path], None]) -> None:
    """Make a folder whose contents some work leaves behind; there is no folder unless the work was done to its end."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="unfinished-") as unfinished:
        work_in(Path(unfinished) / "work")
        try:
            (Path(unfinished) / "work").rename(folder)
        except OSError:
            if not folder.is_dir():  # else another build has made the same folder meanwhile, of the same bytes
                raise


def pack(project: Path, pyodide: Path, tools: Path, work: Path, say: Callable[[str], None]) -> None:
    """Leave in `work` the standard library with the package in it, compiled for Pyodide's Python, and the lock file."""
    work.mkdir()
    say("building the calculator's wheel")
    run([sys.executable, "-m", "flit_core.wheel", "--outdir", str(work), str(project)])
    (work / LOCK_FILE).write_text(json.dumps(without_packages(pyodide / LOCK_FILE)))
    say("compiling the wheel inside Pyodide (a few seconds)")
    run(["node", str(START_PYODIDE), str(pyodide), str(tools), str(work), str(IN_PYODIDE), EPOCH])
    say("putting it into Pyodide's standard library, less what is never imported (a few seconds)")
    run(["node", str(START_PYODIDE), str(pyodide), str(tools), str(work), str(TRIM_LIBRARY), EPOCH])


def without_packages(lock_file: Path) -> dict[str, object]:
    """Pyodide's own lock file less its hundreds of packages, of which none is shipped here."""
    return {"info": json.loads(lock_file.read_text(encoding="utf-8"))["info"], "packages": {}}


def run(command: list[str]) -> None:
    """Run a packing tool at a fixed time and place; its words are shown only if it fails."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": "0", "TZ": "UTC"}
    if shutil.which(command[0]) is None:
        raise RuntimePackingError(command[0], "the command is not on the path", "run `make build`, which sees to it")
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if ended.returncode != 0:
        sentence = f"a packing tool has failed: {' '.join(command)}"
        raise RuntimePackingError(command[0], sentence, f"it said\n{ended.stdout}{ended.stderr}".rstrip())


def gather(pyodide: Path, packed: Path) -> RuntimePackage:
    """Name every file of the runtime, and its folder after all their contents."""
    files = {name: pyodide / name for name in PYODIDE_FILES} | {file.name: file for file in packed.iterdir()}
    return RuntimePackage(files, f"runtime-{fingerprint(sorted(files.items()))[:12]}")

"""Runs inside Pyodide as it starts in a browser: leaves in /work the library that a package needs, with that package.

What is imported is found by importing: Pyodide has started, and every module of the package is imported now, from its
wheel in /work. The browser test of the packed runtime imports them all again, from what is left. What Python has frozen
in its machine code is not needed in an archive. All others are in one piece, from which `sitecustomize.py` brings them.

Most of the time that these imports took was the compiler's: a dataclass writes its methods as Python, and compiles them
at every start. What is compiled now is kept, and `dataclasses` looks there first.
"""

import builtins
import dataclasses
import importlib
import json
import marshal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import CodeType
from zipfile import ZipFile

PROGRAMS = Path("/programs")
PYODIDE = Path("/pyodide")
WORK = Path("/work")
LIBRARY = "python_stdlib.zip"
LOCK_FILE = "pyodide-lock.json"
#: What Python calls it when it runs.
WHERE_FOUND = "/python{}{}.zip/".format(*sys.version_info)

#: A package's door for the command line, which no browser opens.
COMMAND_LINE = "/__main__.pyc"
#: What Python looks up by name while it runs.
LOOKED_UP = ("encodings.ascii", "encodings.latin_1", "encodings.utf_8_sig", "traceback", "linecache")

#: What Python imports before `sitecustomize`.
BEFORE = ("encodings", "encodings.aliases", "encodings.utf_8")
BRINGER = "sitecustomize.py"
#: Where that finds all other modules.
MODULES = "modules"

READY_MADE = "_ready_made_dataclasses.py"
#: The module of the methods that are compiled already; the text of each has its code, and any other text is compiled.
READY_MADE_SOURCE = """
import builtins, marshal
CODE = marshal.loads({code!r})
def exec(text, *scope):
    builtins.exec(CODE.get(text, text), *scope)
"""
USE_READY_MADE = b"\nfrom _ready_made_dataclasses import exec\n"


def modules_of(package: Mapping[str, bytes]) -> list[str]:
    """Return the names of all modules of a package by the paths of its byte code."""
    return sorted(_module_in(name) for name in package)


def imported() -> set[str]:
    """Return the names of all modules that have been imported from the archive of the standard library."""
    specs = {name: getattr(module, "__spec__", None) for name, module in sys.modules.items()}
    return {name for name, spec in specs.items() if spec is not None and WHERE_FOUND in (spec.origin or "")}


def files_of(modules: set[str], names: list[str]) -> list[str]:
    """Return those of the files called `names` that hold one of the modules, or a package that one is in."""
    needed = modules | {name.rpartition(".")[0] for name in modules}
    return [name for name in names if name.endswith(".py") and _module_in(name) in needed]


def _module_in(name: str) -> str:
    return name.removesuffix("c").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def import_all(modules: list[str]) -> dict[str, CodeType]:
    """Import `modules`; return what their dataclasses had compiled, by its text."""
    compiled: dict[str, CodeType] = {}

    def kept(text: str, *scope: dict[str, object]) -> None:
        compiled[text] = compile(text, "<dataclass>", "exec")
        builtins.exec(compiled[text], *scope)  # noqa: S102 - as `dataclasses` would

    dataclasses.exec = kept  # type: ignore[attr-defined]  # found before the builtin of this name
    for module in modules:
        importlib.import_module(module)
    return compiled


def trim(wheel: Path) -> None:
    """Leave the library that Pyodide needs to run the package in `wheel`, with that package in it."""
    with ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith(".pyc") and not name.endswith(COMMAND_LINE)]
        package = {name: archive.read(name) for name in names}
    sys.path.insert(0, str(wheel))
    compiled = import_all(modules_of(package))
    used = imported() | set(LOOKED_UP)

    from byte_code import compiled_file, lean  # noqa: PLC0415 - importable only once /programs is on the path

    with ZipFile(PYODIDE / LIBRARY) as library:
        files = {name: library.read(name) for name in files_of(used, library.namelist())}
    code = marshal.dumps({text: lean(one) for text, one in sorted(compiled.items())})
    files[READY_MADE] = READY_MADE_SOURCE.format(code=code).encode()
    files["dataclasses.py"] += USE_READY_MADE
    write_library(package | dict(compiled_file(name, content) for name, content in files.items()))


def write_library(files: Mapping[str, bytes]) -> None:
    """Write the archive of compiled `files`, by their paths: in one piece, but for what Python imports before it."""
    from byte_code import code_in, compiled_file, write_archive  # noqa: PLC0415 - the same

    before = {name: content for name, content in files.items() if _module_in(name) in BEFORE}
    others = {_module_in(name): (_is_package(name), code_in(files[name])) for name in sorted(files.keys() - before)}
    bringer = dict([compiled_file(BRINGER, (PROGRAMS / BRINGER).read_bytes())])
    write_archive({**before, **bringer, MODULES: marshal.dumps(others)}, WORK / LIBRARY)


def _is_package(name: str) -> bool:
    return name.endswith("/__init__.pyc")


def unlock() -> None:
    """Leave no package in the lock file: nothing is loaded beside the library."""
    lock = json.loads((WORK / LOCK_FILE).read_text())
    (WORK / LOCK_FILE).write_text(json.dumps({"info": lock["info"], "packages": {}}))


if __name__ == "__main__":
    sys.path.append(str(PROGRAMS))
    (the_wheel,) = WORK.glob("*.whl")
    trim(the_wheel)
    the_wheel.unlink()
    unlock()

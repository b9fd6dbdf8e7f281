"""Runs inside Pyodide as it starts in a browser: leaves in /work the standard library, less what is never imported.

What is imported is found by importing: Pyodide has started and loaded the package of the lock file, and every module of
that package is imported now. The browser test of the packed runtime imports them all again, from what is left.

Most of the time that these imports took was the compiler's: a dataclass writes its methods as Python, and compiles them
at every start. What is compiled now is kept, and `dataclasses` looks there first.
"""

import builtins
import dataclasses
import importlib
import json
import marshal
import sys
from pathlib import Path
from types import CodeType

PROGRAMS = Path("/programs")
PYODIDE = Path("/pyodide")
WORK = Path("/work")
LIBRARY = "python_stdlib.zip"
#: What Python calls it when it runs.
WHERE_FOUND = "/python{}{}.zip/".format(*sys.version_info)

#: A package's door for the command line, which no browser opens.
COMMAND_LINE = "__main__"
#: What Python looks up by name while it runs.
LOOKED_UP = ("encodings.ascii", "encodings.latin_1", "encodings.utf_8_sig", "traceback", "linecache")

READY_MADE = "_ready_made_dataclasses.py"
#: The module of the methods that are compiled already; the text of each has its code, and any other text is compiled.
READY_MADE_SOURCE = """
import builtins, marshal
CODE = marshal.loads({code!r})
def exec(text, *scope):
    builtins.exec(CODE.get(text, text), *scope)
"""
USE_READY_MADE = b"\nfrom _ready_made_dataclasses import exec\n"


def modules_of(package: str) -> list[str]:
    """Return the names of all modules of a package that is importable, but for its command line."""
    (root,) = map(Path, importlib.import_module(package).__path__)
    modules = (file.relative_to(root.parent).with_suffix("").parts for file in root.rglob("*.pyc"))
    return sorted(".".join(parts) for parts in modules if parts[-1] not in (COMMAND_LINE, "__init__"))


def imported() -> set[str]:
    """Return the names of all modules that have been imported from the standard library."""
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    return {name for name, file in files.items() if file is not None and WHERE_FOUND in file}


def files_of(modules: set[str], names: list[str]) -> list[str]:
    """Return those of the files called `names` that hold one of the modules, or a package that one is in."""
    needed = modules | {name.rpartition(".")[0] for name in modules}
    return [name for name in names if name.endswith(".py") and _module_in(name) in needed]


def _module_in(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def import_all(packages: list[str]) -> dict[str, CodeType]:
    """Import all modules of `packages`; return what their dataclasses had compiled, by its text."""
    compiled: dict[str, CodeType] = {}

    def kept(text: str, *scope: dict[str, object]) -> None:
        compiled[text] = compile(text, "<dataclass>", "exec")
        builtins.exec(compiled[text], *scope)  # noqa: S102 - as `dataclasses` would

    dataclasses.exec = kept  # type: ignore[attr-defined]  # found before the builtin of this name
    for package in packages:
        for module in modules_of(package):
            importlib.import_module(module)
    return compiled


def trim(packages: list[str]) -> None:
    """Leave the library that Pyodide needs to run `packages`."""
    compiled = import_all(packages)
    used = imported() | set(LOOKED_UP)
    # only now: what trims is not what is needed
    import zipfile  # noqa: PLC0415

    from byte_code import lean, write_compiled  # noqa: PLC0415 - importable only once /programs is on the path

    with zipfile.ZipFile(PYODIDE / LIBRARY) as library:
        files = {name: library.read(name) for name in files_of(used, library.namelist())}
    code = marshal.dumps({text: lean(one) for text, one in sorted(compiled.items())})
    files[READY_MADE] = READY_MADE_SOURCE.format(code=code).encode()
    files["dataclasses.py"] += USE_READY_MADE
    write_compiled(files, WORK / LIBRARY)


if __name__ == "__main__":
    sys.path.append(str(PROGRAMS))
    trim(sorted(json.loads((WORK / "pyodide-lock.json").read_text())["packages"]))

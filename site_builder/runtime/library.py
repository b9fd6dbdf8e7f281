"""Runs inside Pyodide as it starts in a browser: leaves in /work the standard library, less what is never imported.

What is imported is found by importing: Pyodide has started and loaded the package of the lock file, and every module of
that package is imported now. The browser test of the packed runtime imports them all again, from what is left.
"""

import importlib
import json
import sys
from pathlib import Path

PROGRAMS = Path("/programs")
PYODIDE = Path("/pyodide")
WORK = Path("/work")
LIBRARY = "python_stdlib.zip"
#: What Python calls it when it runs.
WHERE_FOUND = "/python{}{}.zip/".format(*sys.version_info)

#: A package's door for the command line, which no browser opens.
COMMAND_LINE = "__main__"
#: What Python looks up by name while it runs.
LOOKED_UP = (
    *("encodings.ascii", "encodings.latin_1", "encodings.utf_8_sig", "encodings.utf_16", "encodings.idna"),
    *("_strptime", "locale", "stringprep", "traceback", "linecache", "tokenize"),
)


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


def trim(packages: list[str]) -> None:
    """Leave the library that Pyodide needs to run `packages`."""
    for package in packages:
        for module in modules_of(package):
            importlib.import_module(module)
    used = imported() | set(LOOKED_UP)
    # only now: what trims is not what is needed
    import zipfile  # noqa: PLC0415

    from byte_code import compile_archive  # noqa: PLC0415 - importable only once /programs is on the path

    with zipfile.ZipFile(PYODIDE / LIBRARY) as library:
        names = library.namelist()
    compile_archive(PYODIDE / LIBRARY, WORK / LIBRARY, files_of(used, names))


if __name__ == "__main__":
    sys.path.append(str(PROGRAMS))
    trim(sorted(json.loads((WORK / "pyodide-lock.json").read_text())["packages"]))

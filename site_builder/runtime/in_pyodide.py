"""Runs inside Pyodide: finds one wheel and a lock file in /work, and leaves the wheel compiled and in the lock file.

Both steps are the command lines of Pyodide's own tools, `pyodide lockfile add-wheels` and `pyodide py-compile`, so the
byte code fits the very Python that will read it. They come as wheels in /tools; the machine's Python is not involved.
The wheel that they make is then written anew, leaner (`byte_code.py`).
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path

TOOLS = Path("/tools")
PROGRAMS = Path("/programs")
WORK = Path("/work")


def pack(source: Path, lock_file: Path) -> None:
    """Enter the wheel in the lock file, then compile it, which gives both its new name and hash."""
    from pyodide_build.cli.py_compile import main as py_compile  # noqa: PLC0415 - importable only once /tools is on the path
    from pyodide_lock.cli import add_wheels  # noqa: PLC0415 - the same

    add_wheels.main([str(source), "--input", str(lock_file), "--output", str(lock_file)], standalone_mode=False)
    py_compile.main([str(lock_file.parent), "--silent", "--keep"], standalone_mode=False)


def make_lean(source: Path, lock_file: Path) -> None:
    """Write the compiled wheel of the one package in the lock file anew, leaner, and delete its source."""
    from byte_code import write_compiled  # noqa: PLC0415 - importable only once /programs is on the path

    lock = json.loads(lock_file.read_text())
    (package,) = lock["packages"].values()
    compiled = lock_file.parent / package["file_name"]
    with zipfile.ZipFile(source) as wheel:
        files = {name: wheel.read(name) for name in wheel.namelist()}
    write_compiled(files, compiled)
    package["sha256"] = hashlib.sha256(compiled.read_bytes()).hexdigest()
    lock_file.write_text(json.dumps(lock))
    source.unlink()


if __name__ == "__main__":
    sys.path.extend([str(PROGRAMS), *(str(tool) for tool in sorted(TOOLS.glob("*.whl")))])
    (the_wheel,) = WORK.glob("*.whl")
    pack(the_wheel, WORK / "pyodide-lock.json")
    make_lean(the_wheel, WORK / "pyodide-lock.json")

"""Runs inside Pyodide: finds one wheel and a lock file in /wheels, and leaves the wheel compiled and in the lock file.

Both steps are the command lines of Pyodide's own tools, `pyodide lockfile add-wheels` and `pyodide py-compile`, so the
byte code fits the very Python that will read it. They come as wheels in /tools; the machine's Python is not involved.
"""

import sys
from pathlib import Path

TOOLS = Path("/tools")
WHEELS = Path("/wheels")


def pack(wheel: Path, lock_file: Path) -> None:
    """Enter the wheel in the lock file, then compile it, which gives both its new name and hash."""
    from pyodide_build.cli.py_compile import main as py_compile  # noqa: PLC0415 - importable only once /tools is on the path
    from pyodide_lock.cli import add_wheels  # noqa: PLC0415 - the same

    add_wheels.main([str(wheel), "--input", str(lock_file), "--output", str(lock_file)], standalone_mode=False)
    py_compile.main([str(lock_file.parent), "--silent"], standalone_mode=False)


if __name__ == "__main__":
    sys.path.extend(str(tool) for tool in sorted(TOOLS.glob("*.whl")))
    (the_wheel,) = WHEELS.glob("*.whl")
    pack(the_wheel, WHEELS / "pyodide-lock.json")

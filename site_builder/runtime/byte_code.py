"""Runs inside Pyodide: Python sources go in, a stored archive of lean byte code for this very Python comes out.

An archive is stored, not compressed: what the web server's brotli makes of it is smaller, and Python starts faster.
Lean byte code has neither docstrings nor assertions, and its instructions all stand on the line of their function: line
tables are a third of what is sent. A traceback still names every function.
"""

import importlib.util
import marshal
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import CodeType

#: Packages that read their own docstrings when they are started.
DOCSTRINGS_ARE_READ = ("pyodide", "_pyodide")
WITHOUT_ASSERTIONS, WITHOUT_DOCSTRINGS = 1, 2

#: The head of byte code that is never compared with its source: a magic number and twelve zeros.
HEAD = importlib.util.MAGIC_NUMBER + bytes(12)
#: An entry of a line table: so many instructions (less one, in the low bits) on the line before, in no column.
NO_COLUMN = 0x80 | 13 << 3
SAME_LINE = 0
LONGEST_ENTRY = 8
BYTES_OF_AN_INSTRUCTION = 2
#: The oldest time that an archive can tell.
EPOCH = (1980, 1, 1, 0, 0, 0)


def write_compiled(files: Mapping[str, bytes], archive: Path) -> None:
    """Write `files`, by their paths in the archive: Python as byte code, the rest as it is."""
    write_archive(dict(compiled_file(name, content) for name, content in files.items()), archive)


def compiled_file(name: str, content: bytes) -> tuple[str, bytes]:
    """Return the path and the content that a file has once it is compiled, if it is Python."""
    return (f"{name}c", byte_code(content, name)) if name.endswith(".py") else (name, content)


def write_archive(files: Mapping[str, bytes], archive: Path) -> None:
    """Write `files` as they are, by their paths in the archive."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as written:
        for name, content in sorted(files.items()):
            written.writestr(zipfile.ZipInfo(name, EPOCH), content)


def byte_code(source: bytes, name: str) -> bytes:
    """Return the contents of the `.pyc` file of a module, by its path in the archive."""
    level = WITHOUT_ASSERTIONS if name.startswith(DOCSTRINGS_ARE_READ) else WITHOUT_DOCSTRINGS
    return HEAD + marshal.dumps(lean(compile(source, name, "exec", dont_inherit=True, optimize=level)))


def code_in(content: bytes) -> CodeType:
    """Return the code of a `.pyc` file by its contents."""
    code: CodeType = marshal.loads(content[len(HEAD) :])  # noqa: S302 - what was compiled here
    return code


def lean(code: CodeType) -> CodeType:
    """Return code whose instructions all stand on the line where it begins, with the code inside it."""
    inside = (lean(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(
        co_consts=tuple(inside), co_linetable=_on_one_line(len(code.co_code) // BYTES_OF_AN_INSTRUCTION)
    )


def _on_one_line(instructions: int) -> bytes:
    table = bytearray()
    while instructions:
        some = min(LONGEST_ENTRY, instructions)
        table += bytes((NO_COLUMN | some - 1, SAME_LINE))
        instructions -= some
    return bytes(table)

"""Runs inside Pyodide before all modules that its machine code does not hold: brings those from one piece.

Python would open and search its archive anew for each of two hundred modules, and could read no two of them together.
`site` imports a module of this name whenever Python starts (https://docs.python.org/3/library/site.html).
"""

import marshal
import sys
from _frozen_importlib import ModuleSpec

TYPE_CHECKING = False  # `typing` is not there yet
if TYPE_CHECKING:
    from types import CodeType, ModuleType

ARCHIVED = "modules"

#: Whether it is a package, and its code, by the name of each module.
modules: "dict[str, tuple[bool, CodeType]]" = marshal.loads(  # noqa: S302 - from the archive that this is in
    __loader__.get_data(f"{__loader__.archive}/{ARCHIVED}")  # type: ignore[name-defined]  # this module's own
)


class Library:
    """Finds and runs what is in `modules`, as `importlib.abc` says of finders and loaders."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return where a module is found, unless it is none of these."""
        del path, target
        if name not in modules:
            return None
        return ModuleSpec(name, Library, origin=ARCHIVED, is_package=modules[name][0])  # type: ignore[arg-type]  # no subclass

    @staticmethod
    def create_module(spec: ModuleSpec) -> None:
        """Leave it to Python."""

    @staticmethod
    def exec_module(module: "ModuleType") -> None:
        """Run the code of a module."""
        exec(modules[module.__name__][1], module.__dict__)  # noqa: S102 - so are modules imported


sys.meta_path.insert(0, Library)

"""Takes the calculator's source and the npm package of Pyodide; gives the folder of files that runs it in a browser.

How a page uses that folder is told in docs/set-up.md.
"""

from site_builder.runtime.packing import RuntimePackage, RuntimePackingError, pack_runtime

__all__ = ["RuntimePackage", "RuntimePackingError", "pack_runtime"]

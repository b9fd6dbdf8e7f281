"""JSON Schemas of the YAML files, for editors: made from the readers that read those files, never written by hand."""

from site_builder.schemas.marks import Unmarked, mark, unmarked
from site_builder.schemas.writing import FOLDER, schema_files, write_schemas

__all__ = ["FOLDER", "Unmarked", "mark", "schema_files", "unmarked", "write_schemas"]

"""From a table of the user's own (CSV, Excel, Parquet) to fact files, led by a mapping file.

    mapping = read_mapping(Path("mapping.yaml"))
    result = import_table(mapping, Path("firms.xlsx"), suits(vocabulary, "zh"))
    result.subjects      # fact files as plain dicts, one a subject
    result.faults        # every rejected row: number, column, value, reason

The values stay as written, with the unit that the mapping states; whether they suit the vocabulary
is asked of a `Check`, of which `suits` is the usual one.
"""

from huiqi.intake.fault import Fault, MappingError, TableError
from huiqi.intake.mapping import Column, Layout, TableMapping, parse_mapping, read_mapping
from huiqi.intake.rows import Check, ImportResult, import_rows, import_table
from huiqi.intake.suits import suits

__all__ = [
    "Check",
    "Column",
    "Fault",
    "ImportResult",
    "Layout",
    "MappingError",
    "TableError",
    "TableMapping",
    "import_rows",
    "import_table",
    "parse_mapping",
    "read_mapping",
    "suits",
]

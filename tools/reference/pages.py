"""Which reference pages there are, and what writes each."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tools.reference.command_line import command_line
from tools.reference.log_schema import log_schema
from tools.reference.programme_file import programme_file

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES: Mapping[str, Callable[[], str]] = {
    "command-line.md": command_line,
    "resolution-log.md": log_schema,
    "programme-file.md": programme_file,
}

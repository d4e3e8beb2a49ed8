"""The table and data_table blocks, which only messages take.

Source: docs.slack.dev/reference/block-kit/blocks/table-block and slack_sdk 3.47. Over all tables of one message
the cells may hold 10,000 characters together.
"""

from collections.abc import Iterator, Mapping

from bot.sandbox.rules.layouts import BLOCK_ID
from bot.sandbox.rules.problem import problem
from bot.sandbox.rules.rich_text import RICH_TEXT
from bot.sandbox.rules.schema import (
    ByType,
    Choice,
    Fields,
    Flag,
    Items,
    Record,
    Rule,
    String,
    Whole,
    typed,
)

TABLE_TEXT_LENGTH = 10_000


class Number:
    """A number, whole or not; a boolean is none."""

    def problems(self, value: object, at: str) -> Iterator[str]:
        """See `Rule.problems`."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield problem("must provide a number", at)


_CELL = ByType(
    {
        "raw_text": typed("raw_text", {"text": String()}),
        "raw_number": typed("raw_number", {"value": Number(), "text": String()}),
        "rich_text": RICH_TEXT,
    }
)
_COLUMN = Fields(optional={"align": Choice("left", "center", "right"), "is_wrapped": Flag()})


def _rows_are_even(block: Record, at: str) -> Iterator[str]:
    width = len(block["rows"][0])
    for number, row in enumerate(block["rows"]):
        if len(row) != width:
            yield problem(f"must have {width} cells as the first row has", f"{at}/rows/{number}")


TABLES: Mapping[str, Rule] = {
    "table": typed(
        "table",
        {"rows": Items(Items(_CELL, 20), 100)},
        {**BLOCK_ID, "column_settings": Items(_COLUMN, 20)},
    ),
    "data_table": typed(
        "data_table",
        {"caption": String(150), "rows": Items(Items(_CELL, 20), 101)},
        {**BLOCK_ID, "page_size": Whole(1, 100), "row_header_column_index": Whole(0, 19)},
        _rows_are_even,
    ),
}

"""The published schema is the one that summaries follow."""

from bot.reports.summary_json import schema_text
from tools.schema import SCHEMA


def test_the_published_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "renew it with `make schema`"

"""Writes the published JSON schema of summaries anew: ``python -m tools.schema``."""

from pathlib import Path

from bot.reports.summary_json import schema_text

SCHEMA = Path(__file__).parents[1] / "docs" / "schema" / "summary.schema.json"


def main() -> None:
    """Write the schema where it is published."""
    SCHEMA.parent.mkdir(parents=True, exist_ok=True)
    SCHEMA.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()

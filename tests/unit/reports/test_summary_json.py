"""The summary as JSON: what the published schema says, whatever somebody wrote."""

import json
from dataclasses import replace
from datetime import datetime

import jsonschema
from syrupy.assertion import SnapshotAssertion

from bot.reports.summary import summarise
from bot.reports.summary_json import document, schema_text, to_json
from tests.slack.views.bursts import HOSTILE, LABELS, MISSED, NOW
from tests.slack.views.story import after, lived


def test_a_whole_life_that_took_too_long_reads_as_json(snapshot: SnapshotAssertion) -> None:
    burst, entries = lived(resolve="1h")
    assert to_json(summarise(burst, entries, LABELS, now=after(400))) == snapshot


def test_every_summary_is_what_the_schema_describes() -> None:
    burst, entries = lived()
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    for one in (
        summarise(burst, entries, LABELS, now=after(400)),
        summarise(MISSED, (), LABELS, now=NOW),
        summarise(
            replace(MISSED, title=HOSTILE[0], workflow_impact="half a pair \ud800"), (), LABELS, now=NOW
        ),
    ):
        jsonschema.validate(
            json.loads(to_json(one)), schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )


def test_times_are_written_in_utc() -> None:
    burst, entries = lived()
    written = json.loads(to_json(summarise(burst, entries, LABELS, now=after(400))))
    assert datetime.fromisoformat(written["opened_at"]) == burst.opened_at
    assert written["opened_at"].endswith("Z")


def test_a_field_that_nobody_declared_is_refused() -> None:
    burst, entries = lived()
    written = document(summarise(burst, entries, LABELS, now=after(400))).model_dump(mode="json")
    schema = json.loads(schema_text())
    assert list(jsonschema.Draft202012Validator(schema).iter_errors({**written, "more": 1}))

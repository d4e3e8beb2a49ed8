"""``burst log``: whether the resolution logs are what was logged."""

from collections.abc import Sequence
from pathlib import Path

import click

import storage
from bot.cli.anchored import anchor_options, anchors_there
from bot.cli.burst_key import BurstKey
from bot.cli.environment import configuration
from bot.cli.output import in_words, json_option, print_json
from bot.operations.verify_logs import LogReport, verify_logs


@click.group()
def log() -> None:
    """Verify the resolution logs."""


@log.command()
@click.argument("key", type=BurstKey(), required=False)
@anchor_options
@json_option
@in_words
def verify(key: int | None, copied: Path | None, sealed_with: Path | None, *, as_json: bool) -> None:
    """Say which entry was altered, removed, moved or put in, in every log or in that of KEY.

    Follows the chain of hashes, and compares it with every anchor. Exits 1 when anything is wrong.
    """
    config = configuration()
    # The file first: it must not know more of a running bot's logs than the database does here.
    read = anchors_there(config.data_dir, copied, sealed_with)
    with storage.peek(config.database_url, config.data_dir) as unit:
        reports = list(verify_logs(unit, read.bursts, read.key, key))
    problems = read.problems
    sound = not problems and not any(report.findings for report in reports)
    if as_json:
        print_json({"ok": sound, "logs": [_data(report) for report in reports], "problems": [*problems]})
    else:
        _tell(reports, problems)
    if not sound:
        raise click.exceptions.Exit(1)


def _tell(reports: Sequence[LogReport], problems: Sequence[str]) -> None:
    told = [f"{report.key}: {finding.words}." for report in reports for finding in report.findings]
    wrong = sum(bool(report.findings) for report in reports)
    entries, erased = sum(one.entries for one in reports), sum(one.erased for one in reports)
    anchored = sum(one.anchored > 0 for one in reports)
    sums = f"Logs: {len(reports)}, with anchors: {anchored}; entries: {entries}, erased: {erased}."
    end = f"Not what was logged: {wrong}." if wrong else "Every log is what was logged."
    click.echo("\n".join((*problems, *told, sums, end)))


def _data(report: LogReport) -> dict[str, object]:
    findings = [
        {"wrong": one.wrong.value, "first": one.first, "last": one.last, "words": one.words}
        for one in report.findings
    ]
    return {
        "burst": report.key,
        "entries": report.entries,
        "erased": report.erased,
        "anchored": report.anchored,
        "findings": findings,
    }

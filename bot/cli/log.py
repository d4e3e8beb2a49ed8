"""``burst log``: whether the resolution logs are what was logged."""

from collections.abc import Sequence
from pathlib import Path

import click

import storage
from bot.cli.burst_key import BurstKey
from bot.cli.environment import configuration
from bot.cli.output import in_words, json_option, print_json
from bot.operations import anchor_key, anchors
from bot.operations.verify_logs import LogReport, verify_logs

_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def log() -> None:
    """Verify the resolution logs."""


@log.command()
@click.argument("key", type=BurstKey(), required=False)
@click.option("--anchors", "copied", type=_file, help="A copy of anchors.log  [default: the data folder's]")
@click.option(
    "--anchor-key", "sealed_with", type=_file, help="A copy of anchor.key  [default: the data folder's]"
)
@json_option
@in_words
def verify(key: int | None, copied: Path | None, sealed_with: Path | None, *, as_json: bool) -> None:
    """Say which entry was altered, removed, moved or put in, in every log or in that of KEY.

    Follows the chain of hashes, and compares it with every anchor. Exits 1 when anything is wrong.
    """
    config = configuration()
    # The file first: it must not know more of a running bot's logs than the database does here.
    file = copied or _there(config.data_dir / anchors.FILE_NAME)
    read = anchors.read(file) if file else anchors.Copied({})
    secret = sealed_with or _there(config.data_dir / anchor_key.FILE_NAME)
    with storage.peek(config.database_url, config.data_dir) as unit:
        reports = list(verify_logs(unit, read.anchors, secret.read_bytes() if secret else None, key))
    problems = [f"{file}:{line}: this line is no anchor" for line in read.unreadable]
    sound = not problems and not any(report.findings for report in reports)
    if as_json:
        print_json({"ok": sound, "logs": [_data(report) for report in reports], "problems": problems})
    else:
        _tell(reports, problems)
    if not sound:
        raise click.exceptions.Exit(1)


def _there(path: Path) -> Path | None:
    return path if path.exists() else None


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

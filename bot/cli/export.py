"""``burst export``: everything, a period or some bursts, as files that other programs and other installations read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

import storage
from bot import clock
from bot.cli.burst_key import BurstKey
from bot.cli.environment import configuration, programme_of
from bot.cli.output import in_words, json_option, print_json
from bot.cli.progress import progress
from bot.config import Config
from bot.errors import BotError
from bot.operations.auditing import Deed, log_deed
from bot.operations.export_file import export_to
from bot.operations.export_folder import ExportFolder
from bot.operations.exporting import Written, manifest, row_counts, write_files, write_rows
from bot.operations.rebase_policies import administrator
from bot.programme import Programme
from bot.reports.exports.documents import DOCUMENTS, write_documents
from bot.reports.exports.records import records
from storage import Unit
from storage.portable import Wanted
from storage.terms import AuditKind

JSONL = "jsonl"
FORMATS = (JSONL, *DOCUMENTS)
_day = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("keys", type=BurstKey(), nargs=-1, metavar="[KEY]...")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="A new or empty folder, or a new file that ends in .tar or .zip.",
)
@click.option("--all", "everything", is_flag=True, help="Everything that a restore needs.")
@click.option("--since", type=_day, help="Bursts that were opened on that day (UTC) or later.")
@click.option("--until", type=_day, help="Bursts that were opened before that day (UTC).")
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="Several may be named.  [default: jsonl]",
)
@click.option("--as", "who", required=True, help="The administrator who answers for it: user id or person.")
@json_option
@in_words
def export(
    keys: Sequence[int],
    target: Path,
    since: datetime | None,
    until: datetime | None,
    formats: Sequence[str],
    who: str,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """Write the bursts KEY, those of a period, or --all, to a folder or one file, from one moment of a database in use.

    It is logged before anything is written. A folder is complete when it has manifest.json, a file when it is there.
    """
    wanted = _wanted(keys, since, until, everything=everything)
    config = configuration()
    programme = programme_of(config)
    actor = administrator(programme, who)
    with storage.peek(config.database_url, config.data_dir) as unit:
        _require(unit, wanted)
    folder = export_to(target)
    chosen = tuple(one for one in FORMATS if one in (formats or FORMATS[:1]))
    said = {"scope": _scope(wanted), "formats": list(chosen)}
    job = Job(config, programme, wanted, chosen, clock.now())
    log_deed(config.database_url, config.data_dir, Deed(AuditKind.EXPORTED, actor.user, job.now, said))
    done = _written(job, folder, {"made_at": job.now.isoformat(), **said})
    if as_json:
        print_json(done)
    else:
        _tell(target, done)


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be exported, and how."""

    config: Config
    programme: Programme
    wanted: Wanted
    formats: Sequence[str]
    now: datetime


def _tell(target: Path, done: Mapping[str, Any]) -> None:
    rows: Mapping[str, int] = done.get("rows", {})
    restorable = f", log entries: {rows['log_entry']}, files: {done['files']}" if rows else ""
    click.echo(f"Exported to {target}: bursts: {done['bursts']}{restorable}.")
    if done.get("files_missing"):
        click.echo(f"Files that are named and not in the data folder: {done['files_missing']}.")


def _written(job: Job, folder: ExportFolder, said: Mapping[str, Any]) -> dict[str, Any]:
    written: Written | None = None
    # Everything in one transaction: all formats tell of the same moment.
    with storage.peek(job.config.database_url, job.config.data_dir) as unit:
        if JSONL in job.formats:
            with progress("Rows", sum(row_counts(unit, job.wanted).values())) as advance:
                written = write_rows(unit, job.wanted, folder, advance)
        if documents := [one for one in job.formats if one in DOCUMENTS]:
            found = records(unit, job.programme, job.wanted, job.now)
            with progress("Bursts", unit.portable.count("burst", job.wanted)) as advance:
                write_documents(found, documents, folder, advance)
        made = manifest(unit, job.wanted, written)
    # Outside the transaction: files are never changed, and may be large.
    return folder.finish({**said, **made, **(_files(job.config, folder, written) if written else {})})


def _files(config: Config, folder: ExportFolder, written: Written) -> dict[str, int]:
    count = write_files(config.data_dir, written.digests, folder)
    return {"files": count, "files_missing": len(written.digests) - count}


def _wanted(
    keys: Sequence[int], since: datetime | None, until: datetime | None, *, everything: bool
) -> Wanted:
    if sum((bool(keys), since is not None or until is not None, everything)) != 1:
        raise click.UsageError("Name bursts, or a period with --since and --until, or --all.")
    if since is not None and until is not None and until <= since:
        raise click.UsageError(
            "The period ends before it begins: --until is the first day that is not in it."
        )
    return Wanted(
        tuple(sorted(set(keys))),
        None if since is None else since.replace(tzinfo=UTC),
        None if until is None else until.replace(tzinfo=UTC),
    )


def _require(unit: Unit, wanted: Wanted) -> None:
    there = set(unit.portable.bursts(wanted)) if wanted.numbers else set()
    if missing := sorted(set(wanted.numbers) - there):
        raise BotError(f"There is no BURST-{missing[0]}.")


def _scope(wanted: Wanted) -> dict[str, Any]:
    if wanted.everything:
        return {"everything": True}
    if wanted.numbers:
        return {"bursts": [f"BURST-{number}" for number in wanted.numbers]}
    days = {"since": wanted.since, "until": wanted.until}
    return {name: day.date().isoformat() for name, day in days.items() if day is not None}

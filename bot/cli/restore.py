"""``burst import``: an export put into an empty database."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from bot import clock
from bot.cli.environment import administrating, configuration, opened
from bot.cli.output import in_words, json_option, print_json
from bot.cli.progress import progress
from bot.operations import anchor_key
from bot.operations.export_file import unpacked
from bot.operations.importing import Import, require_room, restore, restore_files, verified
from bot.operations.verify_logs import verify_logs
from storage import Store
from storage.portable import Wanted
from storage.terms import AuditKind


@click.command(name="import")
@click.argument("source", type=click.Path(path_type=Path, exists=True), metavar="EXPORT")
@click.option("--as", "who", required=True, help="The administrator who answers for it: user id or person.")
@json_option
@in_words
def restore_export(source: Path, who: str, *, as_json: bool) -> None:
    """Restore an export, a folder or a file, that has its rows as jsonl into an empty database: all of it or nothing.

    Exits 1 when a log that was restored is not what was logged. Needs the database's file: stop the bot first.
    """
    config = configuration()
    actor = administrating(config, who)
    with closing(opened(config)) as store, unpacked(source, config.data_dir) as folder:
        found = verified(folder)
        with store.read() as unit:
            require_room(unit, found)
        files = restore_files(found, config.data_dir)
        _restore(store, found, actor.user)
        wrong = _broken(store, config.data_dir / anchor_key.FILE_NAME)
    if as_json:
        print_json({"rows": dict(found.rows), "files": files, "not_what_was_logged": wrong})
    else:
        _tell(found, files, wrong)
    if wrong:
        raise click.exceptions.Exit(1)


def _restore(store: Store, found: Import, user: str) -> None:
    now = clock.now()
    with progress("Rows", sum(found.rows.values())) as advance, store.write() as unit:
        restore(unit, found, advance)
        said = {"bursts": found.count("burst"), "log_entries": found.count("log_entry"), "sums": found.sums}
        unit.audit.append(AuditKind.RESTORED, said, actor=user, at=now)


def _broken(store: Store, sealed_with: Path) -> list[str]:
    """What is wrong with the logs, by their chains, and by their anchors where the key of these is here."""
    with store.read() as unit:
        if sealed_with.exists():
            reports = verify_logs(unit, {}, sealed_with.read_bytes())
            return [f"{one.key}: {each.words}." for one in reports for each in one.findings]
        return [words for number in unit.portable.bursts(Wanted()) for words in unit.log.verify(number)]


def _tell(found: Import, files: int, wrong: Sequence[str]) -> None:
    bursts, entries = found.count("burst"), found.count("log_entry")
    click.echo(f"Restored: bursts: {bursts}, log entries: {entries}, files: {files}.")
    click.echo("\n".join(wrong) or "Every log is what was logged.")

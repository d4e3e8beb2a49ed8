"""``burst retention``: bursts whose years are over lose their words."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

import click

import storage
from bot import clock
from bot.cli.environment import configuration, opened, programme_of
from bot.cli.output import in_words, json_option, print_json, table
from bot.operations.retention import Expired, erase_expired, expired, kept_by_holds
from storage.legal_holds import LegalHold


@click.group()
def retention() -> None:
    """Erase what the programme keeps no longer."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be erased; works beside a running bot.")
@json_option
@in_words
def run(*, dry_run: bool, as_json: bool) -> None:
    """Erase the words and files of every burst that ended longer ago than the programme's keep_years.

    Numbers, kinds, times, causes and hashes stay. The bot does it by itself each hour. On SQLite it needs
    the file, but for a dry run: stop the bot first.
    """
    config = configuration()
    programme = programme_of(config)
    if dry_run:
        with storage.peek(config.database_url, config.data_dir) as unit:
            found = list(expired(unit, programme, clock.now()))
    else:
        with closing(opened(config)) as store:
            found = list(erase_expired(store, programme))
    with storage.peek(config.database_url, config.data_dir) as unit:
        held = list(kept_by_holds(unit, programme, clock.now()))
    if as_json:
        print_json(
            {
                "dry_run": dry_run,
                "bursts": [_data(one) for one in found],
                "held": [_held(*one) for one in held],
            }
        )
    else:
        _tell(found, held, dry_run=dry_run)


def _tell(found: Sequence[Expired], held: Sequence[tuple[LegalHold, datetime]], *, dry_run: bool) -> None:
    if found:
        table(("burst", "kept until", "entries", "messages", "files"), map(_row, found))
    click.echo(f"{'Would be erased' if dry_run else 'Erased'}: {len(found)}.")
    for hold, over in held:
        why = f"held since {hold.at:%Y-%m-%d} by {hold.by}: {ascii(hold.why)[1:-1]}"
        click.echo(f"{hold.key}, to be kept until {over:%Y-%m-%d}, is {why}")


def _held(hold: LegalHold, over: datetime) -> dict[str, object]:
    return {"burst": hold.key, "kept_until": over, "since": hold.at, "by": hold.by, "why": hold.why}


def _row(one: Expired) -> Sequence[object]:
    weight = one.weight
    return one.key, f"{one.expired_at:%Y-%m-%d}", weight.entries, weight.messages, len(weight.files)


def _data(one: Expired) -> dict[str, object]:
    return {
        "burst": one.key,
        "kept_until": one.expired_at,
        "entries": one.weight.entries,
        "messages": one.weight.messages,
        "files": list(one.weight.files),
    }

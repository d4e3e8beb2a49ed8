"""``burst hold``: bursts that must be kept, whatever their age."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime

import click

import storage
from bot import clock
from bot.cli.burst_key import BurstKey
from bot.cli.environment import administrating, configuration, opened
from bot.cli.output import in_words, json_option, print_json, table
from bot.operations import legal_hold
from bot.taskforce.permissions import Actor
from storage import Unit

_key = click.argument("key", type=BurstKey())
_who = click.option(
    "--as", "who", required=True, help="The administrator who answers for it: user id or person."
)


@click.group()
def hold() -> None:
    """Keep bursts from being erased (legal hold)."""


@hold.command()
@_key
@click.option("--why", required=True, help="The reason; it is logged and listed.")
@_who
@in_words
def add(key: int, why: str, who: str) -> None:
    """Keep KEY whatever its age. On SQLite it needs the file: stop the bot first."""
    _change(legal_hold.hold, key, who, why)
    click.echo(f"BURST-{key} is held.")


@hold.command()
@_key
@click.option("--why", default="", help="The reason; it is logged.")
@_who
@in_words
def release(key: int, why: str, who: str) -> None:
    """Let the time of KEY count again. On SQLite it needs the file: stop the bot first."""
    _change(legal_hold.release, key, who, why)
    click.echo(f"BURST-{key} is not held any more.")


@hold.command(name="list")
@json_option
@in_words
def listed(*, as_json: bool) -> None:
    """List what is held, since when (UTC), by whom and why. Works beside a running bot."""
    config = configuration()
    with storage.peek(config.database_url, config.data_dir) as unit:
        holds = unit.legal_holds.all()
    if as_json:
        print_json([{"burst": one.key, "since": one.at, "by": one.by, "why": one.why} for one in holds])
    elif holds:
        table(
            ("burst", "since", "by", "why"),
            ((one.key, f"{one.at:%Y-%m-%d}", one.by, ascii(one.why)[1:-1]) for one in holds),
        )
    else:
        click.echo("Nothing is held.")


def _change(act: Callable[[Unit, int, Actor, str, datetime], None], key: int, who: str, why: str) -> None:
    config = configuration()
    actor = administrating(config, who)
    with closing(opened(config)) as store, store.write() as unit:
        act(unit, key, actor, why, clock.now())

"""``burst outbox``: what Slack has not been told yet, and what it would not take."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

import storage
from bot.cli.environment import configuration, opened
from bot.cli.output import in_words, json_option, print_json, table
from bot.errors import BotError
from storage import Unit
from storage.terms import IntentState

MOST_LISTED = 500
WAITING = (IntentState.HELD, IntentState.PENDING, IntentState.LEASED, IntentState.PARKED)
_COLUMNS = ("id", "burst", "kind", "lane", "state", "attempt", "reason", "created")


@click.group()
def outbox() -> None:
    """Look at intents that are waiting or parked; send them again or drop them.

    Listing works beside a running bot. On SQLite, retry and drop need its file: stop the bot first.
    """


@outbox.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Held and pending ones too, not only parked ones.")
@json_option
@in_words
def show(*, everything: bool, as_json: bool) -> None:
    """List parked intents, with why they were parked."""
    config = configuration()
    states = WAITING if everything else (IntentState.PARKED,)
    with storage.peek(config.database_url, config.data_dir) as unit:
        rows = [
            (r.id, r.burst_id, r.kind, r.lane, r.state, r.attempt, r.parked_reason, r.created_at)
            for r in unit.outbox.listed(states, limit=MOST_LISTED)
        ]
    if as_json:
        print_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    elif rows:
        table(_COLUMNS, rows)
    else:
        click.echo("Nothing is waiting." if everything else "Nothing is parked.")


@outbox.command()
@click.argument("row", type=int, metavar="ID")
@in_words
def retry(row: int) -> None:
    """Send a parked intent again at the next tick."""
    with _writing() as unit:
        if not unit.outbox.retry(row):
            raise BotError(f"{row} is not parked; `burst outbox list` shows what is")
    click.echo(f"{row} will be sent again.")


@outbox.command()
@click.argument("row", type=int, metavar="ID")
@in_words
def drop(row: int) -> None:
    """Give a parked intent up for good."""
    with _writing() as unit:
        if not unit.outbox.give_up(row):
            raise BotError(f"{row} is not parked; `burst outbox list` shows what is")
    click.echo(f"{row} is dropped.")


@contextmanager
def _writing() -> Iterator[Unit]:
    store = opened(configuration())
    try:
        with store.write() as unit:
            yield unit
    finally:
        store.close()

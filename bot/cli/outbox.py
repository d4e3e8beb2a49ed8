"""``burst outbox``: what Slack has not been told yet, and what it would not take."""

import click

from bot.cli.environment import configuration, opened
from bot.cli.output import as_json as print_json
from bot.cli.output import in_words, json_option, table
from bot.errors import BotError
from storage import Store

_COLUMNS = ("id", "burst", "kind", "lane", "state", "attempt", "reason", "created")


@click.group()
def outbox() -> None:
    """Look at intents that are waiting or parked; send them again or drop them.

    On SQLite the file belongs to the running bot: stop it first.
    """


@outbox.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Pending ones too, not only parked ones.")
@json_option
@in_words
def show(*, everything: bool, as_json: bool) -> None:
    """List parked intents, with why they were parked."""
    with _store() as store, store.read() as unit:
        rows = [
            (r.id, r.burst_id, r.kind, r.lane, r.state, r.attempt, r.parked_reason, r.created_at)
            for r in unit.outbox.waiting(parked_only=not everything)
        ]
    if as_json:
        print_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    elif rows:
        table(_COLUMNS, rows)
    else:
        click.echo("Nothing is waiting." if everything else "Nothing is parked.")


@outbox.command()
@click.argument("row", type=int)
@in_words
def retry(row: int) -> None:
    """Send a parked intent again at the next tick."""
    with _store() as store, store.write() as unit:
        if not unit.outbox.retry(row):
            raise BotError(f"{row} is not parked; `burst outbox list` shows what is")
    click.echo(f"{row} will be sent again.")


@outbox.command()
@click.argument("row", type=int)
@in_words
def drop(row: int) -> None:
    """Give a parked or pending intent up for good."""
    with _store() as store, store.write() as unit:
        if not unit.outbox.drop(row):
            raise BotError(f"{row} is neither parked nor pending; `burst outbox list --all` shows what is")
    click.echo(f"{row} is dropped.")


def _store() -> Store:
    return opened(configuration())

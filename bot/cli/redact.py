"""``burst redact``: what should never have been written is erased from the record."""

from contextlib import closing

import click

from bot import clock
from bot.cli.burst_key import BurstKey
from bot.cli.environment import administrating, configuration, opened
from bot.cli.output import in_words
from bot.operations.redacting import redact_entry, redact_message


@click.command()
@click.argument("key", type=BurstKey())
@click.argument("entry", type=click.IntRange(min=1), required=False)
@click.option("--message", "ts", help="A message of the transcript instead: its time stamp in Slack.")
@click.option("--why", required=True, help="The reason, which is logged: do not repeat what is erased.")
@click.option("--as", "who", required=True, help="The administrator who answers for it: user id or person.")
@in_words
def redact(key: int, entry: int | None, ts: str | None, why: str, who: str) -> None:
    """Erase the words of log entry ENTRY of the burst KEY, or of one message, for good.

    The entry's texts go from the burst and its summary too. On SQLite it needs the file: stop the bot first.
    """
    if (entry is None) == (ts is None):
        raise click.UsageError("Name an entry by its number, or a message with --message.")
    config = configuration()
    actor = administrating(config, who)
    with closing(opened(config)) as store:
        if entry is not None:
            redact_entry(store, key, entry, actor, why, clock.now())
        elif ts is not None:
            redact_message(store, key, ts, actor, why, clock.now())
    what = f"Entry {entry}" if entry is not None else f"Message {ts}"
    click.echo(f"{what} of BURST-{key} is erased. What Slack still shows of it is deleted there.")

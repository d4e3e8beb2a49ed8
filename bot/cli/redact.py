"""``burst redact``: what should never have been written is erased from the record."""

from contextlib import closing
from datetime import UTC, datetime

import click

import storage
from bot import clock
from bot.cli.burst_key import BurstKey
from bot.cli.environment import administrating, configuration, opened
from bot.cli.output import in_words
from bot.operations.redacting import (
    Redaction,
    message_with_words,
    redact_entry,
    redact_message,
    redaction,
)
from bot.reports.words import ENTRY
from bot.taskforce.transcript import Message


@click.command()
@click.argument("key", type=BurstKey())
@click.argument("entry", type=click.IntRange(min=1), required=False)
@click.option("--message", "ts", help="A message of the transcript instead: its time stamp in Slack.")
@click.option("--why", required=True, help="The reason, which is logged: do not repeat what is erased.")
@click.option("--as", "who", required=True, help="The administrator who answers for it: user id or person.")
@click.option("--dry-run", is_flag=True, help="Only say what would be erased; works beside a running bot.")
@in_words
def redact(key: int, entry: int | None, ts: str | None, why: str, who: str, *, dry_run: bool) -> None:
    """Erase the words of log entry ENTRY of the burst KEY, or of one message, for good.

    The entry's texts go from the burst and its summary too, and the card of a burst that is not archived is drawn again.
    On SQLite it needs the file, but for a dry run: stop the bot first.
    """
    if (entry is None) == (ts is None):
        raise click.UsageError("Name an entry by its number, or a message with --message.")
    config = configuration()
    actor = administrating(config, who)
    if dry_run:
        with storage.peek(config.database_url, config.data_dir) as unit:
            told = (
                _entry(redaction(unit, key, entry, why))
                if entry is not None
                else _message(message_with_words(unit, key, str(ts), why))
            )
    else:
        with closing(opened(config)) as store:
            told = (
                _entry(redact_entry(store, key, entry, actor, why, clock.now()))
                if entry is not None
                else _message(redact_message(store, key, str(ts), actor, why, clock.now()))
            )
    click.echo(f"BURST-{key}: {told}")
    click.echo(
        "Nothing was changed." if dry_run else "It is erased. What Slack still shows of it is deleted there."
    )


def _entry(one: Redaction) -> str:
    what = f"entry {one.entry.number}, {ENTRY[one.entry.kind]}, {one.entry.at:%Y-%m-%d %H:%M} UTC, by {one.entry.actor}"
    return f"{what}; texts that repeat it: {one.texts}, copies of files: {len(one.files)}."


def _message(one: Message) -> str:
    written = datetime.fromtimestamp(float(one.ts), UTC)
    texts, files = len(one.earlier) + bool(one.text), len(one.files)
    return f"message {one.ts}, {written:%Y-%m-%d %H:%M} UTC, by {one.author or one.named}; texts: {texts}, files: {files}."

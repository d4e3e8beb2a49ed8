"""``burst audit``: what was done to the installation as a whole, and whether its log is what was logged."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

import storage
from bot.cli.anchored import anchor_options, anchors_there
from bot.cli.environment import configuration
from bot.cli.output import in_words, json_option, print_json, table
from bot.errors import BotError
from bot.operations.auditing import count_waiting
from bot.taskforce.tampering import Finding
from storage.audit import AuditEntry


@click.group()
def audit() -> None:
    """List and verify what was done to the installation: exports, restores. Works beside a running bot."""


@audit.command(name="list")
@json_option
@in_words
def listed(*, as_json: bool) -> None:
    """List what was done, by whom and when (UTC), the oldest first."""
    config = configuration()
    with storage.peek(config.database_url, config.data_dir) as unit:
        entries = unit.audit.entries()
    if as_json:
        print_json([_data(one) for one in entries])
        return
    if entries:
        table(("number", "at", "what", "who", "detail"), map(_row, entries))
    else:
        click.echo("Nothing was logged.")
    if waiting := count_waiting(config.data_dir):
        click.echo(
            f"Not in the log yet, as a bot owns the database: {waiting}. It takes them within a minute."
        )


@audit.command()
@anchor_options
@json_option
@in_words
def verify(copied: Path | None, sealed_with: Path | None, *, as_json: bool) -> None:
    """Say which entry was altered, removed, moved or put in. Exits 1 when anything is wrong.

    Follows the chain of hashes, and compares it with every anchor.
    """
    config = configuration()
    read = anchors_there(config.data_dir, copied, sealed_with)
    if read.audit and read.key is None:
        raise BotError("There are anchors, and no key to verify them with; name it with --anchor-key")
    with storage.peek(config.database_url, config.data_dir) as unit:
        found = unit.audit.verify(read.audit, read.key or b"")
        count = unit.audit.count()
    problems = [*read.problems, *(f"audit: {one.words}." for one in found)]
    if as_json:
        print_json(
            {"ok": not problems, "entries": count, "findings": list(map(_found, found)), "problems": problems}
        )
    else:
        click.echo(
            "\n".join((*problems, f"Entries: {count}, anchors: {len(read.audit)}.", _verdict(problems)))
        )
    if problems:
        raise click.exceptions.Exit(1)


def _verdict(problems: Sequence[str]) -> str:
    return "It is not what was logged." if problems else "It is what was logged."


def _row(entry: AuditEntry) -> Sequence[object]:
    detail = "(forgotten)" if entry.detail is None else _told(entry.detail)
    return entry.number, f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.kind.value, entry.actor, detail


def _told(detail: Mapping[str, Any]) -> str:
    return json.dumps(detail, ensure_ascii=True)


def _data(entry: AuditEntry) -> dict[str, object]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "kind": entry.kind.value,
        "actor": entry.actor,
        "detail": entry.detail,
    }


def _found(one: Finding) -> dict[str, object]:
    return {"wrong": one.wrong.value, "first": one.first, "last": one.last, "words": one.words}

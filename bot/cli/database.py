"""``burst db``: upgrade, check and back up the database."""

from pathlib import Path

import click

import storage
from bot.cli.environment import configuration
from bot.cli.output import in_words, json_option, print_json
from bot.errors import BotError


@click.group(name="db")
def database() -> None:
    """Upgrade, check and back up the database."""


@database.command()
@in_words
def upgrade() -> None:
    """Bring the database to the revision that this version needs; creates it when there is none."""
    config = configuration()
    before = storage.current_revision(config.database_url, config.data_dir)
    after = storage.upgrade(config.database_url, config.data_dir)
    click.echo(
        f"Database is at revision {after}" + ("." if before == after else f" (was {before or 'empty'}).")
    )


@database.command()
@json_option
@in_words
def check(*, as_json: bool) -> None:
    """Look for damage: integrity, revision, log chains, copies of files, orphaned work.

    Exits 1 when anything is wrong.
    """
    config = configuration()
    problems = storage.check(config.database_url, config.data_dir)
    if as_json:
        print_json({"ok": not problems, "problems": problems})
    else:
        click.echo("\n".join(problems) or "The database is sound.")
    if problems:
        raise click.exceptions.Exit(1)


@database.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@in_words
def backup(target: Path) -> None:
    """Copy the database to TARGET while it is in use."""
    if target.exists():
        raise BotError(f"{target} exists; name a file that does not")
    if not target.absolute().parent.is_dir():
        raise BotError(f"{target.absolute().parent} is no folder; name a file in one that exists")
    config = configuration()
    storage.backup(config.database_url, config.data_dir, target)
    click.echo(f"Backed up to {target} ({target.stat().st_size:,} bytes).")

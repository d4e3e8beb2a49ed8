"""``burst programme``: write and check the programme file."""

from pathlib import Path

import click

from bot import programme as room
from bot.cli.output import as_json as print_json
from bot.cli.output import in_words, json_option
from bot.errors import BotError


@click.group()
def programme() -> None:
    """Describe your hospital: write a starter programme file, and check one."""


@programme.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default="programme.yml")
@in_words
def init(file: Path) -> None:
    """Write a commented starter to FILE (programme.yml)."""
    if file.exists():
        raise BotError(f"{file} exists; name a file that does not")
    file.write_text(room.starter(), encoding="utf-8")
    click.echo(f"Wrote {file}. Next: edit it, then `burst programme check {file}`.")


@programme.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@in_words
def check(file: Path, *, as_json: bool) -> None:
    """Report every problem of FILE, with its line, what was found and what is allowed. Exits 1 if any."""
    problems = room.check(file)
    if as_json:
        print_json({"ok": not problems, "problems": list(problems)})
    else:
        click.echo("\n".join(problems) if problems else f"{file} is a programme that can be served.")
    if problems:
        raise click.exceptions.Exit(1)

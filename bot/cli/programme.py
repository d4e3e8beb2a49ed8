"""``burst programme``: write and check the programme file."""

from pathlib import Path

import click

from bot import programme as room
from bot.cli.output import in_words, json_option, print_json
from bot.errors import BotError, ProgrammeError


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
@click.option("--strict", is_flag=True, help="Exit 1 for gaps too.")
@json_option
@in_words
def check(file: Path, *, strict: bool, as_json: bool) -> None:
    """Report every problem and every gap of FILE, with its line, what was found and what is allowed.

    A problem keeps FILE from being served: exits 1. A gap can be served and will hurt one day: exits 0,
    or 1 with --strict.
    """
    found = room.check(file)
    refused = _refused(file)
    problems = [line for line in found if line in refused]
    gaps = [line for line in found if line not in problems]
    if as_json:
        print_json({"ok": not problems, "problems": problems, "gaps": gaps})
    else:
        click.echo("\n".join([*found, _verdict(file, len(problems), len(gaps))]))
    if problems or (strict and gaps):
        raise click.exceptions.Exit(1)


def _refused(file: Path) -> tuple[str, ...]:
    """What keeps ``file`` from being served; everything else that a check finds is a gap."""
    try:
        room.load(file)
    except ProgrammeError as error:
        return error.problems
    return ()


def _verdict(file: Path, problems: int, gaps: int) -> str:
    counted = f"{gaps} gap{'s' * (gaps != 1)}"
    if problems:
        return f"{file} cannot be served: {problems} problem{'s' * (problems != 1)}, {counted}."
    return f"{file} can be served" + (f", with {counted}." if gaps else ".")

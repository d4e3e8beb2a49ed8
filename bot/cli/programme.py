"""``burst programme``: write, check and explain the programme file."""

import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot import clock
from bot import programme as room
from bot.app import slack_problems
from bot.cli.environment import configuration
from bot.cli.explanation import YEARS, SkippedTimeError, lines, moment
from bot.cli.output import in_words, json_option, print_json
from bot.cli.presence import Answer, ask_to_reload
from bot.errors import BotError, SlackFault
from bot.operations.open_burst import DEFAULT_STAGE
from bot.programme import Examined, Programme
from bot.programme.explaining import Question
from bot.programme.explaining import explain as explained


@click.group()
def programme() -> None:
    """Describe your hospital: write a starter programme file, check one, and see what it would do."""


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
    or 1 with --strict. With SLACK_BOT_TOKEN set, Slack is asked about the channels and people that FILE names.
    """
    found = _examined(file)
    if as_json:
        print_json({"ok": not found.problems, "problems": found.problems, "gaps": found.gaps})
    else:
        click.echo("\n".join([*found.lines, _verdict(file, len(found.problems), len(found.gaps))]))
    if found.problems or (strict and found.gaps):
        raise click.exceptions.Exit(1)


@programme.command()
@click.option("--family", required=True, help="The kind of blocker, such as dicom_mapping.")
@click.option(
    "--site", "sites", required=True, multiple=True, help="A site's code; again for each further one."
)
@click.option(
    "--stage",
    help=f"The stage of the project; without it {DEFAULT_STAGE}, as `/burst open` in one line takes.",
)
@click.option("--impact", required=True, type=click.IntRange(1, 3))
@click.option("--urgency", required=True, type=click.IntRange(1, 3))
@click.option("--at", "when", help="2026-12-24T16:30 in the site's time, or with an offset; without it: now.")
@click.option(
    "--answer", "answers", multiple=True, help="FIELD=VALUE of the family's form, as often as needed."
)
@click.option(
    "--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Instead of BURST_PROGRAMME."
)
@json_option
@in_words
def explain(  # noqa: PLR0913 - a blocker has that many sides
    *,
    family: str,
    sites: tuple[str, ...],
    stage: str | None,
    impact: int,
    urgency: int,
    when: str | None,
    answers: tuple[str, ...],
    file: Path | None,
    as_json: bool,
) -> None:
    """Tell what would become of a blocker: owner and why, people, promises with due times, ladder with names."""
    serving = room.load(file if file is not None else _configured())
    at = _moment(when, serving, sites[0])
    question = Question(family, sites, stage or DEFAULT_STAGE, impact, urgency, at, _answers(answers))
    told = explained(serving, question)
    if as_json:
        print_json(asdict(told))
    else:
        if stage is None:
            click.echo(f"{_stage_taken(serving)}\n")
        click.echo("\n".join(lines(told)))


@programme.command()
@json_option
@in_words
def reload(*, as_json: bool) -> None:
    """Have the running bot read its programme file again. Exits 1 when it did not take the file, and says why.

    A file with a problem changes nothing: the bot goes on with the programme that it has.
    """
    answers = list(ask_to_reload(configuration().data_dir))
    if as_json:
        print_json([{"process": process, **asdict(answer)} for process, answer in answers])
    else:
        for process, answer in answers:
            click.echo("\n".join((*answer.problems, _taken(process, answer))))
    if any(answer.problems for _, answer in answers):
        raise click.exceptions.Exit(1)


def _taken(process: int, answer: Answer) -> str:
    if answer.problems:
        return (
            f"The bot (process {process}) did not take {answer.file} and goes on with the programme it has."
        )
    return f"The bot (process {process}) took {answer.file}."


def _configured() -> Path:
    path = configuration().programme
    if path is None:
        raise BotError("name the programme file: --file FILE, or BURST_PROGRAMME in the environment")
    return path


def _moment(when: str | None, serving: Programme, site: str) -> datetime:
    if when is None:
        return clock.now()
    known = serving.site(site)
    try:
        return moment(when, ZoneInfo(known.zone) if known is not None else ZoneInfo("UTC")).astimezone(UTC)
    except SkippedTimeError as fault:
        raise BotError(
            f"--at: found '{when}'; clocks at {site} jump over it: take a time before or after"
        ) from fault
    except ValueError as fault:
        raise BotError(
            f"--at: found '{when}'; allowed is a time such as 2026-12-24T16:30, or 2026-12-24T16:30+01:00, "
            f"from {YEARS.start} to {YEARS.stop - 1}"
        ) from fault


def _stage_taken(serving: Programme) -> str:
    others = (name for name in serving.stages if name != DEFAULT_STAGE)
    return f"--stage was not given: {DEFAULT_STAGE}, as `/burst open` in one line takes. Others: {', '.join(others)}."


def _answers(written: tuple[str, ...]) -> Mapping[str, str]:
    answers = {}
    for pair in written:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BotError(f"--answer: found '{pair}'; allowed is FIELD=VALUE")
        answers[name] = value
    return answers


def _examined(file: Path) -> Examined:
    """What is wrong with ``file``, at Slack too when there is a token and Slack answers."""
    if not any(os.environ.get(name) for name in ("SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_FILE")):
        return room.examine(file)
    try:
        return room.examine(file, ask=slack_problems(configuration()))
    except SlackFault as fault:
        click.echo(f"Slack could not be asked: {fault}", err=True)
        return room.examine(file)


def _verdict(file: Path, problems: int, gaps: int) -> str:
    counted = f"{gaps} gap{'s' * (gaps != 1)}"
    if problems:
        return f"{file} cannot be served: {problems} problem{'s' * (problems != 1)}, {counted}."
    return f"{file} can be served" + (f", with {counted}." if gaps else ".")

"""``burst privacy``: what the guard would say of a text, without repeating any of it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import click

from bot.cli.output import in_words, json_option
from bot.privacy import Guard, Inspection, Locale, Verdict

_DOMAIN = click.option(
    "--domain",
    "domains",
    multiple=True,
    help="A domain of the hospital or a vendor; its addresses are nobody's.",
)
_LOCALE = click.option(
    "--locale",
    "locales",
    multiple=True,
    type=click.Choice([locale.value for locale in Locale]),
    help="Whose identifiers are looked for; may be repeated. Default: all.",
)


@click.group()
def privacy() -> None:
    """Try the guard against patient identifiers."""


@privacy.command()
@click.argument("file", type=click.File("rb"))
@_LOCALE
@_DOMAIN
@json_option
@in_words
def scan(file: BinaryIO, *, locales: tuple[str, ...], domains: tuple[str, ...], as_json: bool) -> None:
    """Say of each line of FILE (- for standard input) whether the guard would let it pass.

    U+2028 in a line stands for a line break. With --json one object for each line of input:
    {"line": 3, "verdict": "block", "categories": ["mrn"]}. Exits 1 when a line is not clean. No value is printed.
    """
    guard = Guard(frozenset(Locale(name) for name in locales or Locale), frozenset(map(str.lower, domains)))
    told = _told_to_programs if as_json else _told_to_people
    verdicts = Counter(
        told((number, guard.inspect(line)) for number, line in enumerate(_lines(file), start=1))
    )
    if not as_json:
        click.echo(
            f"{verdicts.total()} line{'s' * (verdicts.total() != 1)}: {verdicts[Verdict.BLOCK]} to block,"
            f" {verdicts[Verdict.WARN]} in doubt, {verdicts[Verdict.CLEAN]} clean."
        )
    if verdicts.total() != verdicts[Verdict.CLEAN]:
        raise click.exceptions.Exit(1)


def _lines(file: BinaryIO) -> Iterator[str]:
    """The lines of UTF-8 text; what is none is replaced, since it must not hide what stands beside it."""
    for number, line in enumerate(file):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", errors="replace")
        yield text.removesuffix("\n").removesuffix("\r")


def _told_to_programs(inspections: Iterable[tuple[int, Inspection]]) -> Iterator[Verdict]:
    for number, inspection in inspections:
        told = {"line": number, "verdict": inspection.verdict, "categories": inspection.categories}
        click.echo(json.dumps(told))
        yield inspection.verdict


def _told_to_people(inspections: Iterable[tuple[int, Inspection]]) -> Iterator[Verdict]:
    for number, inspection in inspections:
        if inspection.verdict is not Verdict.CLEAN:
            click.echo(f"line {number}: {inspection.verdict}: {', '.join(inspection.categories)}")
        yield inspection.verdict

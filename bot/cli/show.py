"""``burst show``: one burst's summary, to read, for programs, or to file."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import click

import storage
from bot import clock
from bot.cli.burst_key import BurstKey
from bot.cli.environment import configuration, programme_of
from bot.cli.output import in_words, json_option
from bot.config import Config
from bot.errors import BotError
from bot.operations.auditing import Deed, log_deed
from bot.operations.rebase_policies import administrator
from bot.programme import Programme
from bot.reports.exports.records import Record, records
from bot.reports.markdown import to_markdown
from bot.reports.paper import log_lines, to_pdf
from bot.reports.summary_json import to_json
from storage.portable import Wanted
from storage.terms import AuditKind

JSON, MARKDOWN, PDF = "json", "markdown", "pdf"
FORMATS: Mapping[str, Callable[[Record], bytes]] = {
    MARKDOWN: lambda one: to_markdown(one.summary).encode(),
    JSON: lambda one: to_json(one.summary).encode(),
    PDF: lambda one: to_pdf(one.summary, log_lines(one.burst, one.entries, one.labels)),
}


@click.command()
@click.argument("key", type=BurstKey())
@click.option(
    "--format", "form", type=click.Choice(tuple(FORMATS)), default=MARKDOWN, help="[default: markdown]"
)
@click.option(
    "--to", "target", type=click.Path(path_type=Path), help="A new file.  [default: standard output]"
)
@click.option("--as", "who", required=True, help="The administrator who answers for it: user id or person.")
@json_option
@in_words
def show(key: int, form: str, target: Path | None, who: str, *, as_json: bool) -> None:
    """Print the summary of the burst KEY, or write it to a file; as PDF with its whole log.

    It is logged like an export before anything is shown. --json is --format json.
    """
    form = JSON if as_json else form
    if form == PDF and target is None:
        raise click.UsageError("A PDF goes to a file: name one with --to.")
    config = configuration()
    programme = programme_of(config)
    actor = administrator(programme, who)
    now = clock.now()
    shown = _made(config, programme, key, form, now)
    said = {"scope": {"bursts": [f"BURST-{key}"]}, "formats": [form]}
    log_deed(config.database_url, config.data_dir, Deed(AuditKind.EXPORTED, actor.user, now, said))
    if target is None:
        click.echo(shown.decode(), nl=False)
        return
    with target.open("xb") as out:
        target.chmod(0o600)  # what is in it is not for everybody on this machine
        out.write(shown)
    click.echo(f"Wrote {target}.")


def _made(config: Config, programme: Programme, key: int, form: str, now: datetime) -> bytes:
    with storage.peek(config.database_url, config.data_dir) as unit:
        for record in records(unit, programme, Wanted((key,)), now):
            return FORMATS[form](record)
    raise BotError(f"There is no BURST-{key}.")

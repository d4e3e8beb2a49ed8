"""``burst sandbox``: a local Slack workspace, as strict as the real one."""

from pathlib import Path

import click

from bot.cli.output import in_words
from bot.config import HIGHEST_PORT
from bot.errors import BotError
from bot.sandbox.errors import Unreachable
from bot.sandbox.server import serve
from bot.sandbox.settings import SandboxSettings


@click.command()
@click.option("--port", default=8642, show_default=True, type=click.IntRange(0, HIGHEST_PORT))
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default="manifest.yml",
    show_default=True,
    help="The app that is installed in the workspace.",
)
@click.option(
    "--seed",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="People and channels to begin with (YAML or JSON).",
)
@in_words
def sandbox(port: int, manifest: Path, seed: Path | None) -> None:
    """Run a local Slack workspace on loopback, for trying things out and for tests, until Ctrl-C."""
    if port:
        click.echo(f"A Slack workspace: SLACK_API_URL=http://127.0.0.1:{port}/api/", err=True)
    try:
        serve(SandboxSettings(port=port, manifest=manifest, seed=seed))
    except Unreachable as refused:
        raise BotError(str(refused)) from refused

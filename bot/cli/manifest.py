"""``burst manifest``: the app as Slack has to be told of it."""

import click

from bot.cli.output import in_words
from bot.config import MANIFEST


@click.command()
@in_words
def manifest() -> None:
    """Print the app manifest, to be pasted where an app is made or changed at api.slack.com/apps."""
    click.echo(MANIFEST.read_text(encoding="utf-8"), nl=False)

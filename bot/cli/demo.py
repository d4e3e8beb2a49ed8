"""``burst demo``: the whole product, played in a workspace on this machine."""

import click

from bot.cli.output import in_words


@click.command()
@in_words
def demo() -> None:
    """Watch six blockers live and end in a Slack workspace of its own; needs no account and no input."""
    from bot.demo.story import tell

    raise SystemExit(tell())

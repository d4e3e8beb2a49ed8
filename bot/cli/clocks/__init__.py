"""``burst clocks``: whether response clocks are what was promised, which run now, and new promises for old."""

import click

from bot.cli.clocks.listing import listed
from bot.cli.clocks.rebasing import rebase
from bot.cli.clocks.verifying import verify


@click.group()
def clocks() -> None:
    """Verify and list response clocks, and give bursts the programme's present policy.

    Verifying, listing and dry runs work beside a running bot.
    """


for command in (verify, listed, rebase):
    clocks.add_command(command)

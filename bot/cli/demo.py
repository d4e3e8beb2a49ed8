"""``burst demo``: the whole product, played in a workspace on this machine."""

import sys

import click

from bot.cli.output import in_words


@click.command()
@click.option("--story/--no-story", default=True, show_default=True, help="Play the story first.")
@click.option(
    "--stay/--no-stay",
    default=None,
    help="Then keep a workspace with a history open in the browser, until Ctrl-C.  [default: on a terminal]",
)
@in_words
def demo(*, story: bool, stay: bool | None) -> None:
    """Watch six blockers live and end in a Slack workspace of its own; needs no account and no input.

    On a terminal a workspace then stays open that you can try in your browser: its address is printed, and what
    to try as whom. --no-story opens it at once.
    """
    from bot.demo.open_house import keep_open
    from bot.demo.story import tell

    if stay is None:
        stay = sys.stdout.isatty() or not story
    if not story and not stay:
        raise click.UsageError("There is nothing left of the demonstration with --no-story and --no-stay.")
    status = tell(stays=stay) if story else 0
    if stay and status == 0:
        status = keep_open()
    raise SystemExit(status)

"""Every command as its own ``--help`` tells it."""

from collections.abc import Iterator

import click

from bot.cli import main

_WIDTH = 100
_PAGE = """# Reference: the command line

What `--help` says of each command, written by `make reference`. [For administrators](../for-administrators.md#commands)
says what they are for, and which may run beside a running bot.

"""


def command_line() -> str:
    """The page, as Markdown."""
    return _PAGE + "\n".join(_told(main, _context("burst", main, None)))


def _told(command: click.Command, context: click.Context) -> Iterator[str]:
    """The command's help, then that of each command below it, in the order of ``--help``."""
    text = command.get_help(context)
    # A paragraph of the help may end in spaces, which nobody sees there.
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    yield f"## {context.command_path}\n\n```text\n{lines}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.commands[name]
            yield from _told(below, _context(name, below, context))


def _context(name: str, command: click.Command, above: click.Context | None) -> click.Context:
    """As click makes it when somebody types the command; the same width on every terminal."""
    return click.Context(
        command, parent=above, info_name=name, terminal_width=_WIDTH, **command.context_settings
    )

"""How commands speak: tables and words for people, or JSON for programs, and errors without a trace."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from bot.errors import BotError

Given = ParamSpec("Given")
Result = TypeVar("Result")

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def in_words(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let a command's own errors end it with their words and exit code 1 instead of a stack trace.

    So do the operating system's: a folder that is not there, a file that may not be read.
    """

    @wraps(command)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except BotError as error:
            raise click.ClickException(str(error)) from None
        except BrokenPipeError:
            # Whoever read the output has enough of it: click ends the command without a word.
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename is not None else ""
            raise click.ClickException(f"{where}{error.strerror or type(error).__name__}") from None

    return guarded


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print aligned columns."""
    lines = [tuple(headings), *(tuple("" if cell is None else str(cell) for cell in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def print_json(data: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print ``data`` as one JSON document."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))

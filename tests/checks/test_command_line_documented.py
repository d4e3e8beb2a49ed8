"""Every command and variable that the documents name exists, and every one that exists is documented."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli import main
from bot.config import VARIABLES

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
# A command stands in a code span or at the start of a line of a code block; `/burst` is Slack's.
COMMAND = re.compile(r"(?:`|^[ ]*|bin/)burst (?P<words>[a-z][^`\n#]*)", re.MULTILINE)
VARIABLE = re.compile(r"\b(?:BURST|SLACK)_[A-Z_]+\b")
FENCED = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
SECRETS = {"SLACK_BOT_TOKEN_FILE", "SLACK_APP_TOKEN_FILE", "SLACK_SIGNING_SECRET_FILE"}


def commands(group: click.Group = main, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that can be run, as its words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name)


def named() -> set[tuple[str, ...]]:
    """The words behind every `burst` of the documents' code, up to the first that is no plain word."""
    code = "\n".join(found.group() for found in FENCED.finditer(TEXT))
    return {_plain(found["words"]) for found in COMMAND.finditer(code)}


def _plain(words: str) -> tuple[str, ...]:
    """``outbox list [--all]`` as ``("outbox", "list")``; what follows a command are its arguments."""
    parts = words.split()
    depth = (
        2 if parts[0] in {name for name, one in main.commands.items() if isinstance(one, click.Group)} else 1
    )
    return tuple(parts[:depth])


def options() -> set[str]:
    """Every long option of every command."""
    found = {"--help"}
    for words in commands():
        command: click.Command = main
        for word in words:
            assert isinstance(command, click.Group)
            command = command.commands[word]
        names = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        found |= {name for name in names if name.startswith("--")}
    return found


def test_every_command_that_is_named_exists() -> None:
    groups = {(name,) for name, one in main.commands.items() if isinstance(one, click.Group)}
    assert named() - set(commands()) - groups == set()


def test_every_command_that_exists_is_documented() -> None:
    assert set(commands()) - named() == set()


def test_every_option_of_a_named_command_exists() -> None:
    code = "\n".join(found.group() for found in FENCED.finditer(TEXT))
    used = {word for found in COMMAND.finditer(code) for word in re.findall(r"--[a-z-]+", found["words"])}
    assert used - options() == set()


def test_every_variable_that_is_named_exists() -> None:
    assert set(VARIABLE.findall(TEXT)) - set(VARIABLES) - SECRETS == set()


def test_every_variable_that_exists_is_in_the_administrators_table() -> None:
    page = (ROOT / "docs" / "for-administrators.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `((?:BURST|SLACK)_[A-Z_]+)`", page, re.MULTILINE) == list(VARIABLES)
    assert {name for name in SECRETS if f"`{name}`" not in page} == set()

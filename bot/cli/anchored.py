"""The copied anchors that logs are compared with, and the key under which they were sealed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from bot.operations import anchor_key, anchors
from bot.taskforce.anchoring import Anchor

Command = TypeVar("Command", bound=Callable[..., object])
_file = click.Path(path_type=Path, exists=True, dir_okay=False)
_anchors = click.option(
    "--anchors", "copied", type=_file, help="A copy of anchors.log  [default: the data folder's]"
)
_key = click.option(
    "--anchor-key", "sealed_with", type=_file, help="A copy of anchor.key  [default: the data folder's]"
)


@dataclass(frozen=True, slots=True)
class Anchored:
    """The anchors of bursts and of the installation's log, the key if it is there, and what is no anchor, in words."""

    bursts: Mapping[int, tuple[Anchor, ...]]
    audit: tuple[Anchor, ...]
    key: bytes | None
    problems: tuple[str, ...]


def anchor_options(command: Command) -> Command:
    """Let a command be told where both are: ``copied`` and ``sealed_with``."""
    return _anchors(_key(command))


def anchors_there(data_dir: Path, copied: Path | None, sealed_with: Path | None) -> Anchored:
    """What is in the files that were named, or in the data folder's where none was."""
    file = copied or _there(data_dir / anchors.FILE_NAME)
    read = anchors.read(file) if file else anchors.Copied({})
    secret = sealed_with or _there(data_dir / anchor_key.FILE_NAME)
    problems = tuple(f"{file}:{line}: this line is no anchor" for line in read.unreadable)
    return Anchored(read.anchors, read.audit, secret.read_bytes() if secret else None, problems)


def _there(path: Path) -> Path | None:
    return path if path.exists() else None

"""The key under which logs are pinned; it lies beside the database, never in it."""

import os
import secrets
from pathlib import Path

KEY_BYTES = 32
FILE_NAME = "anchor.key"


def anchor_key(data_dir: Path) -> bytes:
    """The installation's key, made at first use and readable by its owner alone."""
    path = data_dir / FILE_NAME
    try:
        with open(path, "xb", opener=_private) as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    except FileExistsError:
        return path.read_bytes()
    return path.read_bytes()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

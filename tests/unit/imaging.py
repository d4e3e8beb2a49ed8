"""The shipped imaging default and the demonstration's hospitals, as tests of rules need them."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.programme import Programme, load

DEMO = Path(str(files("bot.demo"))) / "programme.yml"


@cache
def demo() -> Programme:
    """The demonstration's programme: six fictional sites, everybody in place."""
    return load(DEMO)


@cache
def reports() -> tuple[dict[str, Any], ...]:
    """The example reports, each with what it must yield."""
    text = (Path(str(files("bot.demo"))) / "blockers.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))

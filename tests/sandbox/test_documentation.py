"""docs/sandbox.md tells of every address and switch that there is, and of none that is not."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.sandbox.__main__ import settings_from
from bot.sandbox.application import application
from bot.sandbox.sandbox import build
from bot.sandbox.settings import SandboxSettings
from bot.sandbox.workspace.switches import Switches
from tests.sandbox.conftest import MANIFEST

TEXT = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
SHOWN = TEXT.partition("## What shows it")[2].partition("\n## ")[0]


def addresses() -> Iterator[str]:
    """Return the control API's addresses."""
    sandbox = build(SandboxSettings(manifest=MANIFEST), "http://127.0.0.1:1")
    schema = application(sandbox).openapi()
    yield from schema["paths"]


def test_every_address_is_documented() -> None:
    told = set(re.findall(r"`(/sandbox/[a-z/{}_-]+)", TEXT))
    assert told == set(addresses())


def test_every_switch_is_documented() -> None:
    missing = [name for name in Switches().as_json() if f"`{name}`" not in TEXT]
    assert missing == []


def test_every_option_is_documented_and_exists() -> None:
    told = set(re.findall(r"--[a-z][a-z-]+", TEXT))
    assert "--state-file" in told
    for option in told - {"--rate-limits", "--port"}:
        settings_from([option, "value"])


def test_every_test_that_is_named_exists() -> None:
    rows = re.findall(r"^\| [^|]*\| `([a-z_/]+)` \| ([^|]+) \|$", SHOWN, re.MULTILINE)
    missing = [
        f"{file}: {name}"
        for file, names in rows
        for name in re.findall(r"`(\w+)`", names)
        if f"def test_{name}(" not in source(file)
    ]
    assert len(rows) > 30
    assert missing == []


def source(file: str) -> str:
    """The tests of a file, named as the table names it."""
    folder, _, name = file.rpartition("/")
    return (Path(__file__).parent / folder / f"test_{name}.py").read_text(encoding="utf-8")

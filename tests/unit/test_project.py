"""What the project promises about itself: its locks, its size, its words, and that its guards guard."""

import datetime
import importlib.metadata
import os
import pkgutil
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import bot
from tests.conftest import LeftTheMachine, is_loopback

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)")
LOCK_LINE = re.compile(
    r"""^[a-z0-9][a-z0-9._-]*==[\w.+!]+(\ ;\ [\w\s.'"=!<>()]+)?\ \\$   # a pin, perhaps with a marker
      | ^\ \ \ \ --hash=sha256:[0-9a-f]{64}(\ \\)?$                 # one of its hashes
    """,
    re.VERBOSE,
)


def pins(lock: str) -> dict[str, str]:
    """Every distribution that ``lock`` pins, with its version."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {found["name"]: found["version"] for line in lines if (found := PIN.match(line))}


def is_a_day(text: str) -> bool:
    """Whether ``text`` is a date as ISO 8601 writes it."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def sources() -> list[Path]:
    """Every Python file of ours."""
    return sorted(
        path for room in ("bot", "storage", "tests", "tools") for path in (ROOT / room).rglob("*.py")
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not LOCK_LINE.match(line)] == []


def test_what_is_tested_is_what_is_installed() -> None:
    tested, installed = pins("requirements-dev.lock"), pins("requirements.lock")

    assert {name: tested.get(name) for name in installed} == installed


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["project"]["optional-dependencies"]["dev"]),
        ("requirements-dev.lock", PROJECT["build-system"]["requires"]),
    ],
    ids=["runtime", "runtime in dev", "dev", "build"],
)
def test_the_lock_answers_what_pyproject_asks(lock: str, asked: list[str]) -> None:
    pinned = pins(lock)
    unanswered = [
        text
        for text in asked
        if (wanted := Requirement(text)).specifier.contains(pinned.get(canonicalize_name(wanted.name), "0"))
        is False
    ]

    assert unanswered == []


def test_an_installation_carries_no_development_tools() -> None:
    tools = {
        canonicalize_name(Requirement(text).name)
        for text in PROJECT["project"]["optional-dependencies"]["dev"]
    }

    assert tools & pins("requirements.lock").keys() == set()


def test_this_run_uses_the_locked_versions() -> None:
    locked = pins("requirements-dev.lock")
    present = {
        name: found.version
        for found in importlib.metadata.distributions()
        if (name := canonicalize_name(found.metadata["Name"])) in locked
    }

    assert present == {name: locked[name] for name in present}


def test_a_module_is_one_idea() -> None:
    long = {
        str(path.relative_to(ROOT)): length
        for path in sources()
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    assert long == {}


def test_modules_are_named_for_what_they_are() -> None:
    vague = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)(_|$)")

    assert [str(path.relative_to(ROOT)) for path in sources() if vague.search(path.stem)] == []


def test_every_room_has_its_floor_in_the_import_contract() -> None:
    layers = next(it for it in PROJECT["tool"]["importlinter"]["contracts"] if it["id"] == "layers")["layers"]
    placed = set(re.findall(r"[\w.]+", " ".join(layers)))
    rooms = {f"bot.{found.name}" for found in pkgutil.iter_modules(bot.__path__)} - {"bot.__main__"}

    assert rooms - placed == set()


def test_tables_evaluate_their_annotations_at_once() -> None:
    # SQLModel reads a table's annotations while the class is made; as strings they lose their types.
    postponed = "from __future__ import " + "annotations"
    found = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.is_relative_to(ROOT / "storage") and postponed in path.read_text(encoding="utf-8")
    ]

    assert found == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", b"localhost", None])
def test_loopback_is_home(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "0.0.0.0", "::", "2001:db8::1", "slack.example", ""])
def test_everything_else_is_away(host: object) -> None:
    assert not is_loopback(host)


def test_a_connection_that_leaves_the_machine_is_refused() -> None:
    with socket.socket() as connection, pytest.raises(LeftTheMachine):
        connection.connect(("192.0.2.1", 80))


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(LeftTheMachine):
        socket.getaddrinfo("slack.example", 443)


def test_a_server_that_listens_to_everybody_is_refused() -> None:
    with socket.socket() as listener, pytest.raises(LeftTheMachine):
        listener.bind(("0.0.0.0", 0))


def test_a_server_on_loopback_is_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname(), timeout=5) as caller,
        listener.accept()[0] as answered,
    ):
        assert answered.getpeername() == caller.getsockname()


@pytest.mark.parametrize("variable", ["https_proxy", "NO_PROXY", "SLACK_BOT_TOKEN", "BURST_DATABASE_URL"])
def test_proxies_tokens_and_settings_of_this_shell_reach_no_test(variable: str) -> None:
    story = "import os, tests.conftest, sys; sys.exit(sys.argv[1] in os.environ)"
    shell = {**os.environ, variable: "http://proxy.example"}
    ended = subprocess.run([sys.executable, "-c", story, variable], cwd=ROOT, env=shell, check=False)

    assert ended.returncode == 0


@pytest.mark.parametrize("script", [".ci/run", "tools/bootstrap", "tools/lock"])
def test_a_script_is_executable_and_parses(script: str) -> None:
    path = ROOT / script
    shell = "bash" if path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash") else "sh"
    parsed = subprocess.run([shell, "-n", path], capture_output=True, text=True, check=False)

    assert (os.access(path, os.X_OK), parsed.returncode, parsed.stderr) == (True, 0, "")


def test_the_changelog_has_the_version_that_is_built() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = re.search(r"^## (?P<version>\S+)(?: - (?P<day>\S+))?$", changelog, re.MULTILINE)

    assert heading is not None
    assert heading["version"] == PROJECT["project"]["version"]
    assert heading["day"] == "unreleased" or is_a_day(heading["day"])

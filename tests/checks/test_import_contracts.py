"""Each import contract bites: a copy of the house with one wrong door per contract is refused."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS: dict[str, str] = {
    it["id"]: it["name"]
    for it in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}
# Where a wrong door is cut, and what it opens to. One door may break several contracts.
WRONG_DOORS = {
    "bot/taskforce/planted.py": "import httpx",
    "bot/operations/planted.py": "import slack_sdk",
    "bot/api/planted.py": "import apscheduler, sqlalchemy, bot.sandbox, bot.demo",
    "bot/sandbox/planted.py": "import bot.privacy",
    "bot/handlers/planted_here.py": "import bot.handlers.planted_there",
    "bot/handlers/planted_there.py": "import bot.handlers.planted_here",
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says of the copy: each contract's name with ``KEPT`` or ``BROKEN``."""
    house = tmp_path_factory.mktemp("house")
    for room in ("bot", "storage"):
        shutil.copytree(ROOT / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", house)
    for place, door in WRONG_DOORS.items():
        (house / place).write_text(f"{door}\n", encoding="utf-8")
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run(
        [linter, "--no-logo", "--no-cache"], cwd=house, capture_output=True, text=True, check=False
    )
    return {found[1]: found[2] for found in re.finditer(r"^(.+) (KEPT|BROKEN)\b", said.stdout, re.MULTILINE)}


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_wrong_door_is_found(contract: str, verdicts: dict[str, str]) -> None:
    assert verdicts[CONTRACTS[contract]] == "BROKEN"

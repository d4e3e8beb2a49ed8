"""A small quarter on the bot and by the oracle, which must not know the bot; and whether differences show."""

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.quarter.comparing import KINDS, Comparison
from tests.quarter.running import quarter
from tests.store_fixtures import Database, copied

HERE = Path(__file__).parent
# What the oracle reads besides its own modules: the plan, the hospitals, the words of what happens.
SHARED = ("acts", "hospitals", "happenings")
BURSTS = 25


@pytest.fixture(scope="module")
def played(sqlite_template: Database, tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Some bursts through the quarter."""
    return quarter(copied(sqlite_template, tmp_path_factory.mktemp("quarter")), seed=1, bursts=BURSTS)


def test_everything_due_happens_and_nothing_else_each_at_its_second(played: Comparison) -> None:
    assert [*played.missing, *played.extra] == [], "\n".join(played.stories(3))


def test_enough_happens_for_that_to_mean_something(played: Comparison) -> None:
    kinds = {one.kind for one in played.oracle}
    assert kinds == set(KINDS)


def test_a_difference_is_seen_and_told(played: Comparison) -> None:
    """A ping that is a second late is one that is missing and one too many."""
    late = next(one for one in played.bot if one.kind == "ping")
    bot = [replace(one, at=one.at + timedelta(seconds=1)) if one is late else one for one in played.bot]
    found = replace(played, bot=bot)
    assert found.missing == [late]
    assert [one.what for one in found.extra] == [late.what]
    assert any(late.what in line for line in found.stories(1))


@pytest.mark.parametrize("file", sorted((HERE / "oracle").glob("*.py")), ids=lambda file: file.stem)
def test_the_oracle_knows_nothing_of_the_bot(file: Path) -> None:
    allowed = {f"tests.quarter.{name}" for name in SHARED}
    for name in _imported(file):
        assert not name.startswith(("bot", "storage")), name
        assert not name.startswith("tests") or name in allowed or name.startswith("tests.quarter.oracle."), (
            name
        )


@pytest.mark.parametrize("name", SHARED)
def test_neither_does_what_it_shares_with_the_bot(name: str) -> None:
    for imported in _imported(HERE / f"{name}.py"):
        assert not imported.startswith(("bot", "storage")), imported
        assert not imported.startswith("tests") or imported in {f"tests.quarter.{one}" for one in SHARED}


def _imported(file: Path) -> list[str]:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return [*plain, *(node.module or "" for node in nodes if isinstance(node, ast.ImportFrom))]

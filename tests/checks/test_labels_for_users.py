"""What users are told to press or fill in stands on the screen under that name, letter by letter."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
VIEWS = ROOT / "bot" / "slack" / "views"
MANIFEST = ROOT / "manifest.yml"
FOR_USERS = [ROOT / "docs" / "for-users.md", *sorted((ROOT / "docs" / "users").glob("*.md"))]
QUOTED = re.compile(r'"([A-Z][^"]*)"')
# An owner's page is a list of what they can press, each item beginning with its name.
LISTED = re.compile(r"^- \*\*([A-Z][^*?]*)\*\*(?!\?)", re.MULTILINE)
KEY = re.compile(r"BURST-\d+.*", re.DOTALL)


def texts(module: Path) -> Iterator[str]:
    """Every text that a module of the views is written with, docstrings aside."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def on_screen() -> frozenset[str]:
    """What the views, and Slack's menus by the manifest, are written with."""
    shortcuts = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["features"]["shortcuts"]
    views = (text for module in VIEWS.rglob("*.py") for text in texts(module))
    return frozenset({*views, *(one["name"] for one in shortcuts)})


def named(page: Path) -> set[str]:
    """The labels that a page names; of a sentence about a burst, what stands before its key."""
    text = " ".join(page.read_text(encoding="utf-8").split())
    return {KEY.sub("", label) for label in QUOTED.findall(text)}


@pytest.mark.parametrize("page", FOR_USERS, ids=lambda page: str(page.name))
def test_every_label_that_a_page_for_users_names_is_on_the_screen(page: Path) -> None:
    shown = on_screen()
    sentences = {label for label in named(page) if label.endswith((" ", "?"))}
    assert named(page) - sentences - shown == set()
    assert {label for label in sentences if not any(label in text for text in shown)} == set()


def test_every_item_of_the_owners_list_is_called_what_is_on_its_button() -> None:
    listed = LISTED.findall((ROOT / "docs" / "users" / "owner.md").read_text(encoding="utf-8"))
    assert len(listed) > 5
    assert set(listed) - on_screen() == set()

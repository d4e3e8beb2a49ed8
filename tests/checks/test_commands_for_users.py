"""What users are told of `/burst` is what the bot's own help knows, word by word."""

import re
from pathlib import Path

from bot.slack.views.help import LINES

ROOT = Path(__file__).parents[2]
FOR_USERS = ROOT / "docs" / "for-users.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WORD = re.compile(r"(?:`|^ {4})/burst (?P<word>[a-z]+)", re.MULTILINE)
WORDS = {line.word for line in LINES}


def words_in(text: str) -> set[str]:
    return {found["word"] for found in WORD.finditer(text)}


def test_every_word_that_a_document_tells_to_type_is_a_command() -> None:
    assert {word for page in PAGES for word in words_in(page.read_text(encoding="utf-8"))} - WORDS == set()


def test_every_command_is_in_the_table_for_users() -> None:
    rows = [
        line for line in FOR_USERS.read_text(encoding="utf-8").splitlines() if line.startswith("| `/burst")
    ]
    assert WORDS - words_in("\n".join(rows)) == set()


def test_every_page_for_a_role_is_in_the_list_of_roles() -> None:
    listed = set(re.findall(r"\]\(users/([\w-]+\.md)\)", FOR_USERS.read_text(encoding="utf-8")))
    assert listed == {page.name for page in (ROOT / "docs" / "users").iterdir()}

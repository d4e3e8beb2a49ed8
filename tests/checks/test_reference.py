"""The reference pages are those that the code writes, and there is no other."""

import pytest

from bot.taskforce.terms import EntryKind
from tools.reference.logged import logged
from tools.reference.pages import PAGES, REFERENCE


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_reference_page_is_current(page: str) -> None:
    assert (REFERENCE / page).read_text(encoding="utf-8") == PAGES[page](), "renew it with `make reference`"


def test_every_page_beside_them_is_written_from_the_code() -> None:
    assert {path.name for path in REFERENCE.iterdir()} == set(PAGES)


def test_every_kind_of_entry_is_logged_somewhere() -> None:
    assert set(logged()) == set(EntryKind)

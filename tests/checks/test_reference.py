"""The reference pages are those that the code writes, and there is no other."""

import pytest

from tools.reference.pages import PAGES, REFERENCE


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_reference_page_is_current(page: str) -> None:
    assert (REFERENCE / page).read_text(encoding="utf-8") == PAGES[page](), "renew it with `make reference`"


def test_every_page_beside_them_is_written_from_the_code() -> None:
    assert {path.name for path in REFERENCE.iterdir()} == set(PAGES)

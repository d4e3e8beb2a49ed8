"""What somebody chose to see on their home tab, and what it shows."""

from bot.taskforce.terms import Severity
from storage import Store
from storage.homes import Home, HomeList, Outlook
from tests.storage.bursts import NOW, at

CHOSEN = Outlook(mine=True, site="NGH", severity=Severity.SEV2, pages={HomeList.OTHERS: 3})


def test_a_tab_that_was_never_opened_is_not_there(store: Store) -> None:
    with store.read() as unit:
        assert unit.homes.get("U_A") is None


def test_what_was_chosen_stays_until_something_else_is(store: Store) -> None:
    with store.write() as unit:
        unit.homes.put(Home("U_A", Outlook(), None, NOW))
        unit.homes.put(Home("U_B", Outlook(), None, NOW))
        unit.homes.put(Home("U_A", CHOSEN, "digest", at(1)))

    with store.read() as unit:
        assert unit.homes.get("U_A") == Home("U_A", CHOSEN, "digest", at(1))
        assert unit.homes.get("U_B") == Home("U_B", Outlook(), None, NOW)
    assert (CHOSEN.page(HomeList.OTHERS), CHOSEN.page(HomeList.MINE)) == (3, 1)


def test_a_tab_remembers_what_it_shows(store: Store) -> None:
    with store.write() as unit:
        unit.homes.put(Home("U_A", CHOSEN, None, NOW))
        unit.homes.draw("U_A", "digest")
        unit.homes.draw("U_NOBODY", "digest")

    with store.read() as unit:
        assert unit.homes.get("U_A") == Home("U_A", CHOSEN, "digest", NOW)
        assert unit.homes.get("U_NOBODY") is None

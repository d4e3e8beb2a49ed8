"""The sweep works on both databases, with the demonstration's programme."""

import pytest

from bot.operations.office import Office
from bot.programme import Programme
from storage import Store
from tests.handlers.conftest import programme
from tests.operations.story import TEAM

__all__ = ["programme"]


@pytest.fixture
def office(store: Store, programme: Programme) -> Office:
    """An office on a database of its own."""
    return Office(store, lambda: programme, TEAM)

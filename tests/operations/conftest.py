"""Operations work on both databases, with the demonstration's programme."""

from collections.abc import Iterator

import pytest

from bot.operations.office import Office
from bot.programme import Programme
from storage import Store
from tests.handlers.conftest import programme
from tests.operations.proof import proven
from tests.operations.story import TEAM

__all__ = ["programme"]


@pytest.fixture
def office(store: Store, programme: Programme) -> Iterator[Office]:
    """An office on a database of its own; in the end its rows must be what its logs say."""
    office = Office(store, lambda: programme, TEAM)
    yield office
    proven(office)

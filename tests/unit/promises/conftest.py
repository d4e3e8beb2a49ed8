"""The programme in which every case is told."""

import pytest

from bot.programme import Programme
from tests.unit.promises.places import programme


@pytest.fixture(name="in_force", scope="session")
def shipped_policies(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """The shipped policies at the four sites."""
    return programme(tmp_path_factory.mktemp("programme"))

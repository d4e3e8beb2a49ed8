"""The stage of the short campaign."""

import pytest

from tests.hostile.stage import Stage, build


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The story, played once and recorded."""
    return build(tmp_path_factory.mktemp("story"))

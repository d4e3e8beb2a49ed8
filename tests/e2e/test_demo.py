"""The demonstration's scenes, each of which keeps all of its promises."""

import pytest

from bot.demo.stage import Stage
from bot.demo.story import SCENES, Scene


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.title)
def test_a_scene_keeps_its_promises(stage: Stage, scene: Scene) -> None:
    scene.play(stage)

    assert stage.promises.kept
    assert not stage.promises.broken

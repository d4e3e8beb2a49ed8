"""A private burst looks to outsiders exactly like one that does not exist, whatever they send about it."""

import re

import pytest

from bot.slack import bolt
from bot.slack.answers import Say
from bot.slack.bolt import App
from tests.handlers.workspace import BYSTANDER, TEAM, Inline, Workspace
from tests.hostile.campaign import office_of
from tests.hostile.doors import in_process, packed
from tests.hostile.mutating import aimed_at
from tests.hostile.stage import Stage
from tests.hostile.story import GONE, GUEST, PRIVATE, STRANGER, Delivery

NOWHERE = 99


def heard(app: App, told: list[Say], slack: Workspace, delivery: Delivery) -> str:
    """Everything that comes of a delivery for whoever sent it, without the burst's number."""
    told.clear()
    slack.screens.views.clear()
    answer = in_process(app)(packed(delivery))
    words = f"{answer} {[one.message for one in told]} {slack.screens.views}"
    return re.sub(rf"\b(?:{PRIVATE}|{NOWHERE})\b", "n", words)


def names_a_burst(recorded: Delivery) -> bool:
    """Whether it is somebody's delivery about one burst; events are nobody's."""
    if recorded.door == "event":
        return False
    one, other = (aimed_at(recorded, burst, BYSTANDER, TEAM, "") for burst in (PRIVATE, NOWHERE))
    return one != other


@pytest.mark.parametrize("user", [BYSTANDER, GUEST, STRANGER, GONE])
def test_about_it_outsiders_hear_what_they_hear_about_nothing(
    stage: Stage, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Say] = []
    monkeypatch.setattr(bolt, "ThreadPoolExecutor", Inline)
    monkeypatch.setattr(bolt, "_respond", lambda _url, answer: told.append(answer))
    differing, compared = [], 0
    with office_of(stage) as office:
        slack = Workspace(office)
        for number, recorded in enumerate(stage.tape):
            if not names_a_burst(recorded):
                continue
            compared += 1
            about = [
                heard(slack._app, told, slack, aimed_at(recorded, burst, user, TEAM, f"{number}.{burst}"))
                for burst in (PRIVATE, NOWHERE)
            ]
            if about[0] != about[1]:
                differing.append((recorded.body, about))

    assert compared > 50
    assert differing == []

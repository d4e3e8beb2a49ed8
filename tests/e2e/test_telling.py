"""How the demonstration speaks, and that it does not pass over what failed."""

import io
from datetime import timedelta

import pytest

from bot.demo.blockers import blockers
from bot.demo.check import Promises, StoryStops
from bot.demo.policy_time import MORNING, PolicyTime
from bot.demo.processes import own_environment
from bot.demo.telling import Telling


def telling() -> tuple[Telling, io.StringIO]:
    """Somebody who tells into a text, on the morning of the story."""
    out = io.StringIO()
    return Telling(lambda: MORNING, {"U01PRIYA": "priya"}, out), out


def test_slack_markup_is_told_in_plain_words() -> None:
    told, _ = telling()

    assert told.plain("*Acceptance* by <!date^1795507872^{date_short} {time}|Tue 24 Nov 2026 08:11 GMT>") == (
        "Acceptance by Tue 24 Nov 2026 08:11 GMT"
    )
    assert told.plain("<@U01PRIYA> owns it &amp; knows") == "@priya owns it & knows"
    assert told.plain("`NGH_CT_ER1` sends") == "NGH_CT_ER1 sends"


def test_an_act_is_told_with_the_time_and_without_colours_in_a_file() -> None:
    told, out = telling()

    told.happens("priya presses [Accept]")
    told.promise("the card says so", came_true=True)

    assert out.getvalue() == "  09:12  priya presses [Accept]\n         ok  the card says so\n"


def test_a_whole_message_is_told_block_by_block() -> None:
    told, out = telling()
    button = {"type": "button", "text": {"type": "plain_text", "text": "Accept"}}

    told.message(
        {
            "blocks": [
                {"type": "header", "text": {"type": "plain_text", "text": "BURST-1 · No route"}},
                {"type": "section", "fields": [{"type": "mrkdwn", "text": "*State*\nOpen"}]},
                {"type": "divider"},
                {"type": "context", "elements": [{"type": "mrkdwn", "text": "Why you"}]},
                {"type": "actions", "elements": [button]},
            ]
        }
    )

    shown = [line.removeprefix("    | ") for line in out.getvalue().splitlines()]
    assert shown == ["BURST-1 · No route", "State Open", "Why you", "[Accept]"]


def test_a_promise_that_does_not_come_true_is_kept_in_mind_and_stops_the_scene() -> None:
    heard: list[tuple[str, bool]] = []
    promises = Promises(lambda words, came_true: heard.append((words, came_true)))

    promises.that("the channel exists", came_true=True)
    promises.that("the owner was asked", came_true=False, seen="nothing")
    with pytest.raises(StoryStops):
        promises.soon("the card is pinned", lambda: None, within=0.0)

    assert promises.kept == ["the channel exists"]
    assert promises.broken[0] == "the owner was asked; seen: 'nothing'"
    assert promises.broken[1].startswith("the card is pinned; seen:")
    assert [came_true for _, came_true in heard] == [True, False, False]


def test_nobodys_proxy_and_nobodys_slack_reach_the_children(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "http_proxy", "SLACK_BOT_TOKEN", "BURST_PROGRAMME"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("LANG_OF_STORY", "en")

    environment = own_environment()

    assert "elsewhere" not in environment.values()
    assert environment["LANG_OF_STORY"] == "en"


def test_no_blocker_with_a_patients_data_is_played() -> None:
    assert "migrated-study-wrong-banner" not in blockers()
    assert len(blockers()) >= 6


def test_time_does_not_go_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    time = PolicyTime(tmp_path_factory.mktemp("time") / "clock.json")
    with pytest.raises(ValueError, match="forward"):
        time.forward(timedelta(seconds=-1))
    assert time.now() - MORNING < timedelta(minutes=1)

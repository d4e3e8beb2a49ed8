"""How deliveries are read: strict about what we rely on, tolerant of everything else."""

from typing import Any

import pytest

from bot.slack import requests
from bot.slack.requests import Malformed

USER = {"user": {"id": "U1", "team_id": "T1"}}
CLICK: dict[str, Any] = {
    **USER,
    "trigger_id": "1.2",
    "actions": [{"action_id": "burst_accept", "value": "1:2"}],
}


def test_a_click_says_who_pressed_what_and_where() -> None:
    click = requests.click(
        {**CLICK, "container": {"channel_id": "C1", "message_ts": "1.0"}, "something": "new"}
    )

    assert (click.person.user, click.person.team, click.action, click.value) == (
        "U1",
        "T1",
        "burst_accept",
        "1:2",
    )
    assert (click.channel, click.message_ts, click.key) == ("C1", "1.0", "click:1.2")


@pytest.mark.parametrize("actions", [None, [], "burst_accept", [7], [{}], [{"action_id": ""}]])
def test_a_click_without_an_action_is_malformed(actions: object) -> None:
    with pytest.raises(Malformed):
        requests.click({**CLICK, "actions": actions})


@pytest.mark.parametrize(
    "team", [{"user": {"id": "U1"}, "team": {"id": "T2"}}, {"user": {"id": "U1", "team_id": "T2"}}]
)
def test_the_persons_own_workspace_is_known_either_way(team: dict[str, Any]) -> None:
    assert requests.shortcut({**team, "callback_id": "x", "trigger_id": "1"}).person.team == "T2"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ({"value": "  words "}, "words"),
        ({"selected_option": {"value": "two"}}, "two"),
        ({"selected_user": "U2"}, "U2"),
        ({"selected_date": "2026-12-01"}, "2026-12-01"),
        ({"value": None}, ""),
        ({"selected_option": None}, ""),
        ({"value": True}, ""),
        ({"selected_options": []}, ""),
        ({}, ""),
    ],
)
def test_an_input_holds_one_text(element: dict[str, Any], text: str) -> None:
    assert requests.selected({"block": element}) == text


@pytest.mark.parametrize(
    ("element", "chosen"),
    [
        ({"selected_options": [{"value": "a"}, {"value": "b"}]}, ("a", "b")),
        ({"selected_options": [{"value": "a"}, 7, {"text": "b"}]}, ("a",)),
        ({"selected_users": ["U1", "U2"]}, ("U1", "U2")),
        ({"value": "a"}, ()),
    ],
)
def test_an_input_may_hold_several(element: dict[str, Any], chosen: tuple[str, ...]) -> None:
    assert requests.chosen({"block": element}) == chosen


def test_an_error_names_the_field_and_never_its_value() -> None:
    with pytest.raises(Malformed) as malformed:
        requests.command({"user_id": "U1", "text": "a secret"})

    assert "team_id" in str(malformed.value)
    assert "secret" not in str(malformed.value)


def test_a_page_sent_again_has_the_same_key_and_another_page_of_the_modal_has_not() -> None:
    view = {"id": "V1", "callback_id": "burst_open", "state": {"values": {}}}
    first = requests.submission({**USER, "view": view})
    second = requests.submission({**USER, "view": {**view, "callback_id": "burst_open_details"}})

    assert first.key == "view:V1:burst_open"
    assert second.key != first.key


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_kept() -> None:
    body = {
        "user_id": "U1\ud800",
        "team_id": "T1",
        "channel_id": "C1",
        "trigger_id": "1",
        "text": "a \udfff b",
    }
    command = requests.command(body)

    assert (command.person.user, command.text) == ("U1\ufffd", "a \ufffd b")


def test_a_null_stays_in_what_somebody_typed_alone() -> None:
    event = requests.event(
        {"event_id": "Ev\x00", "event": {"type": "message", "text": "a\x00", "user": "U\x00"}}
    )

    assert (event.id, event.text("user"), event.text("text")) == ("Ev\ufffd", "U\ufffd", "a\x00")


def test_what_is_absurdly_deep_is_left_out() -> None:
    deep: object = "bottom"
    for _ in range(5_000):
        deep = {"type": [deep]}

    event = requests.event({"event_id": "Ev1", "event": {"type": "message", "user": "U1", "blocks": deep}})

    assert event.text("user") == "U1"

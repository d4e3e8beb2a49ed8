"""Whatever is thrown at a handler: an answer in words, and nothing lost or half done."""

import json
from typing import Any

import pytest

from bot.errors import TransientFault
from bot.operations.office import Office
from bot.slack.ids import Action, Shortcut, View
from bot.taskforce.burst import Burst
from bot.taskforce.terms import Standing
from tests.handlers.workspace import (
    BYSTANDER,
    OPEN_LINE,
    OTHER_TEAM,
    RAISER,
    UPDATE,
    Workspace,
    fresh,
    parsed_words,
    said,
    words_of,
)

EVERY_COMMAND = (
    "open", "list", "status", "log", "checklist", "join", "accept", "decline", "update", "decide",
    "evidence", "owner", "pair", "add", "severity", "pause", "resume", "escalate", "resolve", "signoff",
    "sendback", "cancel", "reopen", "attach", "archive", "show", "help", "link",
)  # fmt: skip
ON_A_BURST = tuple(word for word in EVERY_COMMAND if word not in {"open", "list", "archive", "help"})


class TestCommands:
    def test_ten_thousand_characters_are_too_many(self, slack: Workspace, opened: Burst) -> None:
        for word in EVERY_COMMAND:
            heard = slack.command(RAISER, f"{word} {opened.key} {'x' * 10_000}")

            assert heard.status == 200
            assert "at most 3,000" in heard.words
        assert slack.burst() == opened

    def test_without_a_key_outside_a_bursts_channel(self, slack: Workspace, opened: Burst) -> None:
        for word in ON_A_BURST:
            assert "Write its key" in slack.command(RAISER, word).words, word

    @pytest.mark.parametrize("word", ON_A_BURST)
    @pytest.mark.parametrize("key", ["BURST-99", "BURST-999999999999999999"])
    def test_with_the_key_of_no_burst(self, slack: Workspace, opened: Burst, word: str, key: str) -> None:
        rest = {
            "owner": "<@U01JONAH|x>",
            "add": "<@U01JONAH|x>",
            "pair": "clinical <@U01JONAH|x>",
            "severity": "impact:1 urgency:1 because",
            "pause": "awaiting_requester until:2h",
            "cancel": "mistake because",
            "link": "blocks BURST-1",
            "status": "", "log": "", "checklist": "", "join": "", "resume": "", "resolve": "", "signoff": "",
            "attach": "", "show": "", "accept": "",
        }.get(word, "because it must be")  # fmt: skip

        heard = slack.command(RAISER, f"{word} {key} {rest}")

        assert f"There is no {key}" in heard.words
        assert slack.burst() == opened

    @pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b[31m", "\x7f"])
    @pytest.mark.parametrize("word", ["update", "decide", "escalate"])
    def test_control_characters_are_refused(
        self, slack: Workspace, working: Burst, word: str, character: str
    ) -> None:
        heard = slack.command(RAISER, f"{word} {working.key} something odd{character} is in this text")

        assert "control characters" in heard.words
        assert slack.burst() == working

    def test_control_characters_in_a_title_are_refused(self, slack: Workspace) -> None:
        heard = slack.command(RAISER, OPEN_LINE + "\x00")

        assert "control characters" in heard.words
        assert slack.count() == 0

    @pytest.mark.parametrize("word", ["wrong", "BURST-1", "'; DROP TABLE burst; --", "🔥", "<@U01JONAH|x>"])
    def test_unknown_words_get_three_commands(self, slack: Workspace, word: str) -> None:
        heard = slack.command(RAISER, word)

        assert heard.words.count("`/burst ") == 3

    @pytest.mark.parametrize("missing", ["user_id", "team_id", "channel_id", "trigger_id"])
    def test_a_delivery_that_lacks_something(self, slack: Workspace, missing: str) -> None:
        heard = slack.command(RAISER, OPEN_LINE, **{missing: ""})

        assert heard.status == 200
        assert "could not read" in heard.words
        assert slack.count() == 0

    def test_people_of_another_workspace_see_nothing(self, slack: Workspace, opened: Burst) -> None:
        for line in (f"status {opened.key}", f"update {opened.key} {UPDATE}", f"join {opened.key}"):
            assert f"There is no {opened.key}" in slack.command(RAISER + "X", line, team=OTHER_TEAM).words
        assert "Only full members" in slack.command(RAISER + "X", "archive x", team=OTHER_TEAM).words

    def test_a_guest_in_the_burst_may_update_and_no_more(self, slack: Workspace, working: Burst) -> None:
        slack.command(RAISER, f"add {working.key} <@U01GUEST|x> the vendor's engineer")
        slack.know("U01GUEST", Standing.GUEST)

        assert "Posted." in slack.command("U01GUEST", f"update {working.key} {UPDATE}").words
        assert "Logged." not in slack.command("U01GUEST", f"decide {working.key} we go live").words

    def test_mentions_reach_nobody_through_an_answer(self, slack: Workspace) -> None:
        slack.command(RAISER, OPEN_LINE.replace("chest", "<!channel> <!here> <@U01JONAH>"))

        answers = [slack.command(RAISER, line).body for line in ("list", "status BURST-1", "log BURST-1")]

        for alarm in ("<!channel>", "<!here>", "<@U01JONAH>"):
            assert alarm not in parsed_words(answers)


class TestButtons:
    @pytest.mark.parametrize("value", ["", "0:1", "1", "-1:1", "1:x", "99999999999999999999:1", "🔥"])
    def test_values_that_are_not_ours(self, slack: Workspace, opened: Burst, value: str) -> None:
        for action in (action for action in Action if action.startswith(("burst_", "steering_"))):
            slack.click(RAISER, action, value)

        assert slack.burst() == opened

    @pytest.mark.parametrize(
        "action",
        [Action.ACCEPT, Action.UPDATE, Action.RESUME, Action.SIGN_OFF, Action.JOIN, Action.STEERING_TAKE],
    )
    def test_of_a_burst_that_does_not_exist(self, slack: Workspace, opened: Burst, action: Action) -> None:
        assert "There is no BURST-99" in said(slack.click(RAISER, action, "99:1"))

    def test_of_another_app_are_ignored(self, slack: Workspace, opened: Burst) -> None:
        assert slack.click(RAISER, "somebody_elses_button", "1:1") is None

    def test_a_window_that_does_not_open_is_told(self, slack: Workspace, opened: Burst) -> None:
        slack.screens.broken = TransientFault("views.open", "ratelimited")

        assert "press once more" in said(slack.press(RAISER, Action.UPDATE, opened))
        assert "press once more" in slack.command(RAISER, "").words

    def test_words_without_a_conversation_to_say_them_in_open_a_small_window(
        self, slack: Workspace, opened: Burst
    ) -> None:
        slack.know(BYSTANDER, Standing.GUEST)
        slack.shortcut(BYSTANDER, Shortcut.RAISE)

        [view] = slack.screens.views
        assert (view["callback_id"], view["title"]["text"]) == (View.TOLD, "Issue Burst")
        assert "full members" in words_of(view)
        assert "submit" not in view
        assert slack.told == []

    def test_where_no_window_opens_either_it_is_tried_once_and_nothing_breaks(
        self, slack: Workspace, opened: Burst
    ) -> None:
        slack.know(BYSTANDER, Standing.GUEST)
        slack.screens.broken = TransientFault("views.open", "ratelimited")

        assert slack.shortcut(BYSTANDER, Shortcut.RAISE).status == 200
        assert slack.screens.tried == 1

    @pytest.mark.parametrize(
        "payload",
        [
            {"type": "block_actions"},
            {"type": "block_actions", "actions": [{"type": "button", "action_id": "burst_accept"}]},
            {
                "type": "block_actions",
                "actions": [{"type": "button", "action_id": "burst_accept"}],
                "user": {},
            },
            {"type": "shortcut", "callback_id": "burst_raise"},
            {"type": "view_submission", "view": {"type": "modal", "callback_id": "burst_update_view"}},
        ],
    )
    def test_payloads_without_what_we_need(
        self, slack: Workspace, opened: Burst, payload: dict[str, Any]
    ) -> None:
        heard = slack.interact(payload)

        assert heard.status in {200, 404}
        assert slack.burst() == opened


class TestPages:
    @pytest.mark.parametrize(
        "note", ["", "burst:", "burst:x", "draft:1", "burst:99", "{}", "burst:1:" + "x" * 90]
    )
    def test_notes_that_are_not_ours(self, slack: Workspace, opened: Burst, note: str) -> None:
        slack.press(RAISER, Action.UPDATE, opened)
        for callback in (view for view in View if view.endswith("_view")):
            page = {**slack.shown, "callback_id": callback, "private_metadata": note}

            assert slack.submit(RAISER, page, {"text": UPDATE}).status == 200

        assert slack.burst() == opened

    def test_a_text_that_is_too_long_keeps_the_page(self, slack: Workspace, opened: Burst) -> None:
        slack.press(RAISER, Action.UPDATE, opened)

        heard = slack.submit(RAISER, slack.shown, {"text": "x" * 10_000})

        assert "at most 3,000" in heard.errors["text"]
        assert slack.burst() == opened

    @pytest.mark.parametrize(
        "values",
        [
            {"text": None},
            {"text": {"text": None}},
            {"text": {"text": {"value": {"deep": 1}}}},
            {"text": [1]},
            {},
        ],
    )
    def test_state_of_another_shape(self, slack: Workspace, opened: Burst, values: object) -> None:
        slack.press(RAISER, Action.UPDATE, opened)
        view = {**slack.shown, "id": fresh("V"), "state": {"values": values}}
        body = {"type": "view_submission", "user": {"id": RAISER, "team_id": "T01HOSPITAL"}, "view": view}

        heard = slack.interact(body)

        assert set(heard.errors) == {"text"}
        assert slack.burst() == opened

    def test_a_fault_of_ours_keeps_the_page_and_names_an_error_id(
        self, slack: Workspace, opened: Burst, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slack.press(RAISER, Action.UPDATE, opened)

        def broken(*_arguments: object) -> None:
            raise RuntimeError("the disk is on fire")

        monkeypatch.setattr(type(office.store), "write", broken)
        heard = slack.submit(RAISER, slack.shown, {"text": UPDATE})

        assert "error " in heard.errors["text"]
        assert "disk" not in heard.errors["text"]


class TestDeliveries:
    def test_an_unsigned_one_is_refused(self, slack: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(slack._signer, "generate_signature", lambda **_named: "v0=forged")

        assert slack.command(RAISER, OPEN_LINE).status == 401
        assert slack.count() == 0

    def test_an_event_that_fails_is_asked_for_again(
        self, slack: Workspace, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_arguments: object) -> None:
            raise RuntimeError("the disk is on fire")

        monkeypatch.setattr(type(office.store), "write", broken)

        assert slack.event("app_home_opened", user=BYSTANDER, tab="home").status == 500

    @pytest.mark.parametrize("body", ["", "payload={}", "command=%2Fburst", "command=%2Fburst&user_id=U1"])
    def test_bodies_that_are_nothing(self, slack: Workspace, opened: Burst, body: str) -> None:
        slack.deliver(body, "application/x-www-form-urlencoded")

        assert slack.burst() == opened

    def test_an_event_without_an_inner_one(self, slack: Workspace) -> None:
        body = json.dumps({"type": "event_callback", "event_id": "Ev1", "event": {"type": "team_join"}})

        assert slack.deliver(body, "application/json").status == 200

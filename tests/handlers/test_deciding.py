"""Decisions in Slack: the command, the page "Log decision", and the steering cell's "Decide"."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.slack.ids import Action, Block, View
from bot.taskforce.burst import Burst
from bot.taskforce.terms import EntryKind, Verdict
from tests.handlers.workspace import BYSTANDER, RAISER, Workspace, filled, said, words_of

STELLA, DOMINIC = "U01STELLA", "U01DOMINIC"
WITHOUT = "May we go live without it?"
OPTIONS = {"options": "Now\nIn June", "recommended": "In June"}
IMPACTS = {"clinical_impact": "Nobody reads there yet", "technical_impact": "One route less"}


def inputs(view: Mapping[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def ask(slack: Workspace, burst: Burst, right: str = "go_live", **more: str) -> Burst:
    """The raiser puts a question."""
    slack.press(RAISER, Action.DECIDE, burst)
    slack.submit(RAISER, slack.shown, {"text": WITHOUT, "right": right, **more})
    return slack.burst()


def vote(slack: Workspace, user: str, **given: str) -> Mapping[str, Any]:
    """Somebody answers question 1 by the button of their message; what they see next."""
    slack.press(user, Action.STEERING_DECIDE, slack.burst(), "1")
    return slack.submit(user, slack.shown, {"text": "The test went well", **given}).body


class TestCommand:
    def test_a_decision_of_the_team(self, slack: Workspace, working: Burst) -> None:
        heard = slack.command(RAISER, f"decide {working.key} We read in the old layout until Friday")

        assert "Logged." in heard.words
        assert slack.log()[-1].kind is EntryKind.DECISION

    def test_a_right_of_others_becomes_a_question_and_says_so(self, slack: Workspace, working: Burst) -> None:
        heard = slack.command(RAISER, f"decide {working.key} right:go_live {WITHOUT}")

        assert "for others to decide: the steering cell" in heard.words
        assert "question 1" in heard.words
        assert (slack.burst().requests[0].question, slack.burst().requests[0].right) == (WITHOUT, "go_live")

    def test_scope_opens_the_page_which_asks_for_the_impacts(self, slack: Workspace, working: Burst) -> None:
        slack.command(RAISER, f"decide {working.key} right:scope Leave phase two out")

        state = filled(slack.shown, {})
        assert slack.shown["callback_id"] == View.DECIDE
        assert state["text"]["text"]["value"] == "Leave phase two out"
        assert state["right"]["right"]["selected_option"]["value"] == "scope"
        assert slack.burst() == working

    def test_an_unknown_right_is_answered_with_those_that_there_are(
        self, slack: Workspace, working: Burst
    ) -> None:
        heard = slack.command(RAISER, f"decide {working.key} right:budget Buy one more")

        assert "`right:scope`" in heard.words
        assert slack.burst() == working


class TestPage:
    def test_a_decision_of_the_team(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.DECIDE, working)

        heard = slack.submit(RAISER, slack.shown, {"text": "We read in the old layout", "right": "team"})

        assert heard.body == {}
        assert slack.log()[-1].kind is EntryKind.DECISION

    def test_a_question_is_put_with_all_that_belongs_to_it(self, slack: Workspace, working: Burst) -> None:
        burst = ask(slack, working, "scope", until="5bd", **OPTIONS, **IMPACTS)

        (request,) = burst.requests
        assert (request.options, request.recommended) == (("Now", "In June"), 2)
        assert (request.clinical_impact, request.technical_impact) == tuple(IMPACTS.values())

    def test_whoever_asked_hears_who_decides(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.DECIDE, working)

        heard = slack.submit(RAISER, slack.shown, {"text": WITHOUT, "right": "go_live"})

        assert heard.view["callback_id"] == View.TOLD
        assert "for others to decide: the steering cell" in heard.words

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"right": "scope", "technical_impact": "None"}, "clinical_impact"),
            ({"right": "scope", "clinical_impact": "None"}, "technical_impact"),
            ({"right": "go_live", "options": "Now"}, "options"),
            ({"right": "go_live", "options": "Now\nLater", "recommended": "3"}, "recommended"),
            ({"right": "go_live", "until": "soon"}, "until"),
            ({"right": "team", "options": "Now\nLater"}, "right"),
        ],
    )
    def test_it_is_refused_at_the_field(
        self, slack: Workspace, working: Burst, given: dict[str, str], field: str
    ) -> None:
        slack.press(RAISER, Action.DECIDE, working)

        heard = slack.submit(RAISER, slack.shown, {"text": WITHOUT, **given})

        assert list(heard.errors) == [field]
        assert slack.burst() == working

    def test_a_member_of_the_cell_hears_that_others_must_agree(
        self, slack: Workspace, working: Burst
    ) -> None:
        slack.press(STELLA, Action.STEERING_DECIDE, working)

        heard = slack.submit(STELLA, slack.shown, {"text": "We go live on Monday", "right": "go_live"})

        assert "2 must agree (the steering cell)" in heard.words
        assert [one.seat for one in slack.burst().requests[0].votes] == [STELLA]

    def test_scope_goes_on_to_the_page_that_asks_for_the_impacts(
        self, slack: Workspace, working: Burst
    ) -> None:
        slack.press(STELLA, Action.STEERING_DECIDE, working)

        page = slack.submit(STELLA, slack.shown, {"text": "Leave phase two out", "right": "scope"}).view
        slack.submit(STELLA, page, IMPACTS)

        (request,) = slack.burst().requests
        assert (request.question, request.right) == ("Leave phase two out", "scope")
        assert [one.seat for one in request.votes] == [STELLA]


class TestAnswering:
    def test_the_page_shows_the_question_with_its_options(self, slack: Workspace, working: Burst) -> None:
        ask(slack, working, **OPTIONS)

        slack.press(STELLA, Action.STEERING_DECIDE, slack.burst(), "1")

        assert inputs(slack.shown) == ["text", "request", "answer", "option", "until"]
        for words in (WITHOUT, "2. In June (recommended)", "2 must agree, nobody has answered yet"):
            assert words in words_of(slack.shown)

    def test_two_who_agree_on_an_option_decide(self, slack: Workspace, working: Burst) -> None:
        ask(slack, working, **OPTIONS)

        first = vote(slack, STELLA, answer="approve", option="1.2")
        assert "it waits for others" in words_of(first)
        assert vote(slack, DOMINIC, answer="approve", option="1.2") == {}

        (request,) = slack.burst().requests
        assert (request.verdict, request.chosen) == (Verdict.APPROVE, 2)

    def test_declining_and_putting_off(self, slack: Workspace, working: Burst) -> None:
        ask(slack, working)

        vote(slack, STELLA, answer="decline")
        vote(slack, STELLA, answer="defer", until="2bd")
        vote(slack, DOMINIC, answer="defer", until="3bd")

        assert slack.log()[-1].kind is EntryKind.DECISION_DEFERRED
        assert slack.burst().requests[0].votes == ()

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"answer": "approve"}, "option"),
            ({"answer": "approve", "option": "2.1"}, "option"),
            ({"answer": "approve", "option": "1.9"}, "option"),
            ({"answer": "defer"}, "until"),
            ({"answer": "defer", "until": "yesterday"}, "until"),
            ({}, "answer"),
            ({"answer": "perhaps"}, "answer"),
            ({"answer": "decline", "request": "9"}, "request"),
            ({"answer": "decline", "request": "²"}, "request"),
        ],
    )
    def test_it_is_refused_at_the_field(
        self, slack: Workspace, working: Burst, given: dict[str, str], field: str
    ) -> None:
        before = ask(slack, working, **OPTIONS)
        slack.press(STELLA, Action.STEERING_DECIDE, before)

        heard = slack.submit(STELLA, slack.shown, {"text": "Because", **given})

        assert list(heard.errors) == [field]
        assert slack.burst() == before

    def test_from_the_card_the_cell_may_decide_something_else(self, slack: Workspace, working: Burst) -> None:
        ask(slack, working, **OPTIONS)
        slack.press(STELLA, Action.STEERING_DECIDE, slack.burst())
        assert Block.RIGHT in inputs(slack.shown)

        slack.submit(STELLA, slack.shown, {"text": "The vendor is called", "request": ""})

        assert slack.log()[-1].kind is EntryKind.DECISION
        assert slack.burst().requests[0].votes == ()

    def test_somebody_without_the_right_hears_who_can(self, slack: Workspace, working: Burst) -> None:
        before = ask(slack, working)

        assert "the steering cell can" in words_of(vote(slack, RAISER, answer="approve"))
        assert slack.burst() == before

    def test_a_bystander_cannot_log_one(self, slack: Workspace, working: Burst) -> None:
        assert "Join it first" in said(slack.press(BYSTANDER, Action.DECIDE, working))

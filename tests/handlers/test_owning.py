"""Who answers for a burst."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.slack.ids import Action
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.terms import EntryKind, Standing, State
from tests.handlers.workspace import BYSTANDER, RAISER, UPDATE, Workspace, filled, said, words_of


def owner_of(burst: Burst) -> str:
    assert burst.owner is not None
    return burst.owner


class TestAccepting:
    def test_by_command_says_what_is_promised_next(self, slack: Workspace, opened: Burst) -> None:
        heard = slack.command(owner_of(opened), f"accept {opened.key}")

        assert slack.burst().state is State.ACCEPTED
        assert "You own it" in heard.words
        assert "*Missing facts* by" in heard.words

    def test_a_small_key_and_a_word_in_capitals_will_do(self, slack: Workspace, opened: Burst) -> None:
        slack.command(owner_of(opened), "ACCEPT burst-1")

        assert slack.burst().state is State.ACCEPTED

    def test_by_button_is_silent_since_the_channel_shows_it(self, slack: Workspace, opened: Burst) -> None:
        assert slack.press(owner_of(opened), Action.ACCEPT, opened) is None

        assert slack.burst().state is State.ACCEPTED
        assert EffectKind.REFRESH_CARD in {intent.kind for intent in slack.intents()}

    def test_pressed_twice_is_done_once(self, slack: Workspace, opened: Burst) -> None:
        slack.press(owner_of(opened), Action.ACCEPT, opened)
        once = slack.burst()

        again = slack.press(owner_of(opened), Action.ACCEPT, opened)

        assert "already" in said(again)
        assert slack.burst() == once

    def test_delivered_twice_is_done_once(self, slack: Workspace, opened: Burst) -> None:
        value = f"{opened.id}:{opened.version}"
        slack.click(owner_of(opened), Action.ACCEPT, value, trigger="once")
        once = slack.burst()

        slack.click(owner_of(opened), Action.ACCEPT, value, trigger="once")

        assert slack.burst() == once

    def test_pressed_on_two_devices_at_once_is_done_once(self, slack: Workspace, opened: Burst) -> None:
        together = Barrier(2)

        def press(_device: int) -> None:
            together.wait(timeout=10)
            slack.press(owner_of(opened), Action.ACCEPT, opened)

        with ThreadPoolExecutor(2) as devices:
            list(devices.map(press, range(2)))

        accepted = [entry for entry in slack.log() if entry.kind is EntryKind.ACCEPTED]
        assert len(accepted) == 1
        assert len(slack.told) == 1

    def test_somebody_else_is_told_who_can(self, slack: Workspace, opened: Burst) -> None:
        told = said(slack.press(BYSTANDER, Action.ACCEPT, opened))

        assert "Only the accountable owner" in told
        assert slack.burst().state is State.OPEN

    def test_an_owner_who_was_deactivated_cannot(self, slack: Workspace, opened: Burst) -> None:
        slack.know(owner_of(opened), Standing.DEACTIVATED)

        slack.press(owner_of(opened), Action.ACCEPT, opened)

        assert slack.burst().state is State.OPEN


class TestDeclining:
    def test_by_command_without_a_reason_it_is_asked_for_one(self, slack: Workspace, opened: Burst) -> None:
        slack.command(owner_of(opened), f"decline {opened.key}")

        assert slack.shown["callback_id"] == "burst_decline_view"
        assert slack.burst().owner == opened.owner
        slack.submit(owner_of(opened), slack.shown, {"text": "I am on leave from tomorrow"})
        assert slack.burst().owner not in {None, opened.owner}

    def test_nobody_else_is_even_asked_for_a_reason(self, slack: Workspace, opened: Burst) -> None:
        assert "Only the accountable owner" in slack.command(BYSTANDER, f"decline {opened.key}").words
        assert slack.screens.views == []

    def test_by_command_asks_the_next_in_line(self, slack: Workspace, opened: Burst) -> None:
        slack.command(owner_of(opened), f"decline {opened.key} I am on leave from tomorrow")

        assert slack.burst().owner not in {None, opened.owner}
        assert EntryKind.DECLINED in {entry.kind for entry in slack.log()}

    def test_by_button_asks_why_and_who(self, slack: Workspace, opened: Burst) -> None:
        slack.press(owner_of(opened), Action.DECLINE, opened)
        given = {"text": "The broker is not mine", "owner": "U01JONAH"}

        heard = slack.submit(owner_of(opened), slack.shown, given)

        assert heard.body == {}
        assert slack.burst().owner == "U01JONAH"

    def test_an_empty_reason_is_refused_in_the_modal(self, slack: Workspace, opened: Burst) -> None:
        slack.press(owner_of(opened), Action.DECLINE, opened)

        heard = slack.submit(owner_of(opened), slack.shown, {"text": "   "})

        assert set(heard.errors) == {"text"}
        assert slack.burst().owner == opened.owner

    def test_nobody_else_gets_the_modal(self, slack: Workspace, opened: Burst) -> None:
        assert "Only the accountable owner" in said(slack.press(BYSTANDER, Action.DECLINE, opened))
        assert slack.screens.views == []


class TestHandingOver:
    def test_by_command(self, slack: Workspace, working: Burst) -> None:
        slack.command(owner_of(working), f"owner {working.key} <@U01JONAH|x> it is an HL7 matter after all")

        burst = slack.burst()
        assert burst.owner == "U01JONAH"
        assert burst.accepted_at is None

    def test_by_command_needs_a_person(self, slack: Workspace, working: Burst) -> None:
        heard = slack.command(owner_of(working), f"owner {working.key} jonah")

        assert "name a person with @" in heard.words
        assert slack.burst().owner == working.owner

    def test_by_button(self, slack: Workspace, working: Burst) -> None:
        slack.press(owner_of(working), Action.HANDOVER, working)

        slack.submit(owner_of(working), slack.shown, {"owner": "U01JONAH", "text": "It is an HL7 matter"})

        assert slack.burst().owner == "U01JONAH"

    @pytest.mark.parametrize(
        ("action", "called"), [(Action.HANDOVER, "Hand over"), (Action.STEERING_REASSIGN, "Reassign")]
    )
    def test_the_page_is_called_what_was_pressed(
        self, slack: Workspace, working: Burst, action: Action, called: str
    ) -> None:
        slack.press(owner_of(working), action, working)

        assert slack.shown["title"]["text"] == called
        assert slack.shown["submit"]["text"] == called

    def test_the_modal_wants_a_person(self, slack: Workspace, working: Burst) -> None:
        slack.press(owner_of(working), Action.HANDOVER, working)

        heard = slack.submit(owner_of(working), slack.shown, {"text": "It is an HL7 matter"})

        assert set(heard.errors) == {"owner"}

    @pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED])
    def test_only_full_members_can_own(self, slack: Workspace, working: Burst, standing: Standing) -> None:
        slack.know("U01STRANGER", standing)

        heard = slack.command(owner_of(working), f"owner {working.key} <@U01STRANGER|x> please")

        assert heard.words
        assert slack.burst().owner == working.owner


class TestSeats:
    def test_a_co_lead_is_named(self, slack: Workspace, working: Burst) -> None:
        slack.command(owner_of(working), f"pair {working.key} technical <@U01JONAH|x>")

        assert slack.burst().technical_lead == "U01JONAH"

    def test_the_seat_has_to_be_named(self, slack: Workspace, working: Burst) -> None:
        heard = slack.command(owner_of(working), f"pair {working.key} <@U01JONAH|x>")

        assert "clinical" in heard.words
        assert slack.burst().technical_lead == working.technical_lead


def test_the_modals_remember_only_the_bursts_id(slack: Workspace, working: Burst) -> None:
    slack.press(owner_of(working), Action.HANDOVER, working)

    assert slack.shown["private_metadata"] == "burst:1"
    assert working.title not in words_of(filled(slack.shown, {}))


def test_two_people_who_hand_over_at_once_both_get_an_answer(slack: Workspace, working: Burst) -> None:
    slack.press(owner_of(working), Action.HANDOVER, working)
    first = slack.shown
    slack.press(owner_of(working), Action.HANDOVER, working)
    second = slack.shown

    slack.submit(owner_of(working), first, {"owner": "U01JONAH", "text": UPDATE})
    heard = slack.submit(owner_of(working), second, {"owner": "U01TOMAS", "text": UPDATE})

    assert slack.burst().owner in {"U01JONAH", "U01TOMAS"}
    assert heard.status == 200


def test_the_raiser_cannot_accept_for_the_owner(slack: Workspace, opened: Burst) -> None:
    assert "Only the accountable owner" in slack.command(RAISER, f"accept {opened.key}").words

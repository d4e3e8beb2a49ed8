"""The end of a burst, and opening it again."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from bot.slack.ids import Action
from bot.taskforce.burst import Burst
from bot.taskforce.causes import Suggestion
from bot.taskforce.permissions import technical_signers
from bot.taskforce.terms import EntryKind, Outcome, State
from tests.handlers.workspace import (
    BYSTANDER,
    FIX,
    OPEN_LINE,
    RAISER,
    Workspace,
    clinical_of,
    owner_of,
    said,
)


@pytest.fixture
def closed(slack: Workspace, resolved: Burst) -> Burst:
    """A burst that everybody signed off."""
    slack.press(technical_signers(resolved)[0], Action.SIGN_OFF, resolved)
    slack.press(clinical_of(resolved), Action.SIGN_OFF, resolved)
    return slack.burst()


class TestResolving:
    def test_the_modal_offers_the_familys_usual_causes_first(
        self, slack: Workspace, proven: Burst, programme: object
    ) -> None:
        slack.press(owner_of(proven), Action.RESOLVE, proven)

        cause = next(block for block in slack.shown["blocks"] if block.get("block_id") == "cause")
        offered = [option["value"] for option in cause["element"]["options"]]
        usual = slack.office.programme().families["dicom_mapping"].delay_causes
        assert tuple(offered[: len(usual)]) == usual
        assert set(offered) == set(slack.office.programme().file.delay_causes)

    def test_the_cause_that_its_history_suggests_is_chosen_and_says_why(
        self, slack: Workspace, proven: Burst
    ) -> None:
        with freeze_time(proven.opened_at + timedelta(hours=4)):
            slack.press(owner_of(proven), Action.RESOLVE, proven)

        cause = next(block for block in slack.shown["blocks"] if block.get("block_id") == "cause")
        assert cause["element"]["initial_option"]["value"] == "information_missing"
        assert cause["hint"]["text"] == "The intake was incomplete when it was opened."

    def test_what_was_suggested_is_kept_beside_what_was_confirmed(
        self, slack: Workspace, proven: Burst
    ) -> None:
        with freeze_time(proven.opened_at + timedelta(hours=4)):
            slack.press(owner_of(proven), Action.RESOLVE, proven)
            slack.submit(owner_of(proven), slack.shown, {**FIX, "cause": "technical_complexity"})

        said_then = slack.burst().resolution
        assert said_then is not None
        assert (said_then.cause, said_then.suggested) == ("technical_complexity", "information_missing")
        logged = next(entry for entry in slack.log() if entry.kind is EntryKind.RESOLVED)
        assert (logged.body or {})["suggested_why"] == "The intake was incomplete when it was opened."

    def test_a_cause_that_the_programme_does_not_know_is_not_suggested(
        self, slack: Workspace, proven: Burst, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.operations.resolve.suggest", lambda *_, **__: Suggestion("elsewhere", "Why"))

        slack.press(owner_of(proven), Action.RESOLVE, proven)

        cause = next(block for block in slack.shown["blocks"] if block.get("block_id") == "cause")
        assert "initial_option" not in cause["element"]

    def test_the_fix_is_kept(self, slack: Workspace, resolved: Burst) -> None:
        assert resolved.state is State.RESOLVED
        assert resolved.resolution is not None
        assert resolved.resolution.fix == FIX["fix"]

    def test_missing_evidence_is_refused_in_the_modal(self, slack: Workspace, working: Burst) -> None:
        slack.press(owner_of(working), Action.RESOLVE, working)

        heard = slack.submit(owner_of(working), slack.shown, FIX)

        assert set(heard.errors) == {"fix"}
        assert slack.burst() == working

    def test_others_do_not_get_the_modal(self, slack: Workspace, proven: Burst) -> None:
        assert "Only the owner" in said(slack.press(BYSTANDER, Action.RESOLVE, proven))
        assert "Only the owner" in slack.command(BYSTANDER, f"resolve {proven.key}").words

    def test_the_command_takes_nothing_but_a_key(self, slack: Workspace, proven: Burst) -> None:
        assert "takes only a key" in slack.command(owner_of(proven), f"resolve {proven.key} done").words


class TestSigningOff:
    def test_by_button_and_command_closes(self, slack: Workspace, resolved: Burst) -> None:
        slack.press(technical_signers(resolved)[0], Action.SIGN_OFF, resolved)
        heard = slack.command(clinical_of(resolved), f"signoff {resolved.key}")

        assert "the burst is closed" in heard.words
        assert slack.burst().state is State.CLOSED

    def test_the_first_of_two_does_not_close(self, slack: Workspace, resolved: Burst) -> None:
        heard = slack.command(clinical_of(resolved), f"signoff {resolved.key}")

        assert "Signed off." in heard.words
        assert slack.burst().state is State.RESOLVED

    def test_the_owner_cannot(self, slack: Workspace, resolved: Burst) -> None:
        assert "Only the co-leads" in said(slack.press(owner_of(resolved), Action.SIGN_OFF, resolved))

    def test_sending_back_by_command(self, slack: Workspace, resolved: Burst) -> None:
        slack.command(clinical_of(resolved), f"sendback {resolved.key} two scripts still fail")

        assert slack.burst().state is State.WORKING

    def test_sending_back_needs_a_reason(self, slack: Workspace, resolved: Burst) -> None:
        assert "Please say" in slack.command(clinical_of(resolved), f"sendback {resolved.key}").words
        assert slack.burst() == resolved

    def test_sending_back_by_button(self, slack: Workspace, resolved: Burst) -> None:
        slack.press(clinical_of(resolved), Action.SEND_BACK, resolved)

        slack.submit(clinical_of(resolved), slack.shown, {"text": "Two scripts still fail"})

        assert slack.burst().state is State.WORKING
        assert slack.log()[-1].body or {}


class TestTheRaiser:
    def test_it_works(self, slack: Workspace, resolved: Burst) -> None:
        assert "Thank you." in said(slack.press(RAISER, Action.CONFIRM, resolved))

        assert slack.burst().raiser_answer == "works"

    def test_sending_it_back_by_command_is_the_raisers_answer_too(
        self, slack: Workspace, resolved: Burst
    ) -> None:
        slack.command(RAISER, f"sendback {resolved.key} The second scanner still hangs")

        burst = slack.burst()
        assert (burst.state, burst.raiser_answer) == (State.WORKING, "does_not")

    def test_it_does_not(self, slack: Workspace, resolved: Burst) -> None:
        slack.press(RAISER, Action.UNCONFIRM, resolved)
        assert slack.shown["title"]["text"] == "It does not work"

        slack.submit(RAISER, slack.shown, {"text": "The second scanner still hangs"})

        assert slack.burst().state is State.WORKING

    @pytest.mark.parametrize("action", [Action.CONFIRM, Action.UNCONFIRM])
    def test_nobody_else_answers_for_the_raiser(
        self, slack: Workspace, resolved: Burst, action: Action
    ) -> None:
        assert "Only the person who raised it" in said(slack.press(BYSTANDER, action, resolved))


class TestCancelling:
    def test_as_a_mistake(self, slack: Workspace, opened: Burst) -> None:
        slack.command(RAISER, f"cancel {opened.key} mistake it was the wrong scanner")

        assert (slack.burst().state, slack.burst().outcome) == (State.CLOSED, Outcome.MISTAKE)

    def test_as_a_duplicate(self, slack: Workspace, opened: Burst) -> None:
        slack.command(RAISER, OPEN_LINE)

        slack.command(RAISER, "cancel BURST-2 duplicate:burst-1 the same scanner")

        assert slack.burst(2).duplicate_of == 1

    @pytest.mark.parametrize(
        "rest", ["", "because", "duplicate:", "duplicate:7 twice", "duplicate:BURST-99 twice"]
    )
    def test_what_is_not_clear_changes_nothing(self, slack: Workspace, opened: Burst, rest: str) -> None:
        heard = slack.command(RAISER, f"cancel {opened.key} {rest}")

        assert heard.words
        assert slack.burst() == opened


class TestAfterwards:
    def test_a_co_lead_keeps_it_open(self, slack: Workspace, closed: Burst) -> None:
        assert closed.archive_at is not None
        with freeze_time(closed.archive_at - timedelta(hours=1)):
            assert slack.press(clinical_of(closed), Action.KEEP_OPEN, closed) is None

        assert (slack.burst().archive_at or closed.archive_at) > closed.archive_at

    def test_reopened_by_button(self, slack: Workspace, closed: Burst) -> None:
        slack.press(owner_of(closed), Action.REOPEN, closed)

        slack.submit(owner_of(closed), slack.shown, {"text": "It came back this morning"})

        assert slack.burst().state is not State.CLOSED
        assert EntryKind.REOPENED in {entry.kind for entry in slack.log()}

    def test_reopened_by_command(self, slack: Workspace, closed: Burst) -> None:
        heard = slack.command(RAISER, f"reopen {closed.key} it came back this morning")

        assert "Open again." in heard.words

    def test_reopening_needs_a_reason(self, slack: Workspace, closed: Burst) -> None:
        assert "Please say" in slack.command(RAISER, f"reopen {closed.key}").words
        assert slack.burst() == closed

    @pytest.mark.parametrize(
        "action",
        [Action.ACCEPT, Action.CONFIRM, Action.RESUME, Action.SIGN_OFF],
    )
    def test_old_buttons_change_nothing(self, slack: Workspace, closed: Burst, action: Action) -> None:
        for person in (owner_of(closed), clinical_of(closed), RAISER):
            assert said(slack.press(person, action, closed))

        assert slack.burst() == closed

    @pytest.mark.parametrize(
        "action",
        [Action.UPDATE, Action.DECIDE, Action.EVIDENCE, Action.ESCALATE, Action.HANDOVER, Action.RESOLVE],
    )
    def test_old_modals_are_refused_with_their_text_kept(
        self, slack: Workspace, closed: Burst, action: Action
    ) -> None:
        told = slack.press(owner_of(closed), action, closed)

        assert "is closed" in said(told)
        assert slack.burst() == closed

"""The work of a burst."""

import pytest

from bot.slack.ids import Action
from bot.taskforce.burst import Burst
from bot.taskforce.terms import Standing, State
from tests.handlers.workspace import BYSTANDER, RAISER, TEAM, UPDATE, Workspace, filled, said


class TestUpdating:
    def test_by_command(self, slack: Workspace, working: Burst) -> None:
        heard = slack.command(RAISER, f"update {working.key} {UPDATE}")

        assert "Posted." in heard.words
        assert (slack.log()[-1].body or {})["text"] == UPDATE

    @pytest.mark.parametrize("text", ["ok", UPDATE.upper()])
    def test_what_is_no_news_is_posted_and_said_to_be_none(
        self, slack: Workspace, working: Burst, text: str
    ) -> None:
        slack.command(RAISER, f"update {working.key} {UPDATE}")

        heard = slack.command(RAISER, f"update {working.key} {text}")

        assert "are no news" in heard.words
        assert (slack.log()[-1].body or {})["text"] == text

    def test_needs_a_text(self, slack: Workspace, working: Burst) -> None:
        heard = slack.command(RAISER, f"update {working.key}")

        assert "Please say" in heard.words
        assert len(slack.log()) == working.log_count

    def test_by_button_with_a_workaround(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.UPDATE, working)

        heard = slack.submit(RAISER, slack.shown, {"text": UPDATE, "workaround": "full"})

        assert heard.body == {}
        assert slack.burst().workaround == "full"

    def test_a_workaround_that_is_none_of_ours_is_refused_at_its_field(
        self, slack: Workspace, working: Burst
    ) -> None:
        slack.press(RAISER, Action.UPDATE, working)

        heard = slack.submit(RAISER, slack.shown, {"text": UPDATE, "workaround": "perhaps"})

        assert set(heard.errors) == {"workaround"}

    def test_a_modal_sent_twice_posts_once(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.UPDATE, working)
        slack.submit(RAISER, slack.shown, {"text": UPDATE}, view_id="V1")
        once = slack.burst()

        slack.submit(RAISER, slack.shown, {"text": UPDATE}, view_id="V1")

        assert slack.burst() == once

    def test_people_who_do_not_take_part_are_told_to_join(self, slack: Workspace, working: Burst) -> None:
        assert "Join it first" in slack.command(BYSTANDER, f"update {working.key} {UPDATE}").words
        assert "Join it first" in said(slack.press(BYSTANDER, Action.UPDATE, working))
        assert len(slack.log()) == working.log_count


class TestEvidence:
    def test_by_command(self, slack: Workspace, working: Burst) -> None:
        kind = next(kind for kind, _, form in working.evidence_kinds if form in {"text", "any"})

        slack.command(RAISER, f"evidence {working.key} {kind} All twenty studies carry the new description")

        assert slack.burst().evidence[0].kind == kind

    def test_an_address_becomes_the_link(self, slack: Workspace, working: Burst) -> None:
        kind = next(kind for kind, _, form in working.evidence_kinds if form in {"link", "any"})

        slack.command(RAISER, f"evidence {working.key} {kind} https://wiki.ngh.example/report-12")

        piece = slack.burst().evidence[0]
        assert (piece.link, piece.text) == ("https://wiki.ngh.example/report-12", "")

    @pytest.mark.parametrize("rest", ["", "photograph it works now"])
    def test_without_a_kind_it_says_which_there_are(
        self, slack: Workspace, working: Burst, rest: str
    ) -> None:
        heard = slack.command(RAISER, f"evidence {working.key} {rest}")

        for kind, label, _ in working.evidence_kinds:
            assert f"`{kind}` {label}" in heard.words
        assert slack.burst().evidence == ()

    def test_a_kind_alone_is_not_enough(self, slack: Workspace, working: Burst) -> None:
        heard = slack.command(RAISER, f"evidence {working.key} {working.evidence_kinds[0][0]}")

        assert "link or some words" in heard.words

    def test_by_button(self, slack: Workspace, working: Burst) -> None:
        kind = next(kind for kind, _, form in working.evidence_kinds if form in {"text", "any"})
        slack.press(RAISER, Action.EVIDENCE, working)

        slack.submit(RAISER, slack.shown, {"kind": kind, "text": "All twenty studies carry it"})

        assert slack.burst().evidence[0].text == "All twenty studies carry it"

    def test_an_unknown_kind_is_refused_in_the_modal(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.EVIDENCE, working)

        heard = slack.submit(RAISER, slack.shown, {"kind": "photograph", "text": "Look"})

        assert len(heard.errors) == 1
        assert slack.burst().evidence == ()


class TestTheChecklist:
    def ticked(self, view_of: Workspace, *numbers: int) -> dict[str, object]:
        groups = [name for name in filled(view_of.shown, {}) if name.startswith("items_")]
        return {groups[0]: [str(number) for number in numbers]}

    def test_what_is_ticked_is_done(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.CHECKLIST, working)

        slack.submit(RAISER, slack.shown, self.ticked(slack, 2, 3))

        done = {item.number for item in slack.burst().checklist if item.done_at is not None}
        assert done == {2, 3}

    def test_what_is_unticked_is_open_again(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.CHECKLIST, working)
        slack.submit(RAISER, slack.shown, self.ticked(slack, 2, 3))
        slack.press(RAISER, Action.CHECKLIST, working)

        slack.submit(RAISER, slack.shown, self.ticked(slack, 3))

        done = {item.number for item in slack.burst().checklist if item.done_at is not None}
        assert done == {3}

    def test_an_old_modal_does_not_undo_what_others_did(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.CHECKLIST, working)
        old = slack.shown
        slack.press(RAISER, Action.CHECKLIST, working)
        slack.submit(RAISER, slack.shown, self.ticked(slack, 2))

        slack.submit(RAISER, old, self.ticked(slack, 4))

        done = {item.number for item in slack.burst().checklist if item.done_at is not None}
        assert done == {2, 4}

    def test_an_item_may_be_added(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.CHECKLIST, working)

        slack.submit(RAISER, slack.shown, {"text": "Ask the vendor for the layout file"})

        added = slack.burst().checklist[-1]
        assert (added.text, added.source) == ("Ask the vendor for the layout file", "person")

    def test_saving_nothing_changes_nothing(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.CHECKLIST, working)

        assert slack.submit(RAISER, slack.shown).body == {}

        assert slack.burst() == working

    def test_a_view_of_another_shape_counts_as_nothing_ticked_before(
        self, slack: Workspace, working: Burst
    ) -> None:
        slack.press(RAISER, Action.CHECKLIST, working)
        body = {
            "type": "view_submission",
            "user": {"id": RAISER, "team_id": TEAM},
            "view": {
                **slack.shown,
                "id": "V1",
                "blocks": [7, {"block_id": "items_1"}, {"block_id": 3, "element": {}}],
                "state": {"values": filled(slack.shown, self.ticked(slack, 2))},
            },
        }

        assert slack.interact(body).body == {}

        assert {item.number for item in slack.burst().checklist if item.done_at} == {2}

    def test_items_that_do_not_exist_are_refused_whole(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.CHECKLIST, working)

        heard = slack.submit(RAISER, slack.shown, self.ticked(slack, 2, 99))

        assert set(heard.errors) == {"text"}
        assert slack.burst() == working


class TestPeople:
    def test_a_bystander_joins_by_command(self, slack: Workspace, working: Burst) -> None:
        slack.command(BYSTANDER, f"join {working.key}")

        assert BYSTANDER in {person.user for person in slack.burst().participants}

    def test_a_bystander_joins_by_button(self, slack: Workspace, working: Burst) -> None:
        told = said(slack.press(BYSTANDER, Action.JOIN, working))

        assert "You take part now." in told

    def test_a_guest_does_not_even_see_it(self, slack: Workspace, working: Burst) -> None:
        slack.know(BYSTANDER, Standing.GUEST)

        assert "There is no BURST-1" in slack.command(BYSTANDER, f"join {working.key}").words

    def test_a_person_is_added(self, slack: Workspace, working: Burst) -> None:
        slack.command(RAISER, f"add {working.key} <@U01JONAH|x> knows the interface engine")

        assert "U01JONAH" in {person.user for person in slack.burst().participants}
        assert slack.burst().owner == working.owner

    def test_a_role_is_added(self, slack: Workspace, working: Burst) -> None:
        slack.command(RAISER, f"add {working.key} role:net the gateway may drop it")

        assert "role:net" in {person.via for person in slack.burst().participants}

    @pytest.mark.parametrize("wanted", ["jonah", "role:astronaut", ""])
    def test_nobody_is_added_who_is_not_named(self, slack: Workspace, working: Burst, wanted: str) -> None:
        heard = slack.command(RAISER, f"add {working.key} {wanted}")

        assert heard.words
        assert slack.burst() == working


@pytest.mark.parametrize(
    "line", ["update BURST-1 " + UPDATE, "decide BURST-1 we go on", "join BURST-1", "escalate BURST-1 help"]
)
def test_what_is_closed_is_not_worked_on(slack: Workspace, working: Burst, line: str) -> None:
    slack.command(working.owner or "", f"cancel {working.key} mistake it was the wrong scanner")
    closed = slack.burst()
    assert closed.state is State.CLOSED

    heard = slack.command(RAISER, line)

    assert heard.status == 200
    assert slack.burst() == closed or line.startswith("join")

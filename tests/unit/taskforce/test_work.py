"""Updates, the checklist, decisions and messages that go into the log."""

from collections.abc import Callable

import pytest

from bot.errors import Refused
from bot.taskforce import lifecycle
from bot.taskforce.burst import Burst, ChecklistItem
from bot.taskforce.decision import Decision
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import Message
from bot.taskforce.lifecycle.items import add_item
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import ClockKind, EntryKind, State
from tests.unit.taskforce.cases import (
    GUEST,
    JOINER,
    NEWS,
    OWNER,
    RAISER,
    REACH,
    STRANGER,
    accepted,
    archived,
    armed,
    at,
    closed,
    effects,
    kinds,
    logged,
    opened,
    paused,
    pinged,
    resolved,
    with_people,
    working,
)


def refusal(call: Callable[[], Decision]) -> Refused:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value


class TestUpdates:
    """What is known, what comes next."""

    def test_news_restarts_the_update_clock_and_starts_the_work(self) -> None:
        decision = lifecycle.post_update(accepted(), OWNER, NEWS, now=at(10))
        assert decision.after.state is State.WORKING
        assert armed(decision.after)[ClockKind.UPDATE] == at(70)
        assert logged(decision, "update").body["substantive"] is True
        assert [clock.met_at for clock in decision.after.clocks if clock.state == "met"] == [at(5), at(10)]

    def test_it_is_shown_in_the_channel(self) -> None:
        burst = accepted()
        (notice,) = effects(lifecycle.post_update(burst, OWNER, NEWS, now=at(10)), EffectKind.POST_NOTICE)
        assert notice.subject == {"entry": burst.log_count + 1}

    @pytest.mark.parametrize("nod", ["ok", "x" * 19, f"  {'x' * 19}  "])
    def test_a_nod_is_shown_but_keeps_no_promise(self, nod: str) -> None:
        decision = lifecycle.post_update(accepted(), OWNER, nod, now=at(10))
        assert logged(decision, "update").body["substantive"] is False
        assert armed(decision.after)[ClockKind.UPDATE] == at(30)
        assert decision.after.state is State.ACCEPTED

    def test_twenty_characters_are_news(self) -> None:
        assert armed(lifecycle.post_update(accepted(), OWNER, "x" * 20, now=at(10)).after)[
            ClockKind.UPDATE
        ] == at(70)

    @pytest.mark.parametrize("again", [NEWS, NEWS.upper(), f" {NEWS.replace(' ', '  ')} "])
    def test_a_repeat_is_no_news(self, again: str) -> None:
        decision = lifecycle.post_update(working(), OWNER, again, now=at(20))
        assert armed(decision.after)[ClockKind.UPDATE] == at(70)
        assert logged(decision, "update").body["substantive"] is False

    def test_a_workaround_stretches_the_time_between_updates(self) -> None:
        decision = lifecycle.post_update(
            working(), OWNER, f"{NEWS} Use the other layout.", workaround="full", now=at(20)
        )
        assert decision.after.workaround == "full"
        assert armed(decision.after)[ClockKind.UPDATE] == at(140)
        assert logged(decision, "update").body["workaround"] == "full"

    def test_a_workaround_that_is_no_word_of_ours_is_refused(self) -> None:
        refused = refusal(
            lambda: lifecycle.post_update(working(), OWNER, NEWS, workaround="some", now=at(20))
        )
        assert (refused.code, refused.field) == ("workaround", "workaround")

    def test_an_ordinary_update_leaves_the_card_alone(self) -> None:
        decision = lifecycle.post_update(working(), OWNER, f"{NEWS} More to come.", now=at(20))
        assert [effect.kind for effect in decision.effects] == [EffectKind.POST_NOTICE]

    def test_an_update_after_a_warning_refreshes_the_card_and_settles_the_ping(self) -> None:
        burst = lifecycle.ring(working(), 4, REACH, now=at(40)).after
        decision = lifecycle.post_update(burst, OWNER, f"{NEWS} More to come.", now=at(41))
        assert effects(decision, EffectKind.REFRESH_CARD)
        assert effects(decision, EffectKind.SETTLE_PINGS)[0].subject == {"clock": 4}

    def test_an_update_of_a_burst_that_nobody_accepted_does_not_accept_it(self) -> None:
        burst = lifecycle.post_update(opened(), RAISER, NEWS, now=at(5)).after
        assert burst.state is State.OPEN
        assert armed(burst)[ClockKind.UPDATE] == at(65)

    def test_after_it_was_resolved_an_update_moves_no_clock(self) -> None:
        burst = resolved()
        assert armed(lifecycle.post_update(burst, OWNER, f"{NEWS} Indeed.", now=at(61)).after) == armed(burst)

    @pytest.mark.parametrize(
        ("text", "code"),
        [("", "empty"), (" \n ", "empty"), ("x" * 10_000, "too_long"), ("a\x07b", "control_characters"),
         ("a\x7fb", "control_characters")],
    )  # fmt: skip
    def test_text_that_nobody_can_read_is_refused(self, text: str, code: str) -> None:
        assert refusal(lambda: lifecycle.post_update(working(), OWNER, text, now=at(20))).code == code

    def test_a_refusal_names_the_limit(self) -> None:
        refused = refusal(lambda: lifecycle.post_update(working(), OWNER, "x" * 10_000, now=at(20)))
        assert refused.message == "The update may have at most 3,000 characters; this has 10,000."

    @pytest.mark.parametrize("text", ["x" * 3000, "two\nlines\tand a tab", "<!channel> & co", "two\r\nlines"])
    def test_text_that_is_fine_is_kept(self, text: str) -> None:
        decision = lifecycle.post_update(working(), OWNER, text, now=at(20))
        assert logged(decision, "update").body["text"] == text.replace("\r", "")

    @pytest.mark.parametrize("burst", [closed(), archived()], ids=["closed", "archived"])
    def test_a_burst_that_ended_takes_no_update(self, burst: Burst) -> None:
        refused = refusal(lambda: lifecycle.post_update(burst, OWNER, NEWS, now=at(80)))
        assert refused.code == "wrong_state"
        assert "/burst reopen" in refused.message

    def test_a_stranger_is_asked_to_join_first(self) -> None:
        refused = refusal(lambda: lifecycle.post_update(working(), STRANGER, NEWS, now=at(20)))
        assert "Join it first" in refused.message

    def test_a_guest_who_was_added_may_post(self) -> None:
        burst = with_people(working(), GUEST)
        assert kinds(lifecycle.post_update(burst, GUEST, f"{NEWS} I see it too.", now=at(20))) == ["update"]


class TestTheChecklist:
    """Items done and opened again."""

    def test_a_done_item_is_work(self) -> None:
        decision = lifecycle.tick(accepted(), RAISER, 1, done=True, note="Both ways", now=at(10))
        (item,) = decision.after.checklist
        assert (item.done_at, item.done_by, item.note) == (at(10), RAISER.user, "Both ways")
        assert decision.after.state is State.WORKING
        assert logged(decision, "checklist").body["item"] == 1

    def test_a_done_item_is_no_news(self) -> None:
        decision = lifecycle.tick(accepted(), RAISER, 1, done=True, note="Both ways, twice", now=at(10))
        assert armed(decision.after)[ClockKind.UPDATE] == at(30)

    def test_it_shows_in_the_checklist_and_on_the_card(self) -> None:
        decision = lifecycle.tick(working(), OWNER, 1, done=True, note="", now=at(10))
        assert {effect.kind for effect in decision.effects} == {
            EffectKind.REFRESH_CHECKLIST,
            EffectKind.REFRESH_CARD,
        }

    def test_an_item_can_be_opened_again_and_that_is_no_news(self) -> None:
        burst = lifecycle.tick(working(), OWNER, 1, done=True, note="", now=at(20)).after
        after = lifecycle.tick(burst, OWNER, 1, done=False, note="It came back", now=at(40)).after
        (item,) = after.checklist
        assert (item.done_at, item.done_by, item.note) == (None, None, "It came back")
        assert armed(after)[ClockKind.UPDATE] == at(70)

    @pytest.mark.parametrize(
        ("item", "done", "code"), [(2, True, "unknown_item"), (1, False, "already_done")]
    )
    def test_it_is_refused(self, item: int, done: bool, code: str) -> None:
        assert (
            refusal(lambda: lifecycle.tick(working(), OWNER, item, done=done, note="", now=at(20))).code
            == code
        )

    def test_a_second_click_finds_it_done(self) -> None:
        burst = lifecycle.tick(working(), OWNER, 1, done=True, note="", now=at(20)).after
        refused = refusal(lambda: lifecycle.tick(burst, OWNER, 1, done=True, note="", now=at(20)))
        assert (refused.code, refused.message) == ("already_done", "Item 1 is done already.")

    def test_completing_the_intake_keeps_its_promise(self) -> None:
        burst = opened(missing=("Device",))
        done = lifecycle.tick(burst, RAISER, 1, done=True, note="", now=at(5))
        assert ClockKind.INTAKE not in armed(done.after)
        assert effects(done, EffectKind.SETTLE_PINGS) == []
        again = lifecycle.tick(done.after, RAISER, 1, done=False, note="", now=at(6)).after
        assert armed(again)[ClockKind.INTAKE] == at(26)

    def test_a_late_intake_settles_what_was_said_about_it(self) -> None:
        burst = opened(missing=("Device",))
        missed = lifecycle.ring(burst, 4, REACH, now=at(20))
        assert pinged(missed) == {RAISER.user: "missed", OWNER.user: "missed"}
        done = lifecycle.tick(missed.after, RAISER, 1, done=True, note="", now=at(25))
        assert {"clock": 4} in [effect.subject for effect in effects(done, EffectKind.SETTLE_PINGS)]

    def test_a_resolved_burst_gets_no_new_intake_clock(self) -> None:
        burst = lifecycle.tick(resolved(missing=("Device",)), RAISER, 1, done=True, note="", now=at(61)).after
        again = lifecycle.tick(burst, RAISER, 1, done=False, note="", now=at(62)).after
        assert ClockKind.INTAKE not in armed(again)


class TestAddingItems:
    """What people find that is still to be done."""

    def test_it_comes_last_and_keeps_nothing_from_closing(self) -> None:
        decision = add_item(working(), RAISER, "  Ask\nthe vendor ", now=at(20))
        item = decision.after.checklist[-1]
        assert (item.number, item.text, item.source, item.blocks_closure) == (
            2,
            "Ask the vendor",
            "person",
            False,
        )
        assert logged(decision, "action").body["item"] == 2
        assert [effect.kind for effect in decision.effects] == [
            EffectKind.REFRESH_CHECKLIST,
            EffectKind.REFRESH_CARD,
        ]

    @pytest.mark.parametrize(
        ("burst", "actor", "text", "code"),
        [
            (working(), STRANGER, "Ask", "not_allowed"),
            (closed(), OWNER, "Ask", "wrong_state"),
            (working(), OWNER, " ", "empty"),
            (working(), OWNER, "x" * 151, "too_long"),
            (working(checklist=(ChecklistItem(0, "Echo", "family"),) * 100), OWNER, "Ask", "too_many_items"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, text: str, code: str) -> None:
        assert refusal(lambda: add_item(burst, actor, text, now=at(90))).code == code

    def test_a_hundred_items_fit(self) -> None:
        almost = working(checklist=(ChecklistItem(0, "Echo", "family"),) * 99)
        assert len(add_item(almost, OWNER, "Ask", now=at(20)).after.checklist) == 100


class TestMessages:
    """What somebody said in the channel becomes part of the log."""

    @pytest.mark.parametrize("kind", ["fact", "decision", "evidence", "action"])
    def test_a_message_is_logged_with_where_it_stands(self, kind: str) -> None:
        decision = lifecycle.log_message(
            working(),
            RAISER,
            EntryKind(kind),
            Message("Ports are open", "https://x.example/p1", "U_X", "1.2"),
            now=at(20),
        )
        body = logged(decision, kind).body
        assert (body["text"], body["permalink"], body["author"], body["ts"]) == (
            "Ports are open",
            "https://x.example/p1",
            "U_X",
            "1.2",
        )
        assert decision.effects == ()

    def test_it_is_no_evidence_that_counts(self) -> None:
        decision = lifecycle.log_message(
            working(), RAISER, EntryKind.EVIDENCE, Message("See here", "", "", "1"), now=at(20)
        )
        assert decision.after.evidence == ()

    @pytest.mark.parametrize(
        ("burst", "actor", "kind", "code"),
        [
            (working(), RAISER, EntryKind.CLOSED, "kind"),
            (working(), JOINER, EntryKind.FACT, "not_allowed"),
            (closed(), RAISER, EntryKind.FACT, "wrong_state"),
        ],
    )
    def test_it_is_refused(self, burst: Burst, actor: Actor, kind: EntryKind, code: str) -> None:
        assert (
            refusal(
                lambda: lifecycle.log_message(burst, actor, kind, Message("x", "", "", ""), now=at(80))
            ).code
            == code
        )


def test_a_pause_takes_updates_and_stays_a_pause() -> None:
    burst = lifecycle.post_update(paused(), OWNER, f"{NEWS} The vendor answered.", now=at(40)).after
    assert burst.state is State.PAUSED
    assert armed(burst)[ClockKind.UPDATE] == at(100)

"""What answers bring with them when a burst is opened, and what a checklist keeps."""

from dataclasses import replace

import pytest

from bot.errors import Refused
from bot.operations.office import Office
from bot.operations.open_burst import open_burst
from bot.operations.refused_fields import RefusedFields
from bot.operations.save_checklist import Saved, save_checklist
from bot.operations.show_home import open_home
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import members
from storage.terms import IntentState
from tests.operations.story import INTAKE, OWNER, RAISER, accepted, by, opened, stored


def sources(burst: Burst) -> list[str]:
    """Where the lines of the checklist come from."""
    return [item.source for item in burst.checklist]


def test_some_answers_bring_people_without_a_task(office: Office) -> None:
    """Who is opened from the patient's record needs the record's people, and nothing is ticked for that."""
    intake = replace(INTAKE, family="user_access", title="Nobody of the night shift can log in")
    plain = open_burst(office, by(RAISER), intake)
    launched = replace(intake, answers={"auth_path": "ehr_context_launch"})
    burst = open_burst(office, by(RAISER), launched)
    assert members(burst) - members(plain) == {"U01OSKAR"}
    assert sources(burst) == sources(plain)


def test_the_one_line_form_may_leave_out_what_people_cannot_do(office: Office) -> None:
    """It is asked first, and nothing made up stands in the burst."""
    burst = opened(office)
    assert burst.workflow_impact == ""
    assert burst.checklist[0].source == "intake"
    assert "What can people not do?" in burst.checklist[0].text


def test_the_whole_form_may_not(office: Office) -> None:
    with pytest.raises(RefusedFields) as refused:
        open_burst(office, by(RAISER), replace(INTAKE, missing_allowed=False))
    assert refused.value.problems["workflow_impact"] == "Fill this in."


def test_what_was_told_of_the_impact_is_checked_on_the_one_line_form_too(office: Office) -> None:
    with pytest.raises(RefusedFields) as refused:
        open_burst(office, by(RAISER), replace(INTAKE, workflow_impact="x" * 10_000))
    assert list(refused.value.problems) == ["workflow_impact"]


def test_other_wrong_fields_are_refused_while_the_impact_is_open(office: Office) -> None:
    with pytest.raises(RefusedFields) as refused:
        open_burst(office, by(RAISER), replace(INTAKE, title="x", impact="huge"))
    assert set(refused.value.problems) == {"title", "impact"}


def test_a_checklist_is_saved_as_it_was_left(office: Office) -> None:
    number = accepted(office).id
    burst = save_checklist(
        office, by(OWNER), number, Saved({1: True, 2: False}, added="Tell the night shift")
    )
    assert [item.number for item in burst.checklist if item.done_at is not None] == [1]
    assert (burst.checklist[-1].text, burst.checklist[-1].source) == ("Tell the night shift", "person")


def test_what_stands_as_wanted_is_left_to_who_did_it(office: Office) -> None:
    """Two people save the same tick; the first one did it."""
    number = accepted(office).id
    first = save_checklist(office, by(OWNER), number, Saved({1: True}))
    assert save_checklist(office, by(RAISER), number, Saved({1: True})) == first
    assert first.checklist[0].done_by == OWNER


def test_a_tick_is_taken_back(office: Office) -> None:
    number = accepted(office).id
    save_checklist(office, by(OWNER), number, Saved({1: True}))
    burst = save_checklist(office, by(OWNER), number, Saved({1: False}))
    assert burst.checklist[0].done_at is None


def test_one_unknown_line_saves_nothing(office: Office) -> None:
    before = accepted(office)
    with pytest.raises(Refused, match="no item 999"):
        save_checklist(
            office, by(OWNER), before.id, Saved({1: True, 999: True}, added="Tell the night shift")
        )
    assert stored(office, before.id) == before


def homes(office: Office) -> list[str]:
    """Whose home tabs wait to be published."""
    with office.store.read() as unit:
        return [
            str(row.subject["user"])
            for row in unit.outbox.listed([IntentState.PENDING])
            if row.kind is EffectKind.PUBLISH_HOME
        ]


def test_a_home_tab_is_published_once_an_opening(office: Office) -> None:
    open_home(office, "event:1", RAISER, blank=True)
    open_home(office, "event:2", OWNER, blank=True)
    assert homes(office) == [RAISER, OWNER]


def test_the_same_opening_told_twice_publishes_once(office: Office) -> None:
    open_home(office, "event:1", RAISER, blank=True)
    with office.store.write() as unit:
        (row,) = unit.outbox.claim("test", 1, 2e9)
        assert unit.outbox.complete(row.id, row.fence)
    open_home(office, "event:1", RAISER, blank=True)
    with office.store.read() as unit:
        assert not unit.outbox.any_due(2e9)

"""Standing in for somebody: who may say so, who is asked then, and when it ends."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot.taskforce.terms import Notify, Standing
from tests.handlers.workspace import OPEN_LINE, RAISER, Workspace

PRIYA, TOMAS, LORETTA, STELLA, PETRA = "U01PRIYA", "U01TOMAS", "U01LORETTA", "U01STELLA", "U01PETRA"
NOON = "2026-11-24 12:00"


@pytest.fixture(name="frozen", autouse=True)
def noon() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(NOON) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


def owner_of_a_new_burst(slack: Workspace) -> tuple[str | None, str]:
    """Whom the rules ask now, and why."""
    slack.command(RAISER, OPEN_LINE)
    burst = slack.burst(slack.count())
    return burst.owner, burst.owner_reason


def test_the_stand_in_is_asked_with_the_reason(slack: Workspace) -> None:
    heard = slack.command(PRIYA, f"cover me by <@{TOMAS}> until:3bd")

    assert f"<@{TOMAS}> stands in for <@{PRIYA}> until" in heard.words
    assert owner_of_a_new_burst(slack) == (TOMAS, "stands in for Priya Raman, PACS administrator at NGH")


def test_it_ends_at_its_time(slack: Workspace, frozen: FrozenDateTimeFactory) -> None:
    slack.command(PRIYA, f"cover me by <@{TOMAS}> until:14:30")

    frozen.move_to(datetime(2026, 11, 24, 14, 29, tzinfo=UTC))
    assert owner_of_a_new_burst(slack)[0] == TOMAS
    frozen.move_to(datetime(2026, 11, 24, 14, 30, tzinfo=UTC))
    assert owner_of_a_new_burst(slack)[0] == PRIYA


def test_it_can_be_ended_earlier(slack: Workspace) -> None:
    slack.command(PRIYA, f"cover me by <@{TOMAS}> until:3bd")

    assert "Nobody stands in any more." in slack.command(PRIYA, "cover me by nobody").words
    assert owner_of_a_new_burst(slack)[0] == PRIYA
    assert "Nobody stands in for that person." in slack.command(PRIYA, "cover me by nobody").words


def test_the_latest_cover_counts(slack: Workspace) -> None:
    slack.command(PRIYA, f"cover me by <@{TOMAS}> until:3bd")
    slack.command(PRIYA, "cover me by <@U01WENDEL> until:2bd")

    assert owner_of_a_new_burst(slack)[0] == "U01WENDEL"


def test_who_stands_in_is_listed(slack: Workspace) -> None:
    assert "Nobody stands in for anybody." in slack.command(RAISER, "cover").words
    slack.command(PRIYA, f"cover me by <@{TOMAS}> until:3bd")

    assert f"<@{TOMAS}> stands in for <@{PRIYA}>" in slack.command(RAISER, "cover").words


def test_people_of_seats_and_of_the_ladder_are_told_with_their_stand_ins(slack: Workspace) -> None:
    slack.command(RAISER, OPEN_LINE)
    for person, by in ((PRIYA, TOMAS), (LORETTA, "U01NEIL"), (STELLA, "U01BEATRIX")):
        slack.command(person, f"cover me by <@{by}> until:3bd")

    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    with slack.office.store.read() as unit:
        programme = slack.office.programme().with_covers(unit.covers.standing(now))
    reach = programme.reach(slack.burst(), now)

    assert reach[Notify.OWNER] == (PRIYA, TOMAS)
    assert reach[Notify.WORKSTREAM_LEAD] == ("U01NEIL",)
    assert reach[Notify.STEERING_CELL][:2] == (STELLA, "U01BEATRIX")


def test_a_stand_in_has_the_rights_of_the_role(slack: Workspace) -> None:
    slack.command(RAISER, OPEN_LINE)
    line = f"owner BURST-1 <@{TOMAS}> Priya is on a course"
    assert "Only the owner" in slack.command("U01NEIL", line).words
    slack.command(LORETTA, "cover me by <@U01NEIL> until:3bd")

    assert "Handed over." in slack.command("U01NEIL", line).words


@pytest.mark.parametrize("setter", [LORETTA, STELLA, PETRA])
def test_leads_the_cell_and_administrators_may_say_it_for_others(slack: Workspace, setter: str) -> None:
    assert "stands in" in slack.command(setter, f"cover <@{PRIYA}> by <@{TOMAS}> until:3bd").words


@pytest.mark.parametrize(
    ("setter", "person"),
    [(TOMAS, PRIYA), (LORETTA, STELLA)],
)
def test_nobody_gives_themselves_a_right_that_way(slack: Workspace, setter: str, person: str) -> None:
    heard = slack.command(setter, f"cover <@{person}> by <@{setter}> until:3bd")

    assert "can say who stands in" in heard.words
    assert "Nobody stands in" in slack.command(RAISER, "cover").words
    assert "can say who stands in" in slack.command(setter, f"cover <@{person}> by nobody").words


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED])
def test_only_full_members_stand_in_or_say_so(slack: Workspace, standing: Standing) -> None:
    slack.know("U01STRANGER", standing)

    assert "cannot stand in" in slack.command(PRIYA, "cover me by <@U01STRANGER> until:3bd").words
    assert "Only full members" in slack.command("U01STRANGER", f"cover me by <@{TOMAS}> until:3bd").words


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (f"cover me by <@{PRIYA}> until:3bd", "Nobody stands in for themselves"),
        ("cover me by me until:3bd", "Nobody stands in for themselves"),
        (f"cover me by <@{TOMAS}>", "until when"),
        (f"cover me by <@{TOMAS}> until:soon", "until when"),
        (f"cover me by <@{TOMAS}> until:2026-11-01", "has passed"),
        (f"cover me by <@{TOMAS}> until:3bd on leave", "nothing else"),
        (f"cover me with <@{TOMAS}> until:3bd", "Please write it as"),
        ("cover", "Nobody stands in for anybody"),
        ("cover somebody by me until:3bd", "name a person"),
    ],
)
def test_what_is_wrong_is_said(slack: Workspace, line: str, answer: str) -> None:
    assert answer in slack.command(PRIYA, line).words


def test_nobody_stands_in_who_is_away_too(slack: Workspace) -> None:
    slack.command(TOMAS, "cover me by <@U01WENDEL> until:3bd")

    assert "name somebody who is there" in slack.command(PRIYA, f"cover me by <@{TOMAS}> until:3bd").words


def test_a_chain_that_came_later_is_followed_and_a_ring_reaches_nobody_twice(slack: Workspace) -> None:
    slack.command(PRIYA, f"cover me by <@{TOMAS}> until:3bd")
    slack.command(TOMAS, "cover me by <@U01WENDEL> until:3bd")

    assert owner_of_a_new_burst(slack)[0] == "U01WENDEL"

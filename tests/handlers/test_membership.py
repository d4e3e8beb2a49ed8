"""Events about channels and people: at least once, in any order."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.operations.office import Office
from bot.slack.ids import Action, ButtonValue
from bot.taskforce.burst import Burst, Place
from bot.taskforce.effects import EffectKind
from bot.taskforce.lifecycle import move_to
from bot.taskforce.terms import EntryKind, Standing, State
from tests.handlers.workspace import BYSTANDER, RAISER, TEAM, Workspace, fresh

HOME = "C0BURSTONE"


@pytest.fixture
def housed(office: Office, working: Burst) -> Burst:
    """A burst with a channel of its own."""
    now = working.opened_at + timedelta(seconds=30)
    with office.store.write() as unit:
        return unit.apply(move_to(working, Place(HOME), "", now=now), now=now)


def present(burst: Burst) -> set[str]:
    return {person.user for person in burst.participants if person.left_at is None}


class TestChannels:
    def test_who_comes_in_takes_part(self, slack: Workspace, housed: Burst) -> None:
        slack.event("member_joined_channel", user=BYSTANDER, channel=HOME, team=TEAM)

        assert BYSTANDER in present(slack.burst())

    def test_who_leaves_does_not(self, slack: Workspace, housed: Burst) -> None:
        slack.event("member_left_channel", user=RAISER, channel=HOME, team=TEAM)

        assert RAISER not in present(slack.burst())

    def test_an_event_that_comes_twice_counts_once(self, slack: Workspace, housed: Burst) -> None:
        slack.event("member_left_channel", event_id="Ev1", user=RAISER, channel=HOME)
        once = slack.burst()

        slack.event("member_left_channel", event_id="Ev1", user=RAISER, channel=HOME)

        assert slack.burst() == once

    def test_other_channels_are_nobodys_business(self, slack: Workspace, housed: Burst) -> None:
        heard = slack.event("member_joined_channel", user=BYSTANDER, channel="C0ELSEWHERE")

        assert heard.status == 200
        assert slack.burst() == housed

    @pytest.mark.parametrize("kind", ["channel_archive", "group_archive", "channel_deleted", "group_deleted"])
    def test_a_channel_that_is_gone_is_replaced(self, slack: Workspace, housed: Burst, kind: str) -> None:
        slack.event(kind, user=BYSTANDER, channel=HOME)

        burst = slack.burst()
        assert burst.place is None
        assert burst.state is housed.state
        assert EntryKind.CHANNEL in {entry.kind for entry in slack.log()}

    @pytest.mark.parametrize("kind", ["channel_archive", "channel_deleted"])
    def test_a_closed_burst_whose_channel_goes_is_archived(
        self, slack: Workspace, housed: Burst, kind: str
    ) -> None:
        slack.command(housed.owner or "", f"cancel {housed.key} mistake it was the wrong scanner")

        slack.event(kind, user=BYSTANDER, channel=HOME)

        assert slack.burst().state is State.ARCHIVED

    def test_a_new_channel_id_is_kept(self, slack: Workspace, housed: Burst) -> None:
        slack.event("channel_id_changed", old_channel_id=HOME, new_channel_id="C0RENUMBERED")

        assert slack.burst().place == Place("C0RENUMBERED")


class TestPeople:
    def change(self, slack: Workspace, user: str, **other: object) -> None:
        body: Mapping[str, object] = {"id": user, "team_id": TEAM, "name": user.lower(), **other}
        slack.event("user_change", user=body)

    def test_somebody_new_is_known(self, slack: Workspace, office: Office) -> None:
        slack.event(
            "team_join",
            user={"id": BYSTANDER, "team_id": TEAM, "real_name": "Ada Byrne", "tz": "Europe/London"},
        )

        with office.store.read() as unit:
            person = unit.directory.get(BYSTANDER)
        assert person is not None
        assert (person.name, person.zone, person.standing) == ("Ada Byrne", "Europe/London", Standing.MEMBER)

    @pytest.mark.parametrize(
        ("flags", "standing"),
        [
            ({"is_restricted": True}, Standing.GUEST),
            ({"is_restricted": True, "is_ultra_restricted": True}, Standing.GUEST),
            ({"team_id": "T01VENDOR"}, Standing.EXTERNAL),
            ({"deleted": True}, Standing.DEACTIVATED),
        ],
    )
    def test_their_standing_follows(
        self, slack: Workspace, office: Office, flags: Mapping[str, object], standing: Standing
    ) -> None:
        self.change(slack, BYSTANDER, **flags)

        with office.store.read() as unit:
            person = unit.directory.get(BYSTANDER)
        assert person is not None
        assert person.standing is standing

    def test_a_deactivated_owner_vacates_the_seat(self, slack: Workspace, housed: Burst) -> None:
        assert housed.owner is not None

        self.change(slack, housed.owner, deleted=True)

        assert slack.burst().owner != housed.owner


def _press_at_home(slack: Workspace, user: str, action: Action, burst: Burst) -> None:
    pressed = {"type": "button", "action_id": action, "block_id": "b"}
    slack.interact(
        {
            "type": "block_actions",
            "user": {"id": user, "team_id": TEAM},
            "trigger_id": fresh("trigger"),
            "container": {"type": "view", "view_id": "V1"},
            "view": {"type": "home", "id": "V1"},
            "actions": [{**pressed, "value": str(ButtonValue(burst.id, burst.version))}],
        }
    )


def _homes(slack: Workspace) -> list[Mapping[str, object]]:
    return [intent.subject for intent in slack.intents() if intent.kind is EffectKind.PUBLISH_HOME]


class TestTheHomeTab:
    def test_it_is_published_afterwards(self, slack: Workspace) -> None:
        slack.event("app_home_opened", user=BYSTANDER, tab="home", channel="D0DM")

        wanted = [intent for intent in slack.intents() if intent.kind is EffectKind.PUBLISH_HOME]
        assert [intent.subject for intent in wanted] == [{"user": BYSTANDER}]

    def test_what_is_done_on_it_shows_there_at_once(self, slack: Workspace, opened: Burst) -> None:
        assert opened.owner is not None

        _press_at_home(slack, opened.owner, Action.ACCEPT, opened)

        assert slack.burst().accepted_at is not None
        assert _homes(slack) == [{"user": opened.owner}]

    def test_a_tab_that_was_out_of_date_is_renewed_although_the_button_refuses(
        self, slack: Workspace, opened: Burst
    ) -> None:
        _press_at_home(slack, BYSTANDER, Action.ACCEPT, opened)

        assert slack.burst().accepted_at is None
        assert _homes(slack) == [{"user": BYSTANDER}]

    def test_a_button_anywhere_else_publishes_no_tab(self, slack: Workspace, opened: Burst) -> None:
        assert opened.owner is not None

        slack.press(opened.owner, Action.ACCEPT, opened)

        assert _homes(slack) == []

    def test_opened_often_it_is_published_once(self, slack: Workspace) -> None:
        for _ in range(3):
            slack.event("app_home_opened", user=BYSTANDER, tab="home")

        assert len(slack.intents()) == 1

    def test_the_messages_tab_wants_nothing(self, slack: Workspace) -> None:
        slack.event("app_home_opened", user=BYSTANDER, tab="messages")

        assert slack.intents() == []


@pytest.mark.parametrize(
    ("kind", "inner"),
    [
        ("member_joined_channel", {"channel": HOME}),
        ("member_left_channel", {"user": BYSTANDER}),
        ("channel_archive", {}),
        ("channel_deleted", {"channel": ["x"]}),
        ("channel_id_changed", {"old_channel_id": HOME}),
        ("channel_id_changed", {"old_channel_id": HOME, "new_channel_id": "D0DIRECT"}),
        ("user_change", {"user": BYSTANDER}),
        ("user_change", {"user": {"id": 7}}),
        ("team_join", {"user": {}}),
        ("team_join", {"user": {"id": "U01NEWBORN", "profile": "none"}}),
        ("user_change", {"user": {"id": "U01NEWBORN", "profile": [1]}}),
        ("app_home_opened", {"tab": "home"}),
        ("an_event_of_the_future", {"user": BYSTANDER}),
    ],
)
def test_what_cannot_be_read_is_acknowledged_and_changes_nothing(
    slack: Workspace, housed: Burst, kind: str, inner: dict[str, Any]
) -> None:
    heard = slack.event(kind, **inner)

    assert heard.status == 200
    assert slack.burst() == housed

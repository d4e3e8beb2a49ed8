"""The populated workspace: what a newcomer finds who looks in after five months of the programme."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from bot.demo.history.making import BEGINNING, make_history
from bot.demo.history.past import PAST
from bot.demo.policy_time import PolicyTime
from bot.demo.processes import PROGRAMME, Backstage
from bot.demo.stage import ARCHIVE, STEERING, newest
from bot.programme import load
from bot.sandbox.client import Person, SandboxClient, texts_of, wait_for
from tests.e2e.acts import PATIENCE_FOR

IN_WORK, ESCALATED, UNANSWERED = "BURST-13", "BURST-14", "BURST-15"


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxClient]:
    """The workspace with its history, and the bot that serves it."""
    folder = tmp_path_factory.mktemp("populated")
    with Backstage(folder, PolicyTime(folder / "clock.json", BEGINNING)) as backstage:
        make_history(backstage)
        backstage.start_bot()
        yield backstage.slack
        assert backstage.stop_bot() == 0


def test_a_programme_of_six_sites_has_some_thirty_people() -> None:
    programme = load(PROGRAMME)

    assert len(programme.sites) == 6
    assert 30 <= len(programme.file.people) <= 45


def test_twelve_bursts_are_over_and_three_are_open(slack: SandboxClient) -> None:
    channels = [one for one in slack.person("stella").channels() if one.get("name", "").startswith("burst-")]

    assert len(PAST) == 12
    assert [one["is_archived"] for one in channels] == [True] * 12 + [False] * 3


def test_every_summary_is_in_the_archive_with_its_paper(slack: SandboxClient) -> None:
    stella = slack.person("stella")
    posted = stella.messages(ARCHIVE)

    for number in range(1, 13):
        summary = newest(posted, f"BURST-{number} ·")
        assert any(reply.get("files") for reply in stella.messages(ARCHIVE, summary["ts"]))


def test_the_archive_is_searchable(slack: SandboxClient) -> None:
    found = slack.person("stella").command("/burst archive tunnel site:LKC", ARCHIVE)

    assert "BURST-11" in texts_of(found["message"])
    assert "BURST-10" not in texts_of(found["message"])


def test_one_waits_for_its_owner_to_accept(slack: SandboxClient) -> None:
    maren = slack.person("maren")

    asked = newest(maren.dms(), f"You are the accountable owner of {UNANSWERED}", "burst_accept")

    assert asked
    assert "on time" in _card(maren, UNANSWERED)


def test_one_is_worked_on_and_its_owner_was_warned(slack: SandboxClient) -> None:
    priya = slack.person("priya")

    assert "(accepted)" in _card(priya, IN_WORK)
    assert "warned at 80%" in _card(priya, IN_WORK)
    assert newest(priya.dms(), f"{IN_WORK} · Next update is due", "burst_update")


def test_one_waits_for_the_steering_cell(slack: SandboxClient) -> None:
    escalated = newest(slack.person("dominic").messages(STEERING), ESCALATED, "steering_take")

    assert "acceptance" in texts_of(escalated)


def test_the_inspectors_next_clock_is_where_a_ladder_climbs_next(slack: SandboxClient) -> None:
    marek = slack.person("marek")

    def named() -> bool:
        climbs = re.findall(r"the ladder climbs <!date\^(\d+)\^", _card(marek, ESCALATED))
        soonest = datetime.fromtimestamp(min(map(int, climbs)), UTC)
        inspector = httpx.get(f"{slack.address}/page/inspector", trust_env=False).text
        return f"Next clock ({soonest:%a %H:%M} UTC)" in inspector

    # A step that is due at this moment fires first.
    assert wait_for(named, PATIENCE_FOR, "the next step as the next clock")


@pytest.mark.parametrize(
    ("who", "key"), [("priya", IN_WORK), ("ines", ESCALATED), ("maren", UNANSWERED), ("dominic", ESCALATED)]
)
def test_the_home_tab_shows_what_concerns_its_reader(slack: SandboxClient, who: str, key: str) -> None:
    person = slack.person(who)

    person.open_home()

    wait_for(lambda: key in texts_of(person.home() or {}), PATIENCE_FOR, f"{key} in the Home of {who}")


def _card(person: Person, key: str) -> str:
    """Every word of the newest card of that burst."""
    channel = person.wait_for_channel(f"{key.lower()}-")
    return texts_of(newest(person.messages(channel["id"]), f"{key} ·", "burst_update"))

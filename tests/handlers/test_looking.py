"""Looking without touching."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from bot.operations.office import Office
from bot.slack.ids import PageValue
from bot.taskforce.burst import Burst, Place
from bot.taskforce.lifecycle import lose_place, move_to
from bot.taskforce.terms import Standing
from tests.handlers.workspace import BYSTANDER, OPEN_LINE, RAISER, UPDATE, Workspace, said, words_of

HOME = "C0BURSTONE"


@pytest.fixture
def housed(slack: Workspace, office: Office, opened: Burst) -> Burst:
    """A burst with a channel of its own."""
    with office.store.write() as unit:
        now = opened.opened_at + timedelta(seconds=3)
        return unit.apply(move_to(opened, Place(HOME), "", now=now), now=now)


class TestLists:
    def test_everything_that_is_open(self, slack: Workspace, opened: Burst) -> None:
        slack.command(RAISER, OPEN_LINE.replace("site:NGH", "site:LKC"))

        heard = slack.command(BYSTANDER, "list")

        assert "2 open bursts" in heard.words
        assert "BURST-1" in heard.words

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("mine", "No open bursts here."),
            ("all", "1 open burst"),
            ("site:ngh", "1 open burst"),
            ("site:LKC", "No open bursts here."),
            ("family:dicom_mapping", "1 open burst"),
            ("family:user_access", "No open bursts here."),
            ("sev:2", "1 open burst"),
            ("sev:sev3", "No open bursts here."),
            ("site:NGH sev:2", "1 open burst"),
        ],
    )
    def test_narrowed(self, slack: Workspace, opened: Burst, words: str, found: str) -> None:
        assert found in slack.command(BYSTANDER, f"list {words}").words

    @pytest.mark.parametrize(
        ("words", "allowed"),
        [
            ("urgent", "`site:<code>`"),
            ("site:XYZ", "NGH"),
            ("family:weather", "dicom_mapping"),
            ("sev:7", "sev:4"),
        ],
    )
    def test_a_filter_that_is_none_is_refused_with_what_is_allowed(
        self, slack: Workspace, opened: Burst, words: str, allowed: str
    ) -> None:
        assert allowed in slack.command(BYSTANDER, f"list {words}").words

    def test_page_by_page(self, slack: Workspace) -> None:
        for _ in range(12):
            slack.command(RAISER, OPEN_LINE)

        heard = slack.command(BYSTANDER, "list site:NGH")
        told = slack.click(BYSTANDER, "list_page", PageValue(2, "site:NGH"))

        assert "page 1 of 2" in heard.words
        assert "page 2 of 2" in words_of(told.message.blocks if told else "")

    def test_a_page_that_does_not_exist_is_the_last(self, slack: Workspace, opened: Burst) -> None:
        told = slack.click(BYSTANDER, "list_page", PageValue(99, "all"))

        assert "BURST-1" in words_of(told.message.blocks if told else "")

    @pytest.mark.parametrize("value", ["", "nonsense", "0:all", "1:<!channel>"])
    def test_a_button_that_is_not_ours_changes_nothing(self, slack: Workspace, value: str) -> None:
        assert "could not read" in said(slack.click(BYSTANDER, "list_page", value))


class TestOneBurst:
    @pytest.mark.parametrize(
        ("word", "shows"),
        [("status", "Severity"), ("log", "Log of BURST-1"), ("checklist", "Checklist of BURST-1")],
    )
    def test_by_its_key(self, slack: Workspace, opened: Burst, word: str, shows: str) -> None:
        assert shows in slack.command(RAISER, f"{word} BURST-1").words

    def test_a_status_says_where_the_time_went_so_far(self, slack: Workspace, working: Burst) -> None:
        with freeze_time(working.opened_at + timedelta(hours=2)):
            heard = slack.command(RAISER, f"status {working.key}")

        assert "Where the time went so far" in heard.words
        assert "In all: 2 h" in heard.words

    @pytest.mark.parametrize("word", ["status", "log", "checklist"])
    def test_in_its_channel_without_a_key(self, slack: Workspace, housed: Burst, word: str) -> None:
        assert "BURST-1" in slack.command(RAISER, word, channel=HOME).words

    @pytest.mark.parametrize("word", ["status", "log", "checklist", "join", "show", "signoff", "resolve"])
    def test_elsewhere_a_key_is_wanted(self, slack: Workspace, housed: Burst, word: str) -> None:
        assert "Write its key" in slack.command(RAISER, word).words

    def test_what_is_no_key_is_said_even_in_a_channel(self, slack: Workspace, housed: Burst) -> None:
        assert "takes only a key" in slack.command(RAISER, "status 42", channel=HOME).words

    def test_a_key_wins_over_the_channel(self, slack: Workspace, housed: Burst) -> None:
        slack.command(RAISER, OPEN_LINE)

        assert "BURST-2" in slack.command(RAISER, "status BURST-2", channel=HOME).words

    @pytest.mark.parametrize("key", ["BURST-99", f"BURST-{10**17}"])
    def test_a_burst_that_does_not_exist(self, slack: Workspace, opened: Burst, key: str) -> None:
        assert f"There is no {key}" in slack.command(RAISER, f"status {key}").words

    def test_the_newest_page_of_a_log_comes_first(self, slack: Workspace, opened: Burst) -> None:
        for number in range(14):
            slack.command(RAISER, f"update {opened.key} {UPDATE} ({number})")

        heard = slack.command(RAISER, f"log {opened.key}")
        told = slack.click(RAISER, "log_page", PageValue(1, "1"))

        assert "(13)" in heard.words
        assert "`1`" in words_of(told.message.blocks if told else "")

    @pytest.mark.parametrize("value", ["1:x", "1:", "1:²"])
    def test_a_log_button_that_is_not_ours(self, slack: Workspace, opened: Burst, value: str) -> None:
        assert "could not read" in said(slack.click(RAISER, "log_page", value))

    def test_a_log_button_shows_nothing_to_outsiders(self, slack: Workspace, opened: Burst) -> None:
        slack.know(BYSTANDER, Standing.GUEST)

        assert "There is no BURST-1" in said(slack.click(BYSTANDER, "log_page", PageValue(1, "1")))


class TestPrivateBursts:
    LINE = "open security_review site:NGH impact:2 urgency:1 Remote access waits for its review"

    def test_outsiders_do_not_learn_that_it_exists(self, slack: Workspace) -> None:
        slack.command(RAISER, self.LINE)
        assert slack.burst().private

        assert "There is no BURST-1" in slack.command(BYSTANDER, "status BURST-1").words
        assert "No open bursts here." in slack.command(BYSTANDER, "list").words

    def test_an_outsider_in_its_channel_is_asked_for_a_key(self, slack: Workspace, office: Office) -> None:
        slack.command(RAISER, self.LINE)
        burst = slack.burst()
        with office.store.write() as unit:
            unit.apply(move_to(burst, Place(HOME), "", now=burst.opened_at), now=burst.opened_at)

        assert "Write its key" in slack.command(BYSTANDER, "status", channel=HOME).words


class TestAttaching:
    def test_this_channel_becomes_its_home(self, slack: Workspace, office: Office, opened: Burst) -> None:
        now = opened.opened_at
        with office.store.write() as unit:
            unit.apply(lose_place(opened, "Slack made no channel", now=now), now=now)

        slack.command(RAISER, f"attach {opened.key}", channel="C0SUPPLIED")

        assert slack.burst().place == Place("C0SUPPLIED", ours=False)

    def test_a_direct_message_is_no_home(self, slack: Workspace, office: Office, opened: Burst) -> None:
        now = opened.opened_at
        with office.store.write() as unit:
            unit.apply(lose_place(opened, "Slack made no channel", now=now), now=now)

        heard = slack.command(RAISER, f"attach {opened.key}", channel="D0DIRECT")

        assert "in a channel" in heard.words
        assert slack.burst().place is None

    @pytest.mark.parametrize(
        ("named", "home"), [("general", None), ("privategroup", Place("C0SUPPLIED", ours=False))]
    )
    def test_a_private_burst_goes_into_a_private_channel_alone(
        self, slack: Workspace, office: Office, named: str, home: Place | None
    ) -> None:
        slack.command(RAISER, TestPrivateBursts.LINE)
        now = slack.burst().opened_at
        with office.store.write() as unit:
            unit.apply(lose_place(slack.burst(), "Slack made no channel", now=now), now=now)

        heard = slack.command(RAISER, "attach BURST-1", channel="C0SUPPLIED", channel_name=named)

        assert slack.burst().place == home
        assert ("anybody could read it here" in heard.words) == (home is None)

    def test_a_burst_with_a_channel_keeps_it(self, slack: Workspace, housed: Burst) -> None:
        heard = slack.command(RAISER, f"attach {housed.key}", channel="C0SUPPLIED")

        assert "has a channel of its own" in heard.words
        assert slack.burst().place == Place(HOME)


class TestHelp:
    def test_all_of_it(self, slack: Workspace) -> None:
        assert "one accountable owner" in slack.command(BYSTANDER, "help").words

    def test_of_one_word(self, slack: Workspace) -> None:
        assert "/burst pause" in slack.command(BYSTANDER, "help pause").words

    def test_an_unknown_word_gets_the_nearest_commands(self, slack: Workspace) -> None:
        heard = slack.command(BYSTANDER, "reslove BURST-1")

        assert "resolve" in heard.words
        assert "one accountable owner" not in heard.words

    def test_an_unknown_word_is_shown_as_words(self, slack: Workspace) -> None:
        assert "<!channel>" not in words_of(slack.command(BYSTANDER, "<!channel>").body)

"""Deliveries that come again, and commands that could be taken for another burst."""

import pytest

from bot.operations.office import Office
from bot.slack.ids import Action
from bot.taskforce.burst import Burst, Place
from bot.taskforce.lifecycle import move_to
from bot.taskforce.terms import State
from tests.handlers.test_opening import PAGE_2, second_page
from tests.handlers.workspace import OPEN_LINE, RAISER, UPDATE, Workspace, words_of

HOME = "C0BURSTONE"


@pytest.fixture
def housed(office: Office, opened: Burst) -> Burst:
    """A burst that nobody has accepted yet, with a channel of its own."""
    with office.store.write() as unit:
        return unit.apply(move_to(opened, Place(HOME), "", now=opened.opened_at), now=opened.opened_at)


def owner_of(burst: Burst) -> str:
    assert burst.owner is not None
    return burst.owner


class TestOnceMore:
    def test_open_burst_answers_with_the_burst_it_opened(self, slack: Workspace) -> None:
        page = second_page(slack)
        first = slack.submit(RAISER, page, PAGE_2, view_id="V1")

        again = slack.submit(RAISER, page, PAGE_2, view_id="V1")

        assert again.view == first.view
        assert slack.count() == 1

    def test_open_anyway_answers_with_the_burst_it_opened(self, slack: Workspace) -> None:
        slack.submit(RAISER, second_page(slack), PAGE_2)
        similar = slack.submit(RAISER, second_page(slack), PAGE_2).view
        first = slack.submit(RAISER, similar, {"similar": "open_anyway"}, view_id="V2")

        again = slack.submit(RAISER, similar, {"similar": "open_anyway"}, view_id="V2")

        assert again.view == first.view
        assert "BURST-2" in words_of(again.view)
        assert slack.count() == 2

    def test_a_draft_opens_one_burst(self, slack: Workspace) -> None:
        page = second_page(slack)
        slack.submit(RAISER, page, PAGE_2, view_id="V1")

        heard = slack.submit(RAISER, page, PAGE_2, view_id="V2")

        assert "start again" in words_of(heard.errors)
        assert slack.count() == 1

    def test_any_other_page_closes(self, slack: Workspace, working: Burst) -> None:
        slack.press(RAISER, Action.UPDATE, working)
        slack.submit(RAISER, slack.shown, {"text": UPDATE + " Or at one."}, view_id="V1")
        before = slack.burst()

        heard = slack.submit(RAISER, slack.shown, {"text": UPDATE + " Or at one."}, view_id="V1")

        assert (heard.status, heard.body) == (200, {})
        assert slack.burst() == before


class TestStrayWords:
    @pytest.mark.parametrize("word", ["accept", "decline"])
    @pytest.mark.parametrize("key", ["BURST-4x", "BURST-0", "burst-7,"])
    def test_a_misspelt_key_is_not_this_channels_burst(
        self, slack: Workspace, housed: Burst, word: str, key: str
    ) -> None:
        heard = slack.command(owner_of(housed), f"{word} {key}", channel=HOME)

        assert "is no key" in heard.words
        assert slack.burst() == housed

    def test_accepting_takes_nothing_but_a_key(self, slack: Workspace, housed: Burst) -> None:
        heard = slack.command(owner_of(housed), "accept 4", channel=HOME)

        assert "takes only a key" in heard.words
        assert slack.burst() == housed

    def test_a_key_may_stand_on_the_next_line(self, slack: Workspace, housed: Burst) -> None:
        slack.command(owner_of(housed), f"accept\n{housed.key}")

        assert slack.burst().state is State.ACCEPTED

    def test_a_title_may_begin_with_a_key(self, slack: Workspace) -> None:
        slack.command(RAISER, OPEN_LINE.replace("CT studies", "BURST-9 studies"))

        assert slack.burst().title.startswith("BURST-9 studies")

    def test_searching_for_a_key_searches_for_it(self, slack: Workspace, opened: Burst) -> None:
        assert "Nothing" in slack.command(RAISER, f"archive {opened.key}").words

    def test_an_unsafe_link_is_refused_and_no_word_is_lost(self, slack: Workspace, working: Burst) -> None:
        kind = next(kind for kind, _, form in working.evidence_kinds if form in {"text", "any"})

        heard = slack.command(RAISER, f"evidence {working.key} {kind} see http://intranet.example/1 for it")

        assert "starts with https://" in heard.words
        assert slack.burst() == working

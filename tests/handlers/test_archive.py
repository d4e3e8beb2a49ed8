"""The archive, as people find things in it again."""

import pytest
from sqlalchemy import text

from bot import clock
from bot.operations import searching
from bot.operations.legal_hold import hold
from bot.slack.ids import Action, ButtonValue, PageValue
from bot.taskforce.burst import Burst
from bot.taskforce.effects import EffectKind
from bot.taskforce.permissions import Actor
from bot.taskforce.terms import Standing
from tests.handlers.workspace import BYSTANDER, OPEN_LINE, RAISER, Workspace, owner_of, said, words_of


@pytest.fixture
def ended(slack: Workspace, opened: Burst) -> Burst:
    """A burst that was cancelled."""
    slack.command(RAISER, f"cancel {opened.key} mistake it was the wrong scanner")
    return slack.burst()


@pytest.mark.parametrize(
    "words",
    [
        "",
        "chest",
        "chest layout",
        "BURST-1",
        "site:NGH",
        "chest site:ngh",
        '"studies hang" site:NGH',
        "“studies hang with”",
        "che*",
        '"studies ha*"',
        "sev:2 outcome:mistake",
        "sev:sev2",
        "since:2020-01-01 until:2999-01-01",
        "until:9999-12-30",
    ],
)
def test_it_is_found_by_words_and_filters(slack: Workspace, ended: Burst, words: str) -> None:
    assert "CT studies hang" in slack.command(BYSTANDER, f"archive {words}").words


@pytest.mark.parametrize(
    "words",
    [
        "worklist",
        "site:LKC",
        "family:user_access",
        "cause:vendor_wait",
        "since:2999-01-01",
        "until:2020-01-01",
        '"hang studies"',
        "lay*x",
        "sev:1",
        "outcome:resolved",
        "chest mine",
        f"owner:<@{BYSTANDER}>",
        '"site:NGH"',
    ],
)
def test_it_is_not_found_by_others(slack: Workspace, ended: Burst, words: str) -> None:
    assert "Nothing in the archive matches" in slack.command(BYSTANDER, f"archive {words}").words


def test_open_bursts_are_not_in_it(slack: Workspace, opened: Burst) -> None:
    assert "Nothing in the archive matches" in slack.command(BYSTANDER, "archive chest").words


def test_a_day_that_is_none_is_refused(slack: Workspace) -> None:
    assert "since:2026-03-01" in slack.command(BYSTANDER, "archive since:yesterday").words


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        ("until:tomorrow", "until:2026-03-01"),
        ("until:9999-12-31", "until:2026-03-01"),
        ("site:ZRH", "NGH, LKC"),
        ("family:nothing", "dicom_mapping"),
        ("cause:nothing", "vendor_wait"),
        ("sev:9", "`sev:1` to `sev:4`"),
        ("outcome:lost", "resolved, duplicate, mistake, withdrawn"),
        ("owner:priya", "name a person with @"),
        ("c*", "at least 2 characters before `*`"),
        ("site:NGH site:LKC", "is there twice"),
    ],
)
def test_a_filter_that_fits_nothing_is_refused_with_what_is_allowed(
    slack: Workspace, ended: Burst, words: str, allowed: str
) -> None:
    assert allowed in slack.command(BYSTANDER, f"archive {words}").words


def test_it_is_found_by_who_owned_it(slack: Workspace, ended: Burst) -> None:
    assert ended.title in slack.command(BYSTANDER, f"archive chest owner:<@{owner_of(ended)}|somebody>").words


def test_mine_are_those_that_one_belonged_to(slack: Workspace, ended: Burst) -> None:
    for user, found in ((RAISER, True), (BYSTANDER, False)):
        assert (ended.title in slack.command(user, "archive mine chest").words) is found
        assert ended.title not in slack.command(user, 'archive "mine"').words


def test_what_is_beyond_the_last_page_is_said(
    slack: Workspace, ended: Burst, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.command(RAISER, OPEN_LINE)
    slack.command(RAISER, "cancel BURST-2 mistake it was the wrong scanner")
    monkeypatch.setattr(searching, "MOST_FOUND", 1)
    assert "The newest 1 archived bursts; older ones match too" in slack.command(BYSTANDER, "archive").words


def test_a_word_that_is_nowhere_is_named_with_how_others_begin(slack: Workspace, ended: Burst) -> None:
    words = slack.command(BYSTANDER, 'archive chesst layout "no such phrase"').words

    assert "`chesst` is nowhere in it, but words that begin with `ches*` are" in words
    assert '`"no such phrase"` is nowhere in it.' in words
    assert "`layout`" not in words


def test_words_that_are_there_and_never_together_are_told_so(slack: Workspace, ended: Burst) -> None:
    assert "not together with all the rest" in slack.command(BYSTANDER, "archive chest site:LKC").words


def test_what_only_others_may_read_is_nowhere(slack: Workspace) -> None:
    slack.command(RAISER, "open security_review site:NGH impact:2 urgency:1 Remote access waits")
    slack.command(RAISER, "cancel BURST-1 mistake it was decided already")

    assert "`Remote` is nowhere in it." in slack.command(BYSTANDER, "archive Remote").words


def test_search_syntax_is_only_words(slack: Workspace, ended: Burst) -> None:
    heard = slack.command(BYSTANDER, 'archive chest" OR NEAR( AND * -')

    assert heard.status == 200
    assert "went wrong" not in heard.words


def test_guests_cannot_search(slack: Workspace, ended: Burst) -> None:
    slack.know(BYSTANDER, Standing.GUEST)

    assert "Only full members" in slack.command(BYSTANDER, "archive chest").words


def test_guests_cannot_open_what_they_took_no_part_in(slack: Workspace, ended: Burst) -> None:
    slack.know(BYSTANDER, Standing.GUEST)

    told = slack.click(BYSTANDER, Action.ARCHIVE_OPEN, ButtonValue(ended.id, 0))

    assert "There is no BURST-1 that you can see" in said(told)


def test_private_bursts_are_shown_to_their_people_alone(slack: Workspace) -> None:
    slack.command(RAISER, "open security_review site:NGH impact:2 urgency:1 Remote access waits")
    slack.command(RAISER, "cancel BURST-1 mistake it was decided already")

    assert "Remote access" in slack.command(RAISER, "archive remote").words
    assert "Remote access" not in slack.command(BYSTANDER, "archive remote").words


def test_page_by_page(slack: Workspace) -> None:
    for number in range(1, 13):
        slack.command(RAISER, OPEN_LINE)
        slack.command(RAISER, f"cancel BURST-{number} mistake it was the wrong scanner")
    heard = slack.command(BYSTANDER, "archive chest")
    more = next(
        element["value"]
        for block in heard.body["blocks"]
        for element in block.get("elements", ())
        if element.get("action_id") == "archive_page"
    )

    told = slack.click(BYSTANDER, Action.ARCHIVE_PAGE, more)

    assert "page 1 of 2" in heard.words
    assert "page 2 of 2" in words_of(told.message.blocks if told else "")


def test_a_search_that_fits_on_a_page_keeps_nothing(slack: Workspace, ended: Burst) -> None:
    with slack.office.store.read() as before:
        kept = before._connection.execute(text("SELECT count(*) FROM draft")).scalar_one()
    assert ended.title in slack.command(BYSTANDER, "archive chest").words
    with slack.office.store.read() as after:
        assert after._connection.execute(text("SELECT count(*) FROM draft")).scalar_one() == kept


def test_the_home_tabs_button_shows_all_of_it_page_by_page(slack: Workspace, ended: Burst) -> None:
    told = slack.click(BYSTANDER, Action.ARCHIVE_ALL, "home")

    assert ended.title in words_of(told.message.blocks if told else "")


def test_another_persons_search_is_gone(slack: Workspace) -> None:
    told = slack.click(BYSTANDER, Action.ARCHIVE_PAGE, PageValue(1, "somebody-elses"))

    assert "run `/burst archive` again" in said(told)


def test_open_shows_the_summary(slack: Workspace, ended: Burst) -> None:
    told = slack.click(BYSTANDER, Action.ARCHIVE_OPEN, ButtonValue(ended.id, 0))

    assert "What was blocked" in words_of(told.message.blocks if told else "")


def test_show_shows_the_summary(slack: Workspace, ended: Burst) -> None:
    assert "What was blocked" in slack.command(BYSTANDER, f"show {ended.key}").words


def test_a_hold_is_shown_in_lists_and_summaries(slack: Workspace, ended: Burst) -> None:
    assert "hold" not in slack.command(BYSTANDER, f"show {ended.key}").words
    with slack.office.store.write() as unit:
        hold(unit, ended.id, Actor("U01PETRA", admin=True), "A dispute.", clock.now())
    shown = slack.command(BYSTANDER, f"show {ended.key}").words
    assert "On hold" in shown
    assert "nothing of it is erased until it is released" in shown
    assert "A dispute" not in shown
    assert "on hold" in slack.command(BYSTANDER, "archive").words


def test_show_refuses_what_is_open(slack: Workspace, opened: Burst) -> None:
    assert "is still open" in slack.command(BYSTANDER, f"show {opened.key}").words


def test_the_full_log_starts_at_the_beginning(slack: Workspace, ended: Burst) -> None:
    told = slack.click(BYSTANDER, Action.ARCHIVE_LOG, ButtonValue(ended.id, 0))

    assert "Log of BURST-1" in words_of(told.message.blocks if told else "")


def asked_for(slack: Workspace) -> list[object]:
    """Who is to get a PDF."""
    return [row.subject["user"] for row in slack.intents() if row.kind is EffectKind.SEND_PDF]


def test_whoever_asks_for_the_pdf_is_sent_it(slack: Workspace, ended: Burst) -> None:
    told = slack.click(BYSTANDER, Action.ARCHIVE_PDF, ButtonValue(ended.id, 0))

    assert said(told) == "The PDF of BURST-1 comes to you by direct message."
    assert asked_for(slack) == [BYSTANDER]


def test_pressed_again_while_it_is_on_its_way_it_comes_once(slack: Workspace, ended: Burst) -> None:
    for _ in range(3):
        slack.click(BYSTANDER, Action.ARCHIVE_PDF, ButtonValue(ended.id, 0))

    assert asked_for(slack) == [BYSTANDER]


def test_the_pdf_of_a_private_burst_is_for_its_people(slack: Workspace) -> None:
    slack.command(RAISER, "open security_review site:NGH impact:2 urgency:1 Remote access waits")
    slack.command(RAISER, "cancel BURST-1 mistake it was decided already")

    told = slack.click(BYSTANDER, Action.ARCHIVE_PDF, ButtonValue(1, 0))

    assert "There is no BURST-1 that you can see" in said(told)
    assert asked_for(slack) == []


def test_an_open_burst_has_no_pdf(slack: Workspace, opened: Burst) -> None:
    assert "is still open" in said(slack.click(RAISER, Action.ARCHIVE_PDF, ButtonValue(opened.id, 0)))


@pytest.mark.parametrize(
    "action",
    [
        Action.ARCHIVE_OPEN,
        Action.ARCHIVE_LOG,
        Action.ARCHIVE_PDF,
        Action.ARCHIVE_PAGE,
        Action.ARCHIVE_TRANSCRIPT,
        Action.TRANSCRIPT_PAGE,
    ],
)
def test_buttons_that_are_not_ours(slack: Workspace, ended: Burst, action: Action) -> None:
    assert "could not read" in said(slack.click(BYSTANDER, action, "1;drop"))

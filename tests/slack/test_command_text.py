"""How a command line is taken apart."""

import pytest

from bot.errors import Refused
from bot.slack.command_text import (
    Line,
    burst_number,
    parse,
    take_link,
    take_options,
    take_person,
    take_until,
)
from bot.slack.requests import Command, Person


def line(text: str) -> Line:
    return parse(Command(Person("U1", "T1"), "C1", text, "trigger", ""))


@pytest.mark.parametrize(
    ("text", "word", "burst_id", "rest"),
    [
        ("", "", None, ""),
        ("  list  ", "list", None, ""),
        ("Status burst-42", "status", 42, ""),
        ("update BURST-42  two   words", "update", 42, "two   words"),
        ("update burst-mode is slow", "update", None, "burst-mode is slow"),
        ("update\nBURST-7\tsecond line", "update", 7, "second line"),
        ("open BURST-7 came back", "open", None, "BURST-7 came back"),
        ("archive BURST-7", "archive", None, "BURST-7"),
        ("list BURST-7", "list", None, "BURST-7"),
        ("help BURST-7", "help", None, "BURST-7"),
        ("show BURST-7", "show", 7, ""),
        ("decide a &lt;b&gt; &amp; c", "decide", None, "a <b> & c"),
        ("update BURST-7\nsecond line", "update", 7, "second line"),
    ],
)
def test_word_key_and_rest(text: str, word: str, burst_id: int | None, rest: str) -> None:
    found = line(text)

    assert (found.word, found.burst_id, found.rest) == (word, burst_id, rest)


@pytest.mark.parametrize("key", ["BURST-42x", "BURST-0", "burst-7,"])
def test_what_is_nearly_a_key_is_not_taken_for_words(key: str) -> None:
    with pytest.raises(Refused, match="is no key"):
        line(f"update {key} is no key")


def test_its_length_is_counted_as_people_see_it() -> None:
    assert line("&amp;" * 3000).word == "&" * 3000
    with pytest.raises(Refused, match="3,001 characters"):
        line("&amp;" * 3001)


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("<@U123> why", ("U123", "why")),
        ("<@W123|ada> why not", ("W123", "why not")),
        ("<@U123>", ("U123", "")),
    ],
)
def test_a_person_comes_as_slack_completes_it(rest: str, found: tuple[str, str]) -> None:
    assert take_person(rest) == found


@pytest.mark.parametrize("rest", ["", "@ada", "why <@U123>", "<@u123>", "<!channel>"])
def test_anything_else_is_nobody(rest: str) -> None:
    with pytest.raises(Refused, match="with @"):
        take_person(rest)


def test_options_stand_anywhere() -> None:
    allowed = frozenset({"site", "impact"})

    assert take_options("one site:NGH two impact:2 other:3", allowed) == (
        {"site": "NGH", "impact": "2"},
        "one two other:3",
    )


def test_an_option_twice_is_refused() -> None:
    with pytest.raises(Refused, match="twice"):
        take_options("site:NGH site:LKC", frozenset({"site"}))


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("vendor until:2h", ("2h", "vendor")),
        ("until:3bd vendor ref:A", ("3bd", "vendor ref:A")),
        ("vendor until:2026-12-01 14:30 ref:A", ("2026-12-01 14:30", "vendor ref:A")),
        ("vendor until:2026-12-01 ref:A", ("2026-12-01", "vendor ref:A")),
        ("vendor until: 2h", ("2h", "vendor")),
        ("vendor until:", ("", "vendor")),
        ("vendor", (None, "vendor")),
        ("norununtil:2h", (None, "norununtil:2h")),
    ],
)
def test_until_may_be_two_words(rest: str, found: tuple[str | None, str]) -> None:
    assert take_until(rest) == found


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("https://a.example/x the report", ("https://a.example/x", "the report")),
        ("see <https://a.example/x|a.example/x> there", ("https://a.example/x", "see there")),
        ("<https://a.example/x>", ("https://a.example/x", "")),
        ("no address at all", (None, "no address at all")),
        ("ftp://a.example/x", (None, "ftp://a.example/x")),
    ],
)
def test_an_address_is_found_however_slack_wrote_it(rest: str, found: tuple[str | None, str]) -> None:
    assert take_link(rest) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [("BURST-7", 7), (" burst-12 ", 12), ("7", None), ("BURST-7 and more", None), ("", None)],
)
def test_a_key_is_a_number(text: str, number: int | None) -> None:
    assert burst_number(text) == number


def test_what_is_missing_is_named_with_an_example() -> None:
    with pytest.raises(Refused, match="`/burst update BURST-42 <text>`"):
        line("update BURST-1").needs_text("what is known", "BURST-42 <text>")
    with pytest.raises(Refused, match="Write its key"):
        line("update").needs_burst()
    with pytest.raises(Refused, match="takes only a key"):
        line("status BURST-1 please").needs_burst_alone()

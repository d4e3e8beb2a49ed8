"""Text made safe, cut where it stays safe, and the forms that people fill in."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.durations import lasting
from bot.slack.ids import (
    ButtonValue,
    Metadata,
    PageValue,
    field_block,
    field_of,
    parse_button,
    parse_metadata,
    parse_number,
    parse_page,
)
from bot.slack.views.fit import MESSAGE_BLOCKS, MESSAGE_TEXT, fitted_to, text_length
from bot.slack.views.help import LINES, HelpLine, help_for, nearest, words
from bot.slack.views.help_lessons import ROLES, SITUATIONS, Lesson
from bot.slack.views.home import Sights, home
from bot.slack.views.modals.checklist import checklist, ticked
from bot.slack.views.parts import (
    channel_link,
    clean,
    code,
    cut,
    cut_marked,
    escape,
    escaped,
    inline,
    message_link,
    one_line,
    person,
    quote,
    section,
)
from bot.taskforce.burst import ChecklistItem
from tests.slack.views.bursts import NOW, OPEN
from tests.slack.views.slack_rules import assert_harmless, assert_opens
from tests.unit.imaging import demo

# Everything that Python calls text, lone surrogates too.
anything = st.text(alphabet=st.characters(), max_size=400)


@given(anything, st.integers(min_value=10, max_value=500))
def test_escaped_text_is_harmless_and_no_longer_than_allowed(text: str, limit: int) -> None:
    safe = escaped(text, limit)
    assert len(safe) <= limit
    assert_harmless(safe)
    safe.encode()


@given(anything)
def test_nothing_is_lost_of_text_that_fits(text: str) -> None:
    assert escaped(text, 10_000) == escape(text)
    back = escape(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert back == clean(text)


@given(anything)
def test_a_code_span_cannot_be_left(text: str) -> None:
    assert re.fullmatch(r"`[^`\n]+`", code(text))


@given(anything)
def test_every_line_of_a_quotation_is_quoted(text: str) -> None:
    assert all(line.startswith("> ") for line in quote(text).split("\n"))
    assert_harmless(quote(text))


@given(
    st.lists(st.sampled_from(["<@U01RAISER>", "&lt;", "&amp;", "word ", "<!date^1^{x}|12:00>"])), st.data()
)
def test_safe_text_is_never_cut_inside_a_mention_or_an_escape(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    limit = data.draw(st.integers(min_value=1, max_value=len(text) + 2))
    shortened = cut_marked(text, limit)
    assert len(shortened) <= max(limit, 1)
    assert not re.search(r"<[^>]*$|&[^;]*$", shortened.removesuffix("…"))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("tab\tand null\x00", "tab and null"),
        ("\u202eright to left\u2069", "right to left"),
        ("\ud83d half", "\ufffd half"),
        ("  blank ends \n", "blank ends"),
    ],
)
def test_text_is_cleaned_of_what_would_act(typed: str, shown: str) -> None:
    assert clean(typed) == shown


def test_a_line_among_our_words_opens_no_code_span() -> None:
    assert inline("`a`\nb") == "'a' b"
    assert one_line(" a \n\n b ") == "a b"


def test_what_is_cut_says_so() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"
    assert escaped("a<b", 4) == "a…"
    assert escaped("abcd efgh", 4) == "abc…"


def test_only_ids_become_mentions() -> None:
    assert person("U01RAISER") == "<@U01RAISER>"
    assert person("U1> <!channel") == "U1&gt; &lt;!channel"
    assert channel_link("C42BURST") == "<#C42BURST>"
    assert channel_link("general|x") == "general|x"
    assert channel_link("D42DIRECT") == "D42DIRECT"


def test_a_message_that_is_too_long_says_where_the_rest_is() -> None:
    many = fitted_to([section("x")] * 60, "the rest", reserve=2)
    assert len(many) == MESSAGE_BLOCKS - 2
    assert many[-1]["elements"][0]["text"] == "the rest"
    long = fitted_to([section("x" * 2900)] * 6, "the rest")
    assert sum(text_length(block) for block in long) <= MESSAGE_TEXT
    assert long[-1]["elements"][0]["text"] == "the rest"


def test_a_message_that_just_fits_is_whole() -> None:
    blocks = [section("x")] * MESSAGE_BLOCKS
    assert fitted_to(blocks, "the rest") == blocks


@pytest.mark.parametrize(
    "value",
    [ButtonValue(42, 7), ButtonValue(1, 0, "resolve_missed")],
)
def test_a_button_value_reads_back(value: ButtonValue) -> None:
    assert parse_button(str(value)) == value


@pytest.mark.parametrize(
    "value", [PageValue(1, ""), PageValue(12, "site:NGH,LKC sev:1"), PageValue(2, "d-7_a")]
)
def test_a_page_value_reads_back(value: PageValue) -> None:
    assert parse_page(str(value)) == value


@pytest.mark.parametrize(
    "value", [Metadata(burst_id=42), Metadata(burst_id=42, detail="raiser"), Metadata(draft_id="a-B_9")]
)
def test_a_modals_reference_reads_back(value: Metadata) -> None:
    assert parse_metadata(str(value)) == value


TAMPERED = [
    "",
    "42",
    "0:1",
    "-1:2",
    "42:",
    "1:2:<!channel>",
    "x" * 5000,
    "\uff11:2",
    "burst:0",
    "burst:x",
    "draft:",
    None,
    7,
]


@pytest.mark.parametrize("value", TAMPERED, ids=range(len(TAMPERED)))
def test_a_tampered_value_is_none_of_ours(value: object) -> None:
    assert parse_button(value) is None
    assert parse_metadata(value) is None
    assert value == "42:" or parse_page(value) is None


@pytest.mark.parametrize("text", ["", "0", "-1", "042", "1.0", "²", "\uff11", "9" * 19, "9" * 5000])
def test_a_number_that_no_database_counts_to_is_none(text: str) -> None:
    assert parse_number(text) is None
    assert parse_number("42") == 42


def test_a_familys_field_is_known_by_its_block() -> None:
    assert field_of(field_block("source_ae")) == "source_ae"
    assert field_of("owner") is None


def long_list(count: int, text: str = "Check it") -> list[ChecklistItem]:
    return [
        ChecklistItem(number, text, "family", done_at=NOW if number % 3 == 0 else None)
        for number in range(1, count + 1)
    ]


def as_submitted(view: dict[str, object]) -> dict[str, dict[str, dict[str, object]]]:
    """What Slack sends when nobody changed anything in the checklist."""
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    return {
        block["block_id"]: {
            block["block_id"]: {"selected_options": block["element"].get("initial_options", [])}
        }
        for block in blocks
        if block["type"] == "input"
    }


@pytest.mark.parametrize("count", [1, 10, 11, 37, 250])
def test_a_checklist_comes_back_as_it_was_shown(count: int) -> None:
    items = long_list(count)
    view = checklist(replace(OPEN, checklist=tuple(items)))
    assert_opens(view)
    shown = items[:200]
    assert ticked(as_submitted(view)) == {item.number for item in shown if item.done_at}


def test_a_long_item_runs_on_in_the_smaller_line() -> None:
    words = "Compare three headers of one synthetic case: worklist answer, object leaving the modality, object stored"
    view = checklist(replace(OPEN, checklist=tuple(long_list(1, words))))
    box = view["blocks"][1]["element"]["options"][0]
    assert f"{box['text']['text']} {box['description']['text']}" == f"1. {words}"


@pytest.mark.parametrize(
    "options", [None, 7, [None], [{"value": 3}], [{"value": "x"}], [{"value": "1" * 40}], [{}]]
)
def test_boxes_that_nobody_could_tick_are_not_ticked(options: object) -> None:
    assert ticked({"items_1": {"items_1": {"selected_options": options}}}) == frozenset()
    assert ticked({"text": {"text": {"selected_options": [{"value": "1"}]}}}) == frozenset()


@pytest.mark.parametrize("word", ["esclate", "RESOLV", "", "xyzzy", "x" * 5000])
def test_an_unknown_word_is_answered_with_three_commands(word: str) -> None:
    assert len({line.word for line in nearest(word)}) == 3


def test_help_for_a_word_shows_only_its_commands_each_with_an_example() -> None:
    shown = help_for("open").blocks[0]["text"]["text"]
    ways = len([line for line in LINES if line.word == "open"])
    assert (shown.count("`/burst open"), shown.count("for example `/burst open")) == (2 * ways, ways)


def test_help_teaches_by_situation_and_role_and_names_every_command() -> None:
    shown = str(help_for().blocks)
    assert all(lesson.when in shown and lesson.example in shown for lesson in (*SITUATIONS, *ROLES))
    assert all(f"`{line.word}`" in shown for line in LINES)


@pytest.mark.parametrize("one", [*LINES, *SITUATIONS, *ROLES], ids=lambda one: one.example)
def test_every_example_is_of_a_command_that_there_is(one: HelpLine | Lesson) -> None:
    word = one.example.split()[0]
    assert word in words()
    assert word == getattr(one, "word", word)


def test_evidence_is_taught_with_kinds_that_there_are() -> None:
    kinds = {piece.id for family in demo().families.values() for piece in family.evidence}
    examples = [*(line.example for line in LINES), *(lesson.example for lesson in ROLES)]
    taught = [one.split() for one in examples if one.startswith("evidence ")]
    given = {next(word for word in words[1:] if not word.startswith("BURST-")) for words in taught}

    assert given
    assert given <= kinds


def test_the_nearest_word_comes_first() -> None:
    assert nearest("esclate")[0].word == "escalate"
    assert nearest("singoff")[0].word == "signoff"


def test_lateness_does_not_count_as_time_to_come() -> None:
    assert [lasting(timedelta(minutes=minutes)) for minutes in (-5, 0.5, 1, 60, 61, 1440, 1500)] == [
        "under a minute", "under a minute", "1 min", "1 h", "1 h 1 min", "1 d", "1 d 1 h",
    ]  # fmt: skip


def test_a_message_is_linked_by_its_address_alone() -> None:
    address = "https://hospital.slack.com/archives/C0BURSTONE/p1795000000000200"
    reply = f"{address}?thread_ts=1795000000.000100&cid=C0BURSTONE"

    assert message_link(address) == f"<{address}|message>"
    assert message_link(reply) == f"<{reply.replace('&', '&amp;')}|message>"
    for other in ("C0BURSTONE:1.2", "https://files.example/x", f"{address}|<!channel>", f"{address}>", ""):
        assert message_link(other) == ""


def test_the_sites_of_a_large_network_leave_room_for_the_lists_of_a_home() -> None:
    sites = [(f"S{number}", f"Northgate Hospital, outpatient centre {number}") for number in range(300)]
    few, many = (home(Sights(sites=some), now=NOW)["blocks"] for some in (sites[:1], sites))
    assert len(many) == len(few)
    assert "*Open, by most urgent clock*" in str(many)

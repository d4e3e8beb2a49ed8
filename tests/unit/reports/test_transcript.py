"""A transcript reads as what people said, with what became of it and what is missing."""

from zoneinfo import ZoneInfo

import pytest

from bot.reports.labels import Labels
from bot.reports.transcript import gap_words, spoken, text_of
from bot.taskforce.transcript import (
    MOVED,
    NO_PLACE,
    OUT_OF_REACH,
    Gap,
    Message,
    SharedFile,
    Version,
)

LONDON = ZoneInfo("Europe/London")
LABELS = Labels(names={"U1": "Olive", "U2": "Jonah"})
ASKED = Message("C1", "1764000000.000100", "", "U1", "", "", "Who saw it, <@U2>?\n5 &lt; 6")
ANSWERED = Message(
    "C1",
    "1764000060.000100",
    ASKED.ts,
    "U2",
    "",
    "",
    "I did",
    (SharedFile("F1", "queue.csv", "text/csv", 12_300),),
    "1764000120.000100",
    (Version("I did not"),),
)
DELETED = Message(
    "C1", "1764000180.000100", "", "U9", "", "", "", deleted=True, deleted_at="1764000240.000100"
)
MONITOR = Message("C1", "1764000300.000100", "", "B1", "Monitor", "bot_message", "Queue is 12")


def test_it_reads_as_what_people_said() -> None:
    gaps = [Gap("channel_not_found", since="1764000300.000100")]
    assert "\n".join(text_of([ASKED, ANSWERED, DELETED, MONITOR], gaps, LABELS, LONDON)) == (
        "Note: From Mon 24 Nov 2025 16:05 GMT on is as the bot heard it when it was written. What was written while "
        "the bot did not run is unknown, because Slack did not show its history (channel_not_found).\n"
        "\n"
        "Mon 24 Nov 2025 16:00 GMT  Olive\n"
        "    Who saw it, @Jonah?\n"
        "    5 < 6\n"
        "\n"
        "    Mon 24 Nov 2025 16:01 GMT  Jonah\n"
        "        I did\n"
        "        (file: queue.csv (text/csv, 12,300 bytes))\n"
        "        (edited Mon 24 Nov 2025 16:02 GMT)\n"
        "        (before: I did not)\n"
        "\n"
        "Mon 24 Nov 2025 16:03 GMT  U9\n"
        "    (deleted Mon 24 Nov 2025 16:04 GMT)\n"
        "\n"
        "Mon 24 Nov 2025 16:05 GMT  Monitor\n"
        "    Queue is 12"
    )


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("<@U1> and <@U7|zoe> and <@U8>", "@Olive and @zoe and @U8"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<!here> <!subteam^S1|@pacs> <!date^1764000000^{date}|Monday>", "@here @pacs Monday"),
        (
            "<https://a.example|the page> <https://b.example>",
            "the page (https://a.example) https://b.example",
        ),
        ("a &lt;@U1&gt; b &amp;lt;", "a <@U1> b &lt;"),
        ("< unclosed", "< unclosed"),
    ],
)
def test_markup_is_read_as_people_see_it(marked: str, read: str) -> None:
    assert spoken(marked, LABELS) == read


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Gap(OUT_OF_REACH, until=ASKED.ts), "goes back to Mon 24 Nov 2025 16:00 GMT only"),
        (Gap(MOVED), "where the burst lived before"),
        (Gap(NO_PLACE), "because the burst had lost its channel"),
        (Gap("missing_scope"), "All of it is as the bot heard it"),
    ],
)
def test_what_is_missing_is_said(gap: Gap, words: str) -> None:
    assert words in gap_words(gap, LONDON)

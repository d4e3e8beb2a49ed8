"""Slack's ways of writing become HTML that shows hostile text and obeys none of it."""

import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.sandbox.page import mrkdwn, rich_text
from bot.sandbox.page.emoji import EMOJI
from bot.sandbox.page.viewer import Viewer
from bot.sandbox.workspace.people import User

ANN = Viewer(
    User(id="U1", name="ann", real_name="Ann Example", team_id="T1"),
    ZoneInfo("Europe/Oslo"),
    today=date(2026, 3, 2),
    people={"U1": "Ann Example"},
    channels={"C1": "steering"},
    groups={"S1": "pacs"},
)
TAGS = ("<a ", "<strong>", "<em>", "<s>", "<code>", "<pre>", "<blockquote>", "<br>", "<span class", "<time")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain &amp; simple", "plain &amp; simple"),
        ("*bold* _slanted_ ~gone~", "<strong>bold</strong> <em>slanted</em> <s>gone</s>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("*<@U1> did it*", '<strong><span class="mention">@Ann Example</span> did it</strong>'),
        ("`<@U1> *x*`", "<code>@U1 *x*</code>"),
        ("```a\n*b*```", "<pre>a\n*b*</pre>"),
        ("&gt; said\n&gt; so\nhe", "<blockquote>said<br>so</blockquote>he"),
        ("in <#C1> and <#C9|>", "in <span"),
        ("<!subteam^S1> <!here>", '<span class="mention">@pacs</span> <span class="mention">@here</span>'),
        (
            "<https://a.example/?x=1&amp;y=2|here>",
            '<a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer" target="_blank">here</a>',
        ),
        ("<!date^1772402400^{date_short_pretty} {time}|then>", '<time class="moment">yesterday 23:00</time>'),
        ("<!date^1772406000^{date_pretty} {time}|then>", '<time class="moment">today 00:00</time>'),
        ("<!date^1772492400^{date_long_pretty}|then>", '<time class="moment">tomorrow</time>'),
        ("<!date^1772578800^{date_short_pretty}|then>", '<time class="moment">Mar 4, 2026</time>'),
        ("<!date^1772406000^{date_short} {time}|then>", '<time class="moment">Mar 2, 2026 00:00</time>'),
        ("<!date^0^{date_num} {time}|then>", '<time class="moment">1970-01-01 01:00</time>'),
        (":white_check_mark: :nobody_knows:", "✅ :nobody_knows:"),
        ("one\ntwo", "one<br>two"),
    ],
)
def test_markup_of_slack_is_drawn(written: str, shown: str) -> None:
    assert str(mrkdwn.as_html(written, ANN)).startswith(shown)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<javascript:alert(1)|click>",
        '<https://a.example/"onmouseover=alert(1)|x>',
        "`<script>`",
        "*<script>*",
        "\ue0000\ue001",
        "&lt;b&gt;",
    ],
)
def test_hostile_text_is_shown_and_not_obeyed(hostile: str) -> None:
    shown = str(mrkdwn.as_html(hostile, ANN))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b>" not in shown
    assert 'href="javascript' not in shown
    assert '" onmouseover' not in shown
    assert '"onmouseover' not in shown


@given(st.text(alphabet="<>&*_~`|@#!:\n >UC1abc\"'\ue000\ue0010", max_size=60))
def test_nothing_but_our_own_tags_ever_comes_out(written: str) -> None:
    rest = str(mrkdwn.as_html(written, ANN))
    for piece in rest.split("<")[1:]:
        assert piece.startswith(("/", *(tag[1:] for tag in TAGS)))


def test_rich_text_has_its_styles_lists_and_mentions() -> None:
    block = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "<b>", "style": {"bold": True, "italic": True}},
                    {"type": "user", "user_id": "U1"},
                    {"type": "link", "url": "javascript:alert(1)", "text": "press"},
                    {"type": "emoji", "name": "tada"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]}],
            },
        ],
    }
    assert rich_text.as_html(block, ANN) == Markup(
        '<span><strong><em>&lt;b&gt;</em></strong><span class="mention">@Ann Example</span>press🎉</span>'
        "<ol><li><span>first</span></li></ol>"
    )


def test_the_app_uses_no_emoji_that_the_page_would_spell_out() -> None:
    shown = Path(__file__).parents[3] / "bot" / "slack"
    written = {
        name
        for file in shown.rglob("*.py")
        for name in re.findall(r"[\"{ ]:([a-z_]+):", file.read_text("utf-8"))
    }
    assert written - EMOJI.keys() == set()

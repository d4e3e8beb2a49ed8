"""mrkdwn: what typing becomes, whom a text notifies, how it reads."""

from datetime import timedelta, timezone
from zoneinfo import ZoneInfoNotFoundError

import pytest

from bot.sandbox.rules.mrkdwn import Mentions, escape, escape_incoming, mentions, plain, unescape

USERS = {"dana": "U0DANA", "lee.park": "U0LEE"}
CHANNELS = {"general": "C0GEN", "secret": "C0SECRET"}
GROUPS = {"steering": "S0STEER"}


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("list mine", "list mine"),
        ("owner @dana too busy", "owner <@U0DANA|dana> too busy"),
        ("@dana, @lee.park.", "<@U0DANA|dana>, <@U0LEE|lee.park>."),
        ("@nobody", "@nobody"),
        ("see #general!", "see <#C0GEN|general>!"),
        ("see #secret", "see <#C0SECRET|>"),
        ("see #nowhere", "see #nowhere"),
        ("ask @steering", "ask <!subteam^S0STEER|@steering>"),
        ("@here @channel @everyone", "<!here> <!channel> <!everyone>"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<@U0DANA>", "&lt;@U0DANA&gt;"),
        ("https://a.example/x?a=1&b=2.", "<https://a.example/x?a=1&amp;b=2>."),
        ("(http://a.example)", "(<http://a.example>)"),
        ("write to dana@a.example", "write to <mailto:dana@a.example|dana@a.example>"),
        ("5#general", "5#general"),
        ("@@dana", "@<@U0DANA|dana>"),
    ],
)
def test_a_slash_command_with_escaping_gets_ids_for_names(typed: str, sent: str) -> None:
    assert escape_incoming(typed, USERS, CHANNELS, groups=GROUPS, private={"C0SECRET"}) == sent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<@U0DANA> and <@W0LEE|lee>", Mentions(users=frozenset({"U0DANA", "W0LEE"}))),
        ("<!subteam^S0STEER> <!subteam^S0B|@b>", Mentions(groups=frozenset({"S0STEER", "S0B"}))),
        ("<!here|here> <!channel>", Mentions(specials=frozenset({"here", "channel"}))),
        ("hello @here.", Mentions(specials=frozenset({"here"}))),
        ("(@everyone)", Mentions(specials=frozenset({"everyone"}))),
        ("`<!here>`", Mentions(specials=frozenset({"here"}))),
        ("mail me@here.example", Mentions()),
        ("@hereabouts", Mentions()),
        ("&lt;!here&gt; &lt;@U0DANA&gt;", Mentions()),
        ("<#C0GEN> <https://a.example/@here|@here>", Mentions()),
        ("@dana", Mentions()),
    ],
)
def test_a_text_notifies_those_whom_slack_would_notify(text: str, expected: Mentions) -> None:
    assert mentions(text) == expected


def test_verbatim_text_is_not_searched_for_bare_mentions() -> None:
    assert mentions("@here <!channel>", verbatim=True) == Mentions(specials=frozenset({"channel"}))


def test_nobody_mentioned_is_false() -> None:
    assert not mentions("hello")
    assert mentions("<@U0DANA>")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("hello", "hello"),
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        ("<https://a.example/|the page> <https://a.example/>", "the page https://a.example/"),
        ("<mailto:a@b.example|a@b.example> <mailto:a@b.example>", "a@b.example a@b.example"),
        ("<@U0DANA> <@U0LEE|lee> <@U0X>", "@Dana Doe @lee @U0X"),
        ("<#C0GEN> <#C0SECRET|> <#C0B|b>", "#general #C0SECRET #b"),
        ("<!here> <!subteam^S0STEER|@steering> <!subteam^S0B>", "@here @steering @S0B"),
        ("due <!date^1767225600^{date_num} {time}|soon>", "due 2026-01-01 01:00"),
        ("*bold* _stays_", "*bold* _stays_"),
        ("<broken", "<broken"),
        ("<>", ""),
    ],
)
def test_a_text_reads_as_a_person_sees_it(text: str, read: str) -> None:
    names = {"U0DANA": "Dana Doe"}

    assert plain(text, "Europe/Vienna", names, {"C0GEN": "general"}) == read


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("{date_num}", "2026-03-22"),
        ("{date}", "March 22nd, 2026"),
        ("{date_pretty}", "March 22nd, 2026"),
        ("{date_short}", "Mar 22, 2026"),
        ("{date_short_pretty}", "Mar 22, 2026"),
        ("{date_long}", "Sunday, March 22nd, 2026"),
        ("{date_long_pretty}", "Sunday, March 22nd, 2026"),
        ("{time}", "15:04"),
        ("{time_secs}", "15:04:05"),
        ("{ago}", "2026-03-22 15:04"),
        ("by {time} at the latest", "by 15:04 at the latest"),
        ("{time}^https://a.example/", "15:04"),
        ("{century}", "then"),
    ],
)
def test_each_form_of_a_date(form: str, read: str) -> None:
    # 22 March 2026, 14:04:05 UTC
    assert plain(f"<!date^1774188245^{form}|then>", timezone(timedelta(hours=1))) == read


@pytest.mark.parametrize(
    ("day", "read"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (22, "22nd"), (23, "23rd"), (30, "30th"), (31, "31st")],
)  # fmt: skip
def test_the_days_of_a_month_are_counted_in_english(day: int, read: str) -> None:
    january_first = 1767225600

    assert (
        plain(f"<!date^{january_first + (day - 1) * 86400}^{{date}}|then>", "UTC") == f"January {read}, 2026"
    )


def test_a_date_follows_the_reader_s_clock_through_summer_time() -> None:
    text = "<!date^1774742400^{time}|then> <!date^1774746000^{time}|then>"

    assert plain(text, "Europe/Vienna") == "01:00 03:00"
    assert plain(text, "UTC") == "00:00 01:00"


@pytest.mark.parametrize("token", ["!date^soon^{time}", "!date^99999999999999999999^{time}", "!date^1"])
def test_a_date_that_slack_cannot_format_reads_as_its_fallback(token: str) -> None:
    assert plain(f"<{token}|then>", "UTC") == "then"


def test_a_date_without_fallback_is_seen_to_lack_it() -> None:
    assert plain("<!date^1767225600^{time}>", "UTC") == "<!date^1767225600^{time}>"


def test_a_zone_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        plain("hello", "Mars/Olympus")


@pytest.mark.parametrize("text", ["a & b", "<@U0DANA>", "&lt;", "&amp;lt;", ""])
def test_unescaping_undoes_escaping(text: str) -> None:
    assert unescape(escape(text)) == text

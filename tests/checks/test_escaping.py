"""No text that a person typed reaches Slack's parser unescaped, and the check that says so can fail."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.checks.escaping import OURS, parsed_elsewhere, unescaped, view_sources

ROOT = Path(__file__).parents[2]
PARTS = (ROOT / "bot" / "slack" / "views" / "parts.py").read_text(encoding="utf-8")
USES = "from bot.slack.views.parts import Rendered, context, fields, inline, person, plain, quote, section\n"


def found(body: str) -> list[str]:
    """What is found in a view of ``body`` beside the real parts."""
    sources = {"bot.slack.views.parts": PARTS, "bot.slack.views.made": USES + body}
    return [line for line in unescaped(sources) if line.startswith("bot.slack.views.made")]


def test_nothing_reaches_slack_unescaped() -> None:
    assert unescaped(view_sources(ROOT)) == []


def test_only_the_views_build_what_slack_parses() -> None:
    assert list(parsed_elsewhere(ROOT)) == []


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_exception_is_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.checks.escaping.OURS", OURS - {name})

    assert unescaped(view_sources(ROOT)) != []


@pytest.mark.parametrize(
    "body",
    [
        "def view(burst): return section(burst.title)",
        "def view(burst): return section(f'*{burst.title}*')",
        "def view(burst): return section('Title: ' + burst.title.strip())",
        "def view(burst): return context(*[f'{one.text}' for one in burst.evidence])",
        "def view(burst): return section(', '.join(burst.sites))",
        "def view(burst): return fields([('Site', burst.site)])",
        "def view(burst): return Rendered(text=burst.title, blocks=[])",
        "def view(burst): return section(f'<@{burst.owner}>')",
        "def view(labels): return section(labels.name('U1'))",
        "def view(burst):\n    lines = []\n    lines.append(burst.title)\n    return section('\\n'.join(lines))",
        "def view(burst):\n    text = inline(burst.title)\n    text += burst.fix\n    return section(text)",
        "def view(burst): return section(line(burst))\ndef line(burst): return f'{burst.title}'",
        "def view(burst): return shown(burst.title)\ndef shown(text): return section(f'*{text}*')",
        "def view(burst): return shown(words=burst.title)\ndef shown(*, words): return section(words)",
        "def view(burst): return section('{} is open'.format(burst.title))",
        "def view(burst): return section(inline(burst.title) if burst.fix else burst.title)",
        "def view(burst): return SectionBlock(text=burst.title).to_dict()",
    ],
)
def test_a_raw_text_is_found(body: str) -> None:
    assert found(body) != []


@pytest.mark.parametrize(
    "body",
    [
        "def view(burst): return section(f'*{inline(burst.title)}* · {burst.number}')",
        "def view(burst): return section('\\n'.join(quote(one.text) for one in burst.evidence))",
        "def view(burst): return fields([(burst.question, inline(burst.answer))])",
        "def view(burst): return plain(burst.title, 75)",
        "def view(burst): return shown(inline(burst.title))\ndef shown(text): return section(f'*{text}*')",
        "def view(burst): return section(f'{burst.opened_at:%d %b} by {person(burst.raiser)}')",
        "STATE = {}\ndef view(burst): return section(STATE[burst.state])",
    ],
)
def test_escaped_and_our_own_words_are_not(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    ("module", "escaped", "raw"),
    [
        ("bot.slack.views.card", "{inline(request.question, 200)}", "{request.question}"),
        ("bot.slack.views.ping_parts", "*{inline(burst.title, 120)}*", "*{burst.title}*"),
        ("bot.slack.views.refusals", "safe = escaped(words, SECTION_LIMIT)", "safe = words"),
        ("bot.slack.views.summary", "quote(fix_words(summary), 1200)", "fix_words(summary)"),
    ],
)
def test_a_mistake_in_a_real_view_is_found(module: str, escaped: str, raw: str) -> None:
    sources: Mapping[str, str] = view_sources(ROOT)
    assert escaped in sources[module]

    mistaken = {**sources, module: sources[module].replace(escaped, raw)}

    assert unescaped(mistaken) != []

"""Help: the commands in a few lines, and the nearest ones to a word that nobody knows."""

import difflib
from dataclasses import dataclass

from bot.slack.ids import COMMAND
from bot.slack.views.parts import Rendered, code, context, escape, inline, section

NEAREST = 3


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One command: its word, how it is written, what it does."""

    word: str
    usage: str
    does: str


LINES: tuple[HelpLine, ...] = (
    HelpLine("open", "open [title]", "raises a blocker"),
    HelpLine(
        "open",
        "open <family> site:<code>[,<code>] impact:<1-3> urgency:<1-3> [drill:yes] <title>",
        "raises one at once; what is missing becomes the first checklist item",
    ),
    HelpLine(
        "list", "list [mine|all|site:<code>|family:<id>|sev:<n>]", "open bursts, most urgent clock first"
    ),
    HelpLine("status", "status [KEY]", "the card and where the time went so far, to you alone"),
    HelpLine(
        "log",
        "log [KEY] [<type>|<entry>]",
        "the resolution log, to you alone: all of it, one type of entries, or the page of an entry",
    ),
    HelpLine("log", "log [KEY] fact|action <text>", "adds a fact or an action to the log"),
    HelpLine(
        "correct",
        "correct [KEY] <entry> <text>",
        "says what an entry of the log should have said; the old one stays",
    ),
    HelpLine("checklist", "checklist [KEY]", "the checklist, to you alone"),
    HelpLine("join", "join KEY", "adds you to a burst that you may see"),
    HelpLine("accept", "accept [KEY]", "the owner says yes"),
    HelpLine("decline", "decline [KEY] [why]", "the owner says no and why; the next in line is asked"),
    HelpLine("update", "update [KEY] <text>", "posts an update and restarts the update clock"),
    HelpLine(
        "decide",
        "decide [KEY] [right:<id>] <text>",
        "logs a decision; one that is another's becomes a question to them",
    ),
    HelpLine(
        "evidence",
        "evidence [KEY] <kind> <link or text>",
        "adds evidence; without a kind, says which there are",
    ),
    HelpLine("owner", "owner [KEY] @user [why]", "hands over; the new owner must accept"),
    HelpLine("pair", "pair [KEY] clinical|technical @user", "fills a co-lead's seat"),
    HelpLine("add", "add [KEY] @user|role:<id> [why]", "pulls in expertise; ownership does not move"),
    HelpLine(
        "severity",
        "severity [KEY] impact:<n> urgency:<n> <why>",
        "derives the severity again; lowering needs a lead or the steering cell",
    ),
    HelpLine(
        "pause",
        "pause [KEY] <reason> until:<when> [ref:<ticket>]",
        "stops the resolve clock, or lets it stand longer; <when> is 2h, 3bd, 14:30 or 2026-12-01 14:30",
    ),
    HelpLine("resume", "resume [KEY]", "restarts the resolve clock"),
    HelpLine("escalate", "escalate [KEY] <why>", "climbs the ladder now"),
    HelpLine("link", "link KEY blocks KEY", "says that the first burst holds up the second"),
    HelpLine("resolve", "resolve [KEY]", "says what fixed it, against evidence"),
    HelpLine("signoff", "signoff [KEY]", "a co-lead accepts the evidence"),
    HelpLine("sendback", "sendback [KEY] <why>", "a co-lead, or who raised it, sends it back to work"),
    HelpLine(
        "cancel",
        "cancel [KEY] duplicate:KEY|mistake|withdrawn <why>",
        "ends a burst that should not be",
    ),
    HelpLine("reopen", "reopen KEY <why>", "opens a closed burst again"),
    HelpLine("attach", "attach KEY", "makes this channel the burst's when none could be created"),
    HelpLine(
        "archive",
        'archive [words "a phrase" begin*] [mine] [site:.. family:.. cause:.. sev:.. outcome:.. owner:@.. since:.. until:..]',
        "searches archived summaries",
    ),
    HelpLine("show", "show KEY", "an archived summary"),
    HelpLine(
        "cover",
        "cover me|@user by @user until:<when>",
        "stands in for somebody's roles; by nobody ends it, alone it lists who does",
    ),
    HelpLine("help", "help [word]", "this"),
)


def words() -> tuple[str, ...]:
    """Every command's word once, in the order of the help."""
    return tuple(dict.fromkeys(line.word for line in LINES))


def nearest(word: str) -> tuple[HelpLine, ...]:
    """The three commands whose words are most like ``word``."""
    close = difflib.get_close_matches(word.lower()[:40], words(), n=NEAREST, cutoff=0.0)
    return tuple(next(line for line in LINES if line.word == match) for match in close)


def help_for(word: str = "") -> Rendered:
    """All commands, or those of one word, or the nearest ones to a word that is none."""
    asked = [line for line in LINES if line.word == word.lower().strip()]
    if asked:
        return Rendered(text=f"Help for {COMMAND} {escape(asked[0].word)}", blocks=[section(_listed(asked))])
    if word.strip():
        return unknown(word)
    return Rendered(
        text=f"Help for {COMMAND}",
        blocks=[
            section(f"*{COMMAND}* turns a blocker into a short-lived task force with one accountable owner."),
            section(_listed(LINES[: len(LINES) // 2])),
            section(_listed(LINES[len(LINES) // 2 :])),
            context(
                "Inside a burst's channel KEY may be left out. "
                f"{code(f'{COMMAND} help <word>')} says more about one."
            ),
        ],
    )


def unknown(word: str) -> Rendered:
    """A word that is no command: the three nearest, not a wall of help."""
    start = f"“{inline(word, 40)}” is no command of {COMMAND}. Did you mean:"
    return Rendered(
        text=f"That is no command of {COMMAND}.", blocks=[section(f"{start}\n{_listed(nearest(word))}")]
    )


def _listed(lines: tuple[HelpLine, ...] | list[HelpLine]) -> str:
    return "\n".join(f"`{COMMAND} {escape(line.usage)}` {escape(line.does)}" for line in lines)

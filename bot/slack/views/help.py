"""Help: what to do when, each command with an example, and the nearest ones to a word that nobody knows."""

import difflib
from dataclasses import dataclass

from bot.slack.ids import COMMAND
from bot.slack.views.help_lessons import lessons
from bot.slack.views.parts import Rendered, code, context, escape, inline, section

NEAREST = 3
_MORE = "Inside a burst's channel KEY may be left out. Never write about a patient."


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One command: its word, how it is written, what it does, and how somebody would type it."""

    word: str
    usage: str
    does: str
    example: str


LINES: tuple[HelpLine, ...] = (
    HelpLine(
        "open",
        "open [title]",
        "raises a blocker",
        "open CT studies hang with the wrong layout",
    ),
    HelpLine(
        "open",
        "open <family> site:<code>[,<code>] impact:<1-3> urgency:<1-3> [drill:yes] <title>",
        "raises one at once; what is missing becomes the first checklist item",
        "open dicom_mapping site:NGH impact:2 urgency:1 CT studies hang with the wrong layout",
    ),
    HelpLine(
        "list",
        "list [mine|all|site:<code>|family:<id>|sev:<n>]",
        "open bursts, most urgent clock first",
        "list site:NGH",
    ),
    HelpLine(
        "status",
        "status [KEY]",
        "the card and where the time went so far, to you alone",
        "status BURST-42",
    ),
    HelpLine(
        "log",
        "log [KEY] [<type>|<entry>]",
        "the resolution log, to you alone: all of it, one type of entries, or the page of an entry",
        "log BURST-42 decision",
    ),
    HelpLine(
        "log",
        "log [KEY] fact|action <text>",
        "adds a fact or an action to the log",
        "log BURST-42 fact The scanner was updated on Monday.",
    ),
    HelpLine(
        "correct",
        "correct [KEY] <entry> <text>",
        "says what an entry of the log should have said; the old one stays",
        "correct BURST-42 7 It was Tuesday, not Monday.",
    ),
    HelpLine(
        "checklist",
        "checklist [KEY]",
        "the checklist, to you alone",
        "checklist BURST-42",
    ),
    HelpLine(
        "join",
        "join KEY",
        "adds you to a burst that you may see",
        "join BURST-42",
    ),
    HelpLine(
        "accept",
        "accept [KEY]",
        "the owner says yes",
        "accept BURST-42",
    ),
    HelpLine(
        "decline",
        "decline [KEY] [why]",
        "the owner says no and why; the next in line is asked",
        "decline BURST-42 I am on leave until Friday",
    ),
    HelpLine(
        "update",
        "update [KEY] <text>",
        "posts an update and restarts the update clock",
        "update BURST-42 The vendor has the dump and answers by 15:00.",
    ),
    HelpLine(
        "decide",
        "decide [KEY] [right:<id>] <text>",
        "logs a decision; one that is another's becomes a question to them",
        "decide BURST-42 right:scope Phase two goes live without the old viewer.",
    ),
    HelpLine(
        "evidence",
        "evidence [KEY] <kind> <link or text>",
        "adds evidence; without a kind, says which there are",
        "evidence BURST-42 rule_record https://tickets.example/412",
    ),
    HelpLine(
        "owner",
        "owner [KEY] @user [why]",
        "hands over; the new owner must accept",
        "owner BURST-42 @priya She runs the archive tonight",
    ),
    HelpLine(
        "pair",
        "pair [KEY] clinical|technical @user",
        "fills a co-lead's seat",
        "pair BURST-42 clinical @lena",
    ),
    HelpLine(
        "add",
        "add [KEY] @user|role:<id> [why]",
        "pulls in expertise; ownership does not move",
        "add BURST-42 @tomas He wrote the routing rules",
    ),
    HelpLine(
        "severity",
        "severity [KEY] impact:<n> urgency:<n> <why>",
        "derives the severity again; lowering needs a lead or the steering cell",
        "severity BURST-42 impact:1 urgency:1 All sites stand still",
    ),
    HelpLine(
        "pause",
        "pause [KEY] <reason> until:<when> [ref:<ticket>]",
        "stops the resolve clock, or lets it stand longer; <when> is 2h, 3bd, 14:30 or 2026-12-01 14:30",
        "pause BURST-42 awaiting_vendor until:3bd ref:CASE-7",
    ),
    HelpLine(
        "resume",
        "resume [KEY]",
        "restarts the resolve clock",
        "resume BURST-42",
    ),
    HelpLine(
        "escalate",
        "escalate [KEY] <why>",
        "climbs the ladder now",
        "escalate BURST-42 The vendor has not answered since Monday",
    ),
    HelpLine(
        "link",
        "link KEY blocks KEY",
        "says that the first burst holds up the second",
        "link BURST-42 blocks BURST-43",
    ),
    HelpLine(
        "resolve",
        "resolve [KEY]",
        "says what fixed it, against evidence",
        "resolve BURST-42",
    ),
    HelpLine(
        "signoff",
        "signoff [KEY]",
        "a co-lead accepts the evidence",
        "signoff BURST-42",
    ),
    HelpLine(
        "sendback",
        "sendback [KEY] <why>",
        "a co-lead, or who raised it, sends it back to work",
        "sendback BURST-42 Two of twelve studies still hang wrong",
    ),
    HelpLine(
        "cancel",
        "cancel [KEY] duplicate:KEY|mistake|withdrawn <why>",
        "ends a burst that should not be",
        "cancel BURST-42 duplicate:BURST-40 It is the same rule",
    ),
    HelpLine(
        "reopen",
        "reopen KEY <why>",
        "opens a closed burst again",
        "reopen BURST-42 It came back after the update",
    ),
    HelpLine(
        "attach",
        "attach KEY",
        "makes this channel the burst's when none could be created",
        "attach BURST-42",
    ),
    HelpLine(
        "archive",
        'archive [words "a phrase" begin*] [mine] [site:.. family:.. cause:.. sev:.. outcome:.. owner:@.. since:.. until:..]',
        "searches archived summaries",
        "archive hanging protocol site:NGH since:2026-01-01",
    ),
    HelpLine(
        "show",
        "show KEY",
        "an archived summary",
        "show BURST-42",
    ),
    HelpLine(
        "cover",
        "cover me|@user by @user until:<when>",
        "stands in for somebody's roles; by nobody ends it, alone it lists who does",
        "cover me by @tomas until:2026-12-01",
    ),
    HelpLine(
        "help",
        "help [word]",
        "this",
        "help pause",
    ),
)


def words() -> tuple[str, ...]:
    """Every command's word once, in the order of the help."""
    return tuple(dict.fromkeys(line.word for line in LINES))


def nearest(word: str) -> tuple[HelpLine, ...]:
    """The three commands whose words are most like ``word``."""
    close = difflib.get_close_matches(word.lower()[:40], words(), n=NEAREST, cutoff=0.0)
    return tuple(next(line for line in LINES if line.word == match) for match in close)


def help_for(word: str = "") -> Rendered:
    """What to do when, or all about one word, or the nearest commands to a word that is none."""
    asked = [line for line in LINES if line.word == word.lower().strip()]
    if asked:
        return Rendered(
            text=f"Help for {COMMAND} {escape(asked[0].word)}",
            blocks=[section("\n".join(_taught(line) for line in asked)), context(_MORE)],
        )
    if word.strip():
        return unknown(word)
    every = " ".join(code(one) for one in words())
    return Rendered(
        text=f"Help for {COMMAND}: what to do when, with examples",
        blocks=[
            section(f"*{COMMAND}* turns a blocker into a short-lived task force with one accountable owner."),
            *lessons(),
            section(f"*Every command*\n{every}\n`{COMMAND} help pause` teaches one of them."),
            context(_MORE),
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


def _taught(line: HelpLine) -> str:
    return (
        f"`{COMMAND} {escape(line.usage)}`\n{escape(line.does)}\n"
        f"for example {code(f'{COMMAND} {line.example}')}"
    )

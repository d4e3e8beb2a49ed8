"""What the help teaches: by situation and by role, with one example each."""

from dataclasses import dataclass

from bot.slack.ids import COMMAND
from bot.slack.views.parts import BlockDict, code, divider, escape, section


@dataclass(frozen=True, slots=True)
class Lesson:
    """``when`` it happens to somebody, ``what`` they do, and a command that does it as they would type it."""

    when: str
    what: str
    example: str


SITUATIONS: tuple[Lesson, ...] = (
    Lesson("Something blocks your work", "raise it; the page asks for what is needed", "open"),
    Lesson(
        "There is no time for a page",
        "raise it in one line; what is missing becomes item 1 of the checklist, and ticking it ends “Missing facts”",
        "open dicom_mapping site:NGH impact:2 urgency:1 CT studies hang with the wrong layout",
    ),
    Lesson("You know something about it", "join and say it", "join BURST-42"),
    Lesson("Nothing moves", "do not wait for the clock", "escalate BURST-42 The vendor has not answered"),
    Lesson(
        "You wait for somebody outside",
        "stop the clock, and say until when",
        "pause awaiting_vendor until:3bd",
    ),
    Lesson("It happened before", "see what fixed it then", "archive hanging protocol site:NGH"),
    Lesson("You will be away", "let somebody stand in for you", "cover me by @tomas until:2026-12-01"),
)
ROLES: tuple[Lesson, ...] = (
    Lesson(
        "You raised it",
        "once it is resolved, press “It works for me”, or send it back",
        "sendback The list is empty",
    ),
    Lesson(
        "You own it",
        "accept or decline in time, then keep people informed",
        "update The dump is with the vendor.",
    ),
    Lesson("You are a co-lead", "check the evidence, then sign off", "signoff BURST-42"),
    Lesson("You take part", "add what proves it", "evidence rule_record https://tickets.example/412"),
    Lesson(
        "You lead the workstream", "give it to somebody who can", "owner BURST-42 @priya She runs the archive"
    ),
    Lesson(
        "You sit in the steering cell",
        "take up what is escalated, and decide",
        "decide BURST-42 right:scope Phase two goes live without the old viewer.",
    ),
)


def lessons() -> list[BlockDict]:
    """Both lists, situations first."""
    return [
        section("\n".join(("*What to do when*", *(_told(one) for one in SITUATIONS)))),
        divider(),
        section("\n".join(("*Who you are to a burst*", *(_told(one) for one in ROLES)))),
        divider(),
    ]


def _told(lesson: Lesson) -> str:
    return f"• *{escape(lesson.when)}:* {escape(lesson.what)}\n   {code(f'{COMMAND} {lesson.example}')}"

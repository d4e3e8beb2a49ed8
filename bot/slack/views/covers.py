"""Who stands in for whom, told to one person."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.slack.views.parts import Rendered, person, section
from bot.slack.views.times import moment
from bot.taskforce.covering import Cover

MOST_SHOWN = 30


def covered(cover: Cover, zone: ZoneInfo) -> Rendered:
    """What was agreed; ``zone`` is the organisation's home."""
    words = (
        "They are asked instead wherever a role is meant; bursts that are owned already stay where they are."
    )
    return Rendered(text="Somebody stands in.", blocks=[section(f"{_line(cover, zone)}.\n{words}")])


def all_covers(covers: Mapping[str, Cover], zone: ZoneInfo) -> Rendered:
    """Every cover in force, or that there is none."""
    if not covers:
        words = "Nobody stands in for anybody. `/burst cover me by @user until:2026-12-01` begins it."
        return Rendered(text="Nobody stands in.", blocks=[section(words)])
    lines = [f"• {_line(cover, zone)}" for cover in tuple(covers.values())[:MOST_SHOWN]]
    more = [f"and {len(covers) - MOST_SHOWN} more"] if len(covers) > MOST_SHOWN else []
    return Rendered(text="Who stands in for whom", blocks=[section("\n".join([*lines, *more]))])


def _line(cover: Cover, zone: ZoneInfo) -> str:
    return f"{person(cover.by)} stands in for {person(cover.user)} until {moment(cover.until, zone)}"

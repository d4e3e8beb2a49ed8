"""Who stands in for whom: ``/burst cover``."""

from zoneinfo import ZoneInfo

from bot.errors import Refused
from bot.operations.cover import cover, covers, uncover
from bot.operations.office import Office
from bot.slack.answers import Answer, Say
from bot.slack.command_text import Line, take_person, take_until, take_word
from bot.slack.exchange import asked, say
from bot.slack.views.covers import all_covers, covered

_FORM = "`/burst cover me|@user by @user until:<when>`; `by nobody` ends it"
_ME, _BY, _NOBODY = "me", "by", "nobody"


def cover_command(office: Office, line: Line) -> Answer:
    """``/burst cover me|@user by @user until:<when>``; alone, it tells who stands in for whom."""
    request, zone = asked(line), ZoneInfo(office.programme().people.home_zone)
    if not line.rest:
        return Say(all_covers(covers(office), zone))
    until, words = take_until(line.rest)
    user, rest = _person(words, request.user)
    word, rest = take_word(rest)
    if word.lower() != _BY:
        raise Refused("bad_cover", f"Please write it as {_FORM}.")
    if rest.lower() == _NOBODY:
        uncover(office, request, user)
        return say("Nobody stands in any more.")
    by, rest = _person(rest, request.user)
    if rest or until is None:
        raise Refused("bad_cover", f"Please say by whom and until when, and nothing else: {_FORM}.")
    return Say(covered(cover(office, request, user, by, until), zone))


def _person(words: str, me: str) -> tuple[str, str]:
    first, rest = take_word(words)
    return (me, rest) if first.lower() == _ME else take_person(words)


COMMANDS = {"cover": cover_command}

"""The lists of the home tab: a page of each, the way to its other pages, and what narrows them."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import ButtonElement, StaticSelectElement

from bot.operations.listing import Listed
from bot.slack.ids import EVERY, MINE, Action, PageValue
from bot.slack.views.lists import burst_line
from bot.slack.views.modals.parts import Choice, one_of
from bot.slack.views.parts import BUTTON_LIMIT, BlockDict, actions, button, context, divider, plain, section
from bot.taskforce.terms import Severity
from storage.homes import HomeList, Outlook

_WHOSE: tuple[Choice, ...] = ((EVERY, "Everybody's bursts"), (MINE, "My bursts alone"))


def titled(title: str) -> list[BlockDict]:
    """The head of a part."""
    return [divider(), section(f"*{title}*")]


def filters(outlook: Outlook, sites: Sequence[Choice]) -> list[BlockDict]:
    """What narrows the lists of open bursts."""
    severities = [(EVERY, "Every severity"), *((one.value, one.value) for one in Severity)]
    whose = _menu(Action.HOME_WHOSE, "Whose", _WHOSE, MINE if outlook.mine else EVERY)
    site = _menu(Action.HOME_SITE, "Site", [(EVERY, "Every site"), *sites], outlook.site or EVERY)
    severity = _menu(Action.HOME_SEVERITY, "Severity", severities, outlook.severity or EVERY)
    return [divider(), *actions([whose, site, severity])]


def listed_bursts(title: str, listed: Listed, of: HomeList, nothing: str, now: datetime) -> list[BlockDict]:
    """A page of bursts under their title; in an empty list ``nothing`` says what to do."""
    shown = [section(burst_line(burst, now)) for burst in listed.bursts]
    turning = paging(title, of, listed.page, listed.pages, listed.total)
    return [section(f"*{title}*"), *(shown or [section(nothing)]), *turning]


def paging(title: str, of: HomeList, page: int, pages: int, total: int) -> list[BlockDict]:
    """Where one is in a list, and the buttons to the pages around; nothing where all is on one page."""
    if pages == 1:
        return []
    buttons = []
    if page > 1:
        buttons.append(_turn("Earlier page", Action.HOME_EARLIER, PageValue(page - 1, of), title))
    if page < pages:
        buttons.append(_turn("Next page", Action.HOME_LATER, PageValue(page + 1, of), title))
    return [context(f"page {page} of {pages}, {total} in all"), *actions(buttons)]


def _turn(label: str, action: Action, value: PageValue, title: str) -> ButtonElement:
    return button(label, action, value, aloud=f"{label} of {title}"[:BUTTON_LIMIT])


def _menu(action: Action, hint: str, choices: Sequence[Choice], chosen: str) -> StaticSelectElement:
    menu = one_of(action, choices, chosen)
    menu.placeholder = plain(hint, BUTTON_LIMIT)
    return menu

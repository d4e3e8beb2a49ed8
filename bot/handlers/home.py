"""The home tab: opened, arranged, and kept current."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from bot.errors import Refused
from bot.operations.office import Office
from bot.operations.show_home import arrange_home, open_home, refresh_home
from bot.slack.answers import Answer, Errors, Show
from bot.slack.exchange import turned
from bot.slack.ids import EVERY, MINE, Action
from bot.slack.requests import Click, Event, Malformed, Submission
from bot.taskforce.terms import Severity
from storage.homes import HomeList, Outlook

_DIRECT = "D"  # what the ids of direct messages begin with
_LISTS, _SEVERITIES = frozenset(HomeList), frozenset(Severity)

Acted = TypeVar("Acted", bound=Click | Submission)


def opened(office: Office, event: Event) -> None:
    """``app_home_opened`` on the home tab: published afterwards, since an event never waits for Slack.

    Without a view Slack shows nothing there yet: https://docs.slack.dev/reference/events/app_home_opened.
    """
    user = event.text("user")
    if not user:
        raise Malformed("event.user")
    if event.text("tab") == "home":
        open_home(office, event.key, user, blank=not event.body.get("view"))


def turned_page(office: Office, click: Click) -> Answer:
    """The buttons to other pages of one of its lists."""
    value = turned(click)
    if value.of not in _LISTS:
        raise Malformed("actions.value")
    return _arranged(office, click, lambda seen: replace(seen, pages={**seen.pages, value.of: value.page}))


def chose_whose(office: Office, click: Click) -> Answer:
    """Whose bursts are listed: one's own alone, or those of everybody."""
    return _arranged(office, click, lambda seen: replace(seen, mine=click.value == MINE, pages={}))


def chose_site(office: Office, click: Click) -> Answer:
    """The site whose bursts are listed, or every one."""
    site = None if click.value == EVERY else click.value
    if site is not None and office.programme().site(site) is None:
        raise Refused("unknown_site", "That site is not in the programme any more; open the Home again.")
    return _arranged(office, click, lambda seen: replace(seen, site=site, pages={}))


def chose_severity(office: Office, click: Click) -> Answer:
    """The severity whose bursts are listed, or every one."""
    if click.value != EVERY and click.value not in _SEVERITIES:
        raise Malformed("actions.value")
    severity = None if click.value == EVERY else Severity(click.value)
    return _arranged(office, click, lambda seen: replace(seen, severity=severity, pages={}))


def _arranged(office: Office, click: Click, arrange: Callable[[Outlook], Outlook]) -> Answer:
    arrange_home(office, click.key, click.person.user, arrange)
    return None


def kept_current(
    office: Office, handlers: Mapping[str, Callable[[Acted], Answer]]
) -> dict[str, Callable[[Acted], Answer]]:
    """The same handlers; the tab of whoever did something there, in a page or in a direct message shows it."""
    return {
        name: handle if name in CLICKS else _refreshing(office, handle) for name, handle in handlers.items()
    }


def _refreshing(office: Office, handle: Callable[[Acted], Answer]) -> Callable[[Acted], Answer]:
    def acted(delivery: Acted) -> Answer:
        try:
            answer = handle(delivery)
        except Refused:
            if isinstance(delivery, Click):  # what it offered was out of date
                _refresh(office, delivery)
            raise
        if not _is_on_the_way(delivery, answer):
            _refresh(office, delivery)
        return answer

    return acted


def _is_on_the_way(delivery: Click | Submission, answer: Answer) -> bool:
    """Whether nothing has changed yet: a page only opened, or must be filled in again."""
    return isinstance(answer, Errors) or (isinstance(delivery, Click) and isinstance(answer, Show))


def _refresh(office: Office, delivery: Click | Submission) -> None:
    key, user = f"home:{delivery.key}", delivery.person.user
    if isinstance(delivery, Click) and (delivery.view or {}).get("type") == "home":
        open_home(office, key, user, blank=False)  # whoever presses something there has it on the screen
    elif isinstance(delivery, Submission) or delivery.channel.startswith(_DIRECT):
        refresh_home(office, key, user)


EVENTS = {"app_home_opened": opened}
CLICKS = {
    Action.HOME_EARLIER: turned_page,
    Action.HOME_LATER: turned_page,
    Action.HOME_WHOSE: chose_whose,
    Action.HOME_SITE: chose_site,
    Action.HOME_SEVERITY: chose_severity,
}

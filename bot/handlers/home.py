"""The home tab."""

from collections.abc import Callable, Mapping

from bot.errors import Refused
from bot.operations.office import Office
from bot.operations.show_home import show_home
from bot.slack.answers import Answer, Show
from bot.slack.requests import Click, Event, Malformed

Clicked = Callable[[Click], Answer]


def opened(office: Office, event: Event) -> None:
    """``app_home_opened`` on the home tab: published afterwards, since an event never waits for Slack."""
    user = event.text("user")
    if not user:
        raise Malformed("event.user")
    if event.text("tab") == "home":
        show_home(office, event.key, user)


def kept_current(office: Office, clicks: Mapping[str, Clicked]) -> dict[str, Clicked]:
    """The same handlers; a tab on which one of them did something, or found it done, is published anew."""
    return {name: _republishing(office, handle) for name, handle in clicks.items()}


def _republishing(office: Office, handle: Clicked) -> Clicked:
    def clicked(click: Click) -> Answer:
        try:
            answer = handle(click)
        except Refused:
            _republish(office, click)
            raise
        if not isinstance(answer, Show):  # which only opens a page: nothing has changed yet
            _republish(office, click)
        return answer

    return clicked


def _republish(office: Office, click: Click) -> None:
    if click.view is not None and click.view.get("type") == "home":
        show_home(office, f"home:{click.trigger}", click.person.user)


EVENTS = {"app_home_opened": opened}

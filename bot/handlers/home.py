"""The home tab."""

from bot.operations.office import Office
from bot.operations.show_home import show_home
from bot.slack.requests import Event, Malformed


def opened(office: Office, event: Event) -> None:
    """``app_home_opened`` on the home tab: published afterwards, since an event never waits for Slack."""
    user = event.text("user")
    if not user:
        raise Malformed("event.user")
    if event.text("tab") == "home":
        show_home(office, event.key, user)


EVENTS = {"app_home_opened": opened}

"""The door to Slack's Web API."""

from slack_sdk import WebClient

from bot.slack.gateway.call import Caller, OnCall, Wait, unwatched
from bot.slack.gateway.channels import Channels
from bot.slack.gateway.downloads import Downloads
from bot.slack.gateway.history import History
from bot.slack.gateway.messages import Messages
from bot.slack.gateway.people import People
from bot.slack.gateway.screens import Screens
from bot.slack.gateway.uploads import Uploads
from bot.slack.pacing import Pacer


class Gateway:
    """Every Web API call that the project makes. Thread safe.

    Each method is one call (or its pages), returns a small frozen value, and raises
    ``TransientFault``, ``PermanentFault`` or ``UnknownFault``. ``wait`` lets real seconds pass
    between the pages of a list.
    """

    def __init__(
        self, client: WebClient, pacer: Pacer, on_call: OnCall = unwatched, wait: Wait | None = None
    ) -> None:
        caller = Caller(client, pacer, on_call, wait)
        self.pacer = pacer
        self.messages = Messages(caller)
        self.history = History(caller)
        self.channels = Channels(caller)
        self.people = People(caller)
        self.screens = Screens(caller)
        self.downloads = Downloads(caller, client)
        self.uploads = Uploads(caller, client)

"""All Web API calls: typed, paced, classified, never logging text.

``Gateway`` is the door; its rooms are ``messages``, ``history``, ``channels``, ``people``, ``screens``,
``downloads`` and ``uploads``.
"""

from bot.slack.gateway.call import Caller, OnCall, only_while
from bot.slack.gateway.channels import Channel, Channels, NotInvited
from bot.slack.gateway.client import web_client
from bot.slack.gateway.downloads import Downloads, SharedFile
from bot.slack.gateway.gateway import Gateway
from bot.slack.gateway.history import History, HistoryPage
from bot.slack.gateway.messages import Found, Messages, Posted
from bot.slack.gateway.people import Identity, People, Profile
from bot.slack.gateway.screens import Screens
from bot.slack.gateway.uploads import OwnFile, Uploads

__all__ = [
    "Caller",
    "Channel",
    "Channels",
    "Downloads",
    "Found",
    "Gateway",
    "History",
    "HistoryPage",
    "Identity",
    "Messages",
    "NotInvited",
    "OnCall",
    "OwnFile",
    "People",
    "Posted",
    "Profile",
    "Screens",
    "SharedFile",
    "Uploads",
    "only_while",
    "web_client",
]

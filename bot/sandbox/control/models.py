"""What the control API takes, checked; unknown fields are refused."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.faults import Kind, Way


class Request(BaseModel):
    """A request of the control API."""

    model_config = ConfigDict(extra="forbid")


class UserChange(Request):
    """What to change of a person; what is not given stays."""

    real_name: str | None = None
    tz: str | None = None
    title: str | None = None
    email: str | None = None
    deleted: bool | None = None
    is_admin: bool | None = None
    is_restricted: bool | None = None
    is_ultra_restricted: bool | None = None


class GroupChange(Request):
    """The new users of a group, by id or handle, and whether it is disabled."""

    users: list[str] | None = None
    disabled: bool | None = None


class Act(Request):
    """Something that `user` (id or handle) does."""

    user: str


class InChannel(Act):
    """Something done in a channel: its id, its name, or `app` for the DM with the app."""

    channel: str


class RunCommand(InChannel):
    """A line typed into a channel's message field, starting with a slash command."""

    text: str


class PostMessage(InChannel):
    """A message as typed; `thread_ts` makes it a reply."""

    text: str
    thread_ts: str | None = None
    broadcast: bool = False


class OnMessage(InChannel):
    """Something done to one message."""

    ts: str


class EditMessage(OnMessage):
    """New text for one of the person's own messages."""

    text: str


class React(OnMessage):
    """A reaction by its name without colons; `remove` takes it back."""

    name: str
    remove: bool = False


class PinMessage(OnMessage):
    """Pin a message, or with `remove` unpin it."""

    remove: bool = False


class UploadFile(InChannel):
    """A text file shared in a channel."""

    name: str
    content: str
    comment: str = ""
    thread_ts: str | None = None


class Click(Act):
    """A click or a choice: in a message (`channel` and `ts`) or in a view (`view_id`).

    `value` is what was chosen (an option's value, ids, a date); `values` what was typed in the
    inputs around it, by block_id.
    """

    action_id: str
    channel: str | None = None
    ts: str | None = None
    view_id: str | None = None
    block_id: str | None = None
    value: Any = None
    values: dict[str, Any] = {}


class OnView(Act):
    """Something done with a view on screen."""

    view_id: str


class Submit(OnView):
    """The values entered, by block_id: plainly, or by action_id."""

    values: dict[str, Any] = {}


class Close(OnView):
    """Close the top view, or with `everything` (the ×) all of them."""

    everything: bool = False


class RunShortcut(Act):
    """A global shortcut, or with `channel` and `ts` a message shortcut."""

    callback_id: str
    channel: str | None = None
    ts: str | None = None


class OpenHome(Act):
    """The app's Home, on its `home` or `messages` tab."""

    tab: Literal["home", "messages"] = "home"


class ChangeChannel(InChannel):
    """What a person does to a channel."""

    what: Literal[
        "join", "leave", "invite", "kick", "archive", "unarchive", "rename", "delete", "share", "topic"
    ]
    value: str = ""


class NewCallFault(Request):
    """A fault of Web API calls; see `bot.sandbox.faults.CallFault`."""

    method: str
    kind: Kind
    after: bool = False
    arguments: dict[str, Any] = {}
    count: int | None = 1
    probability: float = 1.0
    error: str = "internal_error"
    status: int = 500
    retry_after: int = 1
    delay_for: float = 0.0


class NewDeliveryFault(Request):
    """A fault of deliveries; see `bot.sandbox.faults.DeliveryFault`."""

    name: str
    way: Way
    count: int | None = 1
    probability: float = 1.0
    delay_for: float = 1.0


class Outage(Request):
    """How long Slack is down, in seconds of real time."""

    lasts_for: float


class LimitScale(Request):
    """A new scale of the rate limits; null turns them off."""

    scale: float | None


class Refresh(Request):
    """Why the app's sockets have to reconnect; `cut` closes them without a word.

    They stay open for `stays_for` seconds: as Slack does it, ten after a `warning`, none after the others.
    """

    reason: Literal["warning", "refresh_requested", "link_disabled", "cut"]
    stays_for: float | None = Field(default=None, ge=0)

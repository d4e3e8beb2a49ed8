"""Every Web API method of the sandbox: its rate, scopes, arguments and token.

Facts: the method pages under https://docs.slack.dev/reference/methods. Where Slack's sources
disagree on a tier, the stricter one stands here.
"""

from bot.sandbox.web.arguments import signature
from bot.sandbox.web.limits import HUNDREDS, POSTING, TIER_1, TIER_2, TIER_3, TIER_4
from bot.sandbox.web.method import Method
from bot.sandbox.web.methods import (
    app,
    chat,
    conversations,
    files,
    invitations,
    marks,
    people,
    reading,
    views,
)
from bot.sandbox.web.scopes import Scopes, fixed, managing, per_kind

_PAGE = "cursor limit:int"
_MESSAGE = "text blocks:json attachments:json metadata:json markdown_text parse link_names:bool"
_POST = (
    f"channel! {_MESSAGE} thread_ts reply_broadcast:bool unfurl_links:bool unfurl_media:bool "
    "mrkdwn:bool username icon_emoji icon_url as_user:bool"
)
_EPHEMERAL = f"channel! user! {_MESSAGE} thread_ts username icon_emoji icon_url as_user:bool"
_UPDATE = f"channel! ts! {_MESSAGE} as_user:bool file_ids:list reply_broadcast:bool"
_READ = f"channel! latest oldest inclusive:bool include_all_metadata:bool {_PAGE}"
_LIST = f"types:list exclude_archived:bool {_PAGE}"
_COMPLETE = "files!:json channel_id channels:list initial_comment blocks:json thread_ts"
_UPLOAD = "filename! length!:int alt_txt snippet_type"
_BOOKMARK = "channel_id! title! type! link emoji entity_id parent_id access_level"
_EDIT_BOOKMARK = "channel_id! bookmark_id! title link emoji"
_GROUPS = "include_count:bool include_disabled:bool include_users:bool"
_FILES = "channel user types ts_from ts_to count:int page:int show_files_hidden_by_limit:bool"

_MANAGE = managing()
_MANAGE_ANY = managing(direct=True)
_READ_ANY = per_kind("read")
_HISTORY = per_kind("history")
_WRITE = fixed("chat:write")
_NONE = Scopes()
_JOIN = Scopes(by_kind={"public": ("channels:join",)})
_OPEN = Scopes(by_kind={"im": ("im:write",), "mpim": ("mpim:write",)})

_ROWS = (
    Method("api.test", HUNDREDS, _NONE, signature("error foo"), app.api_test, "none"),
    Method("auth.test", HUNDREDS, _NONE, signature(""), app.auth_test, "bot"),
    Method("apps.connections.open", TIER_1, _NONE, signature(""), app.connections_open, "app"),
    Method("chat.postMessage", POSTING, _WRITE, signature(_POST), chat.post_message, posts_to="channel"),
    Method("chat.update", TIER_3, _WRITE, signature(_UPDATE), chat.update),
    Method("chat.delete", TIER_3, _WRITE, signature("channel! ts! as_user:bool"), chat.delete),
    Method(
        "chat.postEphemeral",
        TIER_4,
        _WRITE,
        signature(_EPHEMERAL),
        chat.post_ephemeral,
        posts_to="channel",
    ),
    Method("chat.getPermalink", HUNDREDS, _NONE, signature("channel! message_ts!"), chat.get_permalink),
    Method(
        "conversations.create",
        TIER_2,
        _MANAGE,
        signature("name! is_private:bool"),
        conversations.create,
    ),
    Method("conversations.rename", TIER_2, _MANAGE, signature("channel! name!"), conversations.rename),
    Method("conversations.join", TIER_3, _JOIN, signature("channel!"), conversations.join),
    Method("conversations.leave", TIER_3, _MANAGE_ANY, signature("channel!"), conversations.leave),
    Method("conversations.archive", TIER_2, _MANAGE, signature("channel!"), conversations.archive),
    Method("conversations.unarchive", TIER_2, _MANAGE, signature("channel!"), conversations.unarchive),
    Method(
        "conversations.setTopic",
        TIER_2,
        managing("write.topic"),
        signature("channel! topic!"),
        conversations.set_topic,
    ),
    Method(
        "conversations.setPurpose",
        TIER_2,
        managing("write.topic"),
        signature("channel! purpose!"),
        conversations.set_purpose,
    ),
    Method(
        "conversations.open",
        TIER_3,
        _OPEN,
        signature("channel users:list return_im:bool prevent_creation:bool"),
        conversations.open_direct,
    ),
    Method(
        "conversations.invite",
        TIER_3,
        managing("write.invites"),
        signature("channel! users!:list force:bool"),
        invitations.invite,
    ),
    Method("conversations.kick", TIER_3, _MANAGE, signature("channel! user!"), invitations.kick),
    Method(
        "conversations.info",
        TIER_3,
        _READ_ANY,
        signature("channel! include_locale:bool include_num_members:bool"),
        reading.info,
    ),
    Method("conversations.list", TIER_2, _READ_ANY, signature(_LIST), reading.list_channels),
    Method("conversations.members", TIER_4, _READ_ANY, signature(f"channel! {_PAGE}"), reading.members),
    Method("conversations.history", TIER_3, _HISTORY, signature(_READ), reading.history),
    Method("conversations.replies", TIER_3, _HISTORY, signature(f"ts! {_READ}"), reading.replies),
    Method(
        "users.conversations",
        TIER_2,
        _READ_ANY,
        signature(f"user {_LIST}"),
        reading.user_conversations,
    ),
    Method("users.info", TIER_4, fixed("users:read"), signature("user! include_locale:bool"), people.info),
    Method(
        "users.list",
        TIER_2,
        fixed("users:read"),
        signature(f"include_locale:bool {_PAGE}"),
        people.list_users,
    ),
    Method(
        "users.lookupByEmail",
        TIER_3,
        fixed("users:read.email"),
        signature("email!"),
        people.lookup_by_email,
    ),
    Method("usergroups.list", TIER_2, fixed("usergroups:read"), signature(_GROUPS), people.list_groups),
    Method(
        "usergroups.users.list",
        TIER_2,
        fixed("usergroups:read"),
        signature("usergroup! include_disabled:bool"),
        people.list_group_users,
    ),
    Method("team.info", TIER_3, fixed("team:read"), signature("team domain"), people.team_info),
    Method("bots.info", TIER_3, fixed("users:read"), signature("bot"), people.bot_info),
    Method("views.open", TIER_4, _NONE, signature("view!:json trigger_id!"), views.open_view),
    Method("views.push", TIER_4, _NONE, signature("view!:json trigger_id!"), views.push),
    Method("views.update", TIER_4, _NONE, signature("view!:json view_id external_id hash"), views.update),
    Method("views.publish", TIER_4, _NONE, signature("user_id! view!:json hash"), views.publish),
    Method("pins.add", TIER_2, fixed("pins:write"), signature("channel! timestamp!"), marks.add_pin),
    Method("pins.remove", TIER_2, fixed("pins:write"), signature("channel! timestamp!"), marks.remove_pin),
    Method("pins.list", TIER_2, fixed("pins:read"), signature("channel!"), marks.list_pins),
    Method(
        "reactions.add",
        TIER_3,
        fixed("reactions:write"),
        signature("channel! name! timestamp!"),
        marks.add_reaction,
    ),
    Method(
        "reactions.remove",
        TIER_2,
        fixed("reactions:write"),
        signature("channel! name! timestamp!"),
        marks.remove_reaction,
    ),
    Method(
        "reactions.get",
        TIER_3,
        fixed("reactions:read"),
        signature("channel! timestamp! full:bool"),
        marks.get_reactions,
    ),
    Method("bookmarks.add", TIER_2, fixed("bookmarks:write"), signature(_BOOKMARK), marks.add_bookmark),
    Method(
        "bookmarks.edit",
        TIER_2,
        fixed("bookmarks:write"),
        signature(_EDIT_BOOKMARK),
        marks.edit_bookmark,
    ),
    Method(
        "bookmarks.remove",
        TIER_2,
        fixed("bookmarks:write"),
        signature("channel_id! bookmark_id!"),
        marks.remove_bookmark,
    ),
    Method(
        "bookmarks.list",
        TIER_3,
        fixed("bookmarks:read"),
        signature("channel_id!"),
        marks.list_bookmarks,
    ),
    Method(
        "files.getUploadURLExternal",
        TIER_4,
        fixed("files:write"),
        signature(_UPLOAD),
        files.get_upload_url,
    ),
    Method(
        "files.completeUploadExternal",
        TIER_4,
        fixed("files:write"),
        signature(_COMPLETE),
        files.complete_upload,
    ),
    Method("files.info", TIER_4, fixed("files:read"), signature(f"file! {_PAGE}"), files.info),
    Method("files.list", TIER_3, fixed("files:read"), signature(_FILES), files.list_files),
    Method("files.delete", TIER_3, fixed("files:write"), signature("file!"), files.delete),
)

METHODS = {row.name: row for row in _ROWS}
"""Every method by its name."""
